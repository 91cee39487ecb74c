package org.metaxyjdbc.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.apache.calcite.linq4j.Enumerator;
import org.h2.tools.SimpleResultSet;
import org.h2.tools.SimpleRowSource;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.compute.ComputedQuery;
import org.metaxyjdbc.error.MetaxyException;

/** The rows of a computed query as they come, to be read as those of the driver's own. */
final class ComputedResult implements SimpleRowSource {
  private final Enumerator<@Nullable Object[]> rows;

  private ComputedResult(Enumerator<@Nullable Object[]> rows) {
    this.rows = rows;
  }

  /** Runs a query; its rows are those of {@link org.metaxyjdbc.store.StoreTypes#IN_MEMORY}. */
  static ResultSet of(ComputedQuery query, ComputedQuery.Source source) throws SQLException {
    try {
      return withColumns(query, new SimpleResultSet(new ComputedResult(query.run(source))));
    } catch (MetaxyException e) {
      throw e.toSqlException();
    }
  }

  /** A result without rows, for its columns. */
  static ResultSet columns(ComputedQuery query) {
    return withColumns(query, new SimpleResultSet());
  }

  private static ResultSet withColumns(ComputedQuery query, SimpleResultSet result) {
    result.setAutoClose(false);
    for (ComputedQuery.Column column : query.columns()) {
      result.addColumn(
          column.name(),
          column.kind().jdbcType(),
          column.kind().typeName(),
          column.size(),
          column.scale());
    }
    return result;
  }

  @Override
  public @Nullable Object @Nullable [] readRow() throws SQLException {
    try {
      return rows.moveNext() ? rows.current() : null;
    } catch (MetaxyException e) {
      throw e.toSqlException();
    }
  }

  @Override
  public void close() {
    rows.close();
  }

  @Override
  public void reset() {
    throw new UnsupportedOperationException("computed rows pass by once");
  }
}
