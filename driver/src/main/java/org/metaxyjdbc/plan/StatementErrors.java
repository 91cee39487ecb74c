package org.metaxyjdbc.plan;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.util.Util;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.adapter.MetaxySchema;
import org.metaxyjdbc.adapter.Rows;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;

/** Turns what Calcite throws about a statement into errors with a SQLSTATE and a way out. */
final class StatementErrors {
  private static final Pattern OBJECT_NOT_FOUND =
      Pattern.compile("Object '(.*?)' not found(?: within '(.*?)')?.*", Pattern.DOTALL);
  private static final Pattern COLUMN_NOT_FOUND =
      Pattern.compile(
          "(?:Column|Unknown target column|The definition of column) '(?<name>.*?)'.*",
          Pattern.DOTALL);
  private static final Pattern COLUMN_IS_MISSING =
      Pattern.compile(
          "Column .* not found.*|Unknown target column .*|The definition of column .* depends on itself.*",
          Pattern.DOTALL);
  private static final Pattern TABLE_NOT_FOUND =
      Pattern.compile("Table '(.*?)' not found.*", Pattern.DOTALL);

  private final MetaxySchema schema;
  private final SqlNode statement;

  StatementErrors(MetaxySchema schema, SqlNode statement) {
    this.schema = schema;
    this.statement = statement;
  }

  /** Of a statement that is more than the stack holds, in the parser or after it. */
  static MetaxyException tooDeep(Throwable cause) {
    return new MetaxyException(
        SqlState.STATEMENT_TOO_COMPLEX,
        "The statement is nested too deeply; write a long chain of OR as IN (…), and a long chain of UNION as VALUES",
        cause);
  }

  /** A statement that is not SQL. */
  static MetaxyException ofSyntax(SqlParseException e) {
    if (e.getCause() instanceof StackOverflowError) {
      return tooDeep(e.getCause());
    }
    String message = String.valueOf(e.getMessage());
    int details = message.indexOf("Was expecting");
    String text = details > 0 ? message.substring(0, details).strip() : message;
    SqlParserPos position = e.getPos();
    if (position != null && !text.contains(" line ")) {
      text += " (line %d, column %d)".formatted(position.getLineNum(), position.getColumnNum());
    }
    return new MetaxyException(SqlState.SYNTAX_ERROR, "Syntax error: " + text, e);
  }

  /** A statement that says something impossible. */
  MetaxyException ofValidation(RuntimeException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof MetaxyException known) {
        return known;
      }
    }
    String position = "";
    Throwable cause = e;
    if (e instanceof CalciteContextException context) {
      position = " (line %d, column %d)".formatted(context.getPosLine(), context.getPosColumn());
      if (context.getCause() != null) {
        cause = context.getCause();
      }
    }
    String message = String.valueOf(cause.getMessage());
    Matcher object = OBJECT_NOT_FOUND.matcher(message);
    if (object.matches()) {
      return isPath(e, object.group(1))
          ? schemaNotFound(object.group(1), position, e)
          : objectNotFound(object.group(1), Optional.ofNullable(object.group(2)), position, e);
    }
    Matcher table = TABLE_NOT_FOUND.matcher(message);
    if (table.matches()) {
      return new MetaxyException(
          SqlState.COLUMN_NOT_FOUND,
          "'%s' names no table of this statement%s".formatted(table.group(1), position),
          e);
    }
    Matcher column = COLUMN_NOT_FOUND.matcher(message);
    if (column.matches() && COLUMN_IS_MISSING.matcher(message).matches()) {
      String name = column.group("name");
      return new MetaxyException(
          SqlState.COLUMN_NOT_FOUND,
          "Column '%s' not found%s%s".formatted(name, position, DidYouMean.of(name, columnNames())),
          e);
    }
    return cause instanceof UnsupportedOperationException
        ? new MetaxyException(
            SqlState.FEATURE_NOT_SUPPORTED, "This cannot be translated" + position, e)
        : new MetaxyException(SqlState.SYNTAX_ERROR, message + position, e);
  }

  /** Whether what Calcite did not find is the first part of a longer name: a schema. */
  private static boolean isPath(RuntimeException e, String name) {
    return e instanceof CalciteContextException context
        && context.getPosLine() == context.getEndPosLine()
        && context.getEndPosColumn() - context.getPosColumn() >= name.length() + 2;
  }

  /** The columns of the features that the statement names. */
  private Set<String> columnNames() {
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    statement.accept(
        new SqlBasicVisitor<@Nullable Void>() {
          @Override
          public @Nullable Void visit(SqlIdentifier id) {
            if (!id.isStar()) {
              schema
                  .featureTable(Rows.HISTORY, Util.last(id.names))
                  .ifPresent(table -> table.columns().forEach(c -> names.add(c.name())));
            }
            return null;
          }
        });
    return names;
  }

  private static MetaxyException schemaNotFound(
      String name, String position, RuntimeException cause) {
    List<String> schemas = MetaxySchema.schemaNames();
    return new MetaxyException(
        SqlState.SCHEMA_NOT_FOUND,
        "Schema '%s' not found%s%s; schemas are %s"
            .formatted(name, position, DidYouMean.of(name, schemas), schemas),
        cause);
  }

  /** A table that Calcite was not asked for. */
  MetaxyException tableNotFound(SqlIdentifier table) {
    List<String> names = table.names;
    String position =
        " (line %d, column %d)"
            .formatted(
                table.getParserPosition().getLineNum(), table.getParserPosition().getColumnNum());
    RuntimeException cause = new IllegalArgumentException(table.toString());
    boolean inSchema =
        names.size() < 2
            || MetaxySchema.schemaNames().stream()
                .anyMatch(names.get(names.size() - 2)::equalsIgnoreCase);
    return inSchema
        ? objectNotFound(Util.last(names), Optional.empty(), position, cause)
        : schemaNotFound(names.get(names.size() - 2), position, cause);
  }

  private MetaxyException objectNotFound(
      String name, Optional<String> within, String position, RuntimeException cause) {
    List<String> schemas = MetaxySchema.schemaNames();
    String last = within.map(path -> path.substring(path.lastIndexOf('.') + 1)).orElse("");
    boolean inSchema = schemas.stream().anyMatch(last::equalsIgnoreCase);
    if (within.isEmpty() || inSchema) {
      Set<String> names =
          last.equalsIgnoreCase(MetaxySchema.REGISTRY)
              ? Set.of("features", "feature_versions", "events")
              : schema.tableNames();
      return new MetaxyException(
          SqlState.TABLE_NOT_FOUND,
          "Table '%s' not found%s%s; features are listed in registry.features"
              .formatted(name, position, DidYouMean.of(name, names)),
          cause);
    }
    return schemaNotFound(name, position, cause);
  }
}
