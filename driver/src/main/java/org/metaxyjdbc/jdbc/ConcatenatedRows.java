package org.metaxyjdbc.jdbc;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import org.h2.tools.SimpleResultSet;
import org.h2.tools.SimpleRowSource;
import org.jspecify.annotations.Nullable;

/** The rows of several results with the same columns, one after the other. */
final class ConcatenatedRows implements SimpleRowSource {
  private final Iterator<ResultSet> rest;
  private final int columns;
  private ResultSet current;

  private ConcatenatedRows(List<ResultSet> results) throws SQLException {
    this.rest = results.iterator();
    this.current = rest.next();
    this.columns = current.getMetaData().getColumnCount();
  }

  /**
   * All rows.
   *
   * @param results at least one
   */
  static ResultSet of(List<ResultSet> results) throws SQLException {
    SimpleResultSet all = new SimpleResultSet(new ConcatenatedRows(results));
    all.setAutoClose(false);
    ResultSetMetaData metaData = results.get(0).getMetaData();
    for (int i = 1; i <= metaData.getColumnCount(); i++) {
      all.addColumn(metaData.getColumnLabel(i), metaData.getColumnType(i), 0, 0);
    }
    return all;
  }

  @Override
  public @Nullable Object @Nullable [] readRow() throws SQLException {
    while (!current.next()) {
      if (!rest.hasNext()) {
        return null;
      }
      current = rest.next();
    }
    @Nullable Object[] row = new @Nullable Object[columns];
    for (int i = 0; i < columns; i++) {
      row[i] = current.getObject(i + 1);
    }
    return row;
  }

  @Override
  public void close() {}

  @Override
  public void reset() {
    throw new UnsupportedOperationException("the rows pass by once");
  }
}
