package org.metaxyjdbc.filter;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.apache.calcite.sql.SqlDelete;
import org.apache.calcite.sql.SqlDialect;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUpdate;
import org.apache.calcite.sql.dialect.AnsiSqlDialect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.metaxyjdbc.catalog.SystemColumn;

/**
 * A statement on the records that a filter matches.
 *
 * @param sql the statement, with quoted names and a {@code ?} for each value
 * @param values the values of the {@code ?}
 */
public record FilteredStatement(String sql, List<Object> values) {
  private static final SqlParserPos POS = SqlParserPos.ZERO;
  private static final SqlDialect DIALECT =
      new AnsiSqlDialect(AnsiSqlDialect.DEFAULT_CONTEXT.withIdentifierQuoteString("\""));

  public FilteredStatement {
    values = List.copyOf(values);
  }

  /** {@code DELETE FROM schema.table WHERE filter}. */
  public static FilteredStatement delete(String schema, String table, Filter filter) {
    return of(new SqlDelete(POS, table(schema, table), filter.condition(), null, null), filter);
  }

  /** {@code UPDATE schema.table SET metaxy_deleted_at = NULL WHERE filter}. */
  public static FilteredStatement restore(String schema, String table, Filter filter) {
    SqlIdentifier deletedAt =
        new SqlIdentifier(List.of(SystemColumn.METAXY_DELETED_AT.columnName()), POS);
    return of(
        new SqlUpdate(
            POS,
            table(schema, table),
            SqlNodeList.of(deletedAt),
            SqlNodeList.of(SqlLiteral.createNull(POS)),
            filter.condition(),
            null,
            null),
        filter);
  }

  /** {@code SELECT COUNT(*) FROM schema.table WHERE filter}. */
  public static FilteredStatement count(String schema, String table, Filter filter) {
    SqlNode count = SqlStdOperatorTable.COUNT.createCall(POS, SqlIdentifier.star(POS));
    return of(select(count, schema, table, filter), filter);
  }

  /** {@code SELECT * FROM schema.table WHERE filter}. */
  public static FilteredStatement select(String schema, String table, Filter filter) {
    return of(select(SqlIdentifier.star(POS), schema, table, filter), filter);
  }

  private static SqlNode select(SqlNode selected, String schema, String table, Filter filter) {
    return new SqlSelect(
        POS,
        null,
        SqlNodeList.of(selected),
        table(schema, table),
        filter.condition(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private static SqlIdentifier table(String schema, String table) {
    return new SqlIdentifier(List.of(schema, table), POS);
  }

  private static FilteredStatement of(SqlNode statement, Filter filter) {
    String sql =
        statement
            .toSqlString(config -> config.withDialect(DIALECT).withQuoteAllIdentifiers(true))
            .getSql();
    return new FilteredStatement(sql, filter.values());
  }

  /** An expression as SQL text, for messages. */
  static String text(SqlNode node) {
    return node.toSqlString(config -> config.withDialect(DIALECT).withQuoteAllIdentifiers(false))
        .getSql();
  }

  /** The statement, ready to be executed. */
  public PreparedStatement prepare(Connection connection) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    boolean done = false;
    try {
      for (int i = 0; i < values.size(); i++) {
        statement.setObject(i + 1, values.get(i));
      }
      done = true;
      return statement;
    } finally {
      if (!done) {
        statement.close();
      }
    }
  }
}
