package org.metaxyjdbc.plan;

import static java.util.Objects.requireNonNull;
import static java.util.regex.Pattern.CASE_INSENSITIVE;
import static java.util.regex.Pattern.DOTALL;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlDelete;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSetOption;
import org.apache.calcite.sql.ddl.SqlTruncateTable;
import org.apache.calcite.sql.parser.SqlAbstractParserImpl;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.SourceStringReader;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.adapter.Rows;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;
import org.metaxyjdbc.parser.MetaxyParserFactory;
import org.metaxyjdbc.parser.SqlTransactionControl;

/** Reads SQL text: the one grammar of statements and of filters. */
public final class StatementParser {
  private static final Pattern OF_SESSION =
      Pattern.compile(
          "(?:\\s|--[^\\n]*+\\n|/\\*.*?\\*/)*+(BEGIN|START|COMMIT|ROLLBACK|SET|RESET|ALTER)\\b",
          CASE_INSENSITIVE | DOTALL);

  private StatementParser() {}

  /**
   * A statement that is about the session alone, transaction control or a setting; null where a
   * text is of another kind. It must work where nothing else does, as after an error on PostgreSQL
   * and DuckDB.
   *
   * @throws MetaxyException 42000 with line and column where it is no statement
   */
  static @Nullable SqlNode ofSession(String sql) {
    if (!OF_SESSION.matcher(sql).lookingAt()) {
      return null;
    }
    SqlNode statement = statement(sql);
    return statement instanceof SqlTransactionControl || statement instanceof SqlSetOption
        ? statement
        : null;
  }

  /**
   * Parses one statement.
   *
   * @throws MetaxyException 42000 with line and column where it is none
   */
  static SqlNode statement(String sql) {
    try {
      SqlNodeList statements =
          parsed(JdbcEscapes.resolve(sql), SqlAbstractParserImpl::parseSqlStmtList);
      if (statements.size() != 1) {
        throw new MetaxyException(
            SqlState.SYNTAX_ERROR,
            "There are %d statements; execute them one at a time".formatted(statements.size()));
      }
      SqlNode statement = statements.get(0);
      statement.accept(new CommonTableNames());
      return statement instanceof SqlTruncateTable truncate
          ? delete(truncate)
          : respelled(statement.accept(new FunctionSynonyms()));
    } catch (SqlParseException e) {
      if (sql.isBlank()) {
        throw new MetaxyException(SqlState.SYNTAX_ERROR, "The statement is empty", e);
      }
      throw StatementErrors.ofSyntax(e);
    }
  }

  /** What TRUNCATE means: no record is left, deleted ones neither. */
  private static SqlNode delete(SqlTruncateTable truncate) {
    List<String> names = new ArrayList<>(truncate.name.names);
    int schema = names.size() - 2;
    if (schema < 0) {
      names.add(0, Rows.INCLUDE_DELETED.schemaName());
    } else if (names.get(schema).equalsIgnoreCase(Rows.ACTIVE.schemaName())) {
      names.set(schema, Rows.INCLUDE_DELETED.schemaName());
    }
    SqlParserPos position = truncate.getParserPosition();
    return new SqlDelete(position, new SqlIdentifier(names, position), null, null, null);
  }

  /**
   * Parses one expression, with nothing after it.
   *
   * @throws MetaxyException 42000 with line and column where it is none
   */
  public static SqlNode expression(String sql) {
    try {
      return respelled(parsed(sql, SqlAbstractParserImpl::parseSqlExpressionEof));
    } catch (SqlParseException e) {
      throw StatementErrors.ofSyntax(e);
    }
  }

  @FunctionalInterface
  private interface Production<T> {
    T parse(SqlAbstractParserImpl parser) throws Exception;
  }

  private static <T> T parsed(String sql, Production<T> production) throws SqlParseException {
    SqlAbstractParserImpl parser = parser(sql);
    try {
      return production.parse(parser);
    } catch (Throwable e) {
      if (e instanceof CalciteContextException error) {
        error.setOriginalStatement(sql);
      }
      throw parser.normalizeException(e);
    }
  }

  /** Not by way of {@code SqlParser}, whose configuration loads Calcite's own grammar first. */
  private static SqlAbstractParserImpl parser(String sql) {
    SqlAbstractParserImpl parser =
        MetaxyParserFactory.INSTANCE.getParser(new SourceStringReader(sql));
    parser.setOriginalSql(sql);
    parser.setTabSize(1);
    parser.switchTo(SqlAbstractParserImpl.LexicalState.DQID);
    parser.setQuotedCasing(Casing.UNCHANGED);
    parser.setUnquotedCasing(Casing.UNCHANGED);
    parser.setIdentifierMaxLength(1000);
    parser.setConformance(StatementConformance.INSTANCE);
    return parser;
  }

  private static SqlNode respelled(@Nullable SqlNode node) {
    return requireNonNull(requireNonNull(node).accept(new ZonedLiterals()));
  }

  /** The words that SQL-92 does not reserve and this SQL does, separated by commas. */
  static String keywords() {
    return parser("").getMetadata().getJdbcKeywords();
  }
}
