package org.metaxyjdbc.plan;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.parser.SqlParseException;
import org.metaxyjdbc.adapter.MetaxySchema;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;

/** Turns what Calcite throws about a statement into errors with a SQLSTATE and a way out. */
final class StatementErrors {
  private static final Pattern OBJECT_NOT_FOUND =
      Pattern.compile("Object '(.*?)' not found(?: within '(.*?)')?.*", Pattern.DOTALL);
  private static final Pattern COLUMN_NOT_FOUND =
      Pattern.compile(
          "(?:Column|Unknown target column) '(.*?)'.*?not found.*|Unknown target column '(.*?)'.*",
          Pattern.DOTALL);
  private static final Pattern TABLE_NOT_FOUND =
      Pattern.compile("Table '(.*?)' not found.*", Pattern.DOTALL);

  private final MetaxySchema schema;

  StatementErrors(MetaxySchema schema) {
    this.schema = schema;
  }

  /** A statement that is not SQL. */
  static MetaxyException ofSyntax(SqlParseException e) {
    String message = String.valueOf(e.getMessage());
    int details = message.indexOf("Was expecting");
    String text = details > 0 ? message.substring(0, details).strip() : message;
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
      return objectNotFound(object.group(1), Optional.ofNullable(object.group(2)), position, e);
    }
    Matcher table = TABLE_NOT_FOUND.matcher(message);
    if (table.matches()) {
      return new MetaxyException(
          SqlState.COLUMN_NOT_FOUND,
          "'%s' names no table of this statement%s".formatted(table.group(1), position),
          e);
    }
    if (COLUMN_NOT_FOUND.matcher(message).matches()) {
      return new MetaxyException(SqlState.COLUMN_NOT_FOUND, message + position, e);
    }
    return new MetaxyException(SqlState.SYNTAX_ERROR, message + position, e);
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
    return new MetaxyException(
        SqlState.SCHEMA_NOT_FOUND,
        "Schema '%s' not found%s%s; schemas are %s"
            .formatted(name, position, DidYouMean.of(name, schemas), schemas),
        cause);
  }
}
