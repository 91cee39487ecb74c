package org.metaxyjdbc.adapter;

import java.sql.SQLException;
import org.apache.calcite.linq4j.Enumerator;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;

/**
 * Rows of a store as Calcite's execution enumerates them: once, with errors of the store as {@link
 * MetaxyException}s.
 */
public abstract class StoreRowEnumerator implements Enumerator<Object> {
  private final int columns;

  /** Creates one for rows of so many columns. */
  protected StoreRowEnumerator(int columns) {
    this.columns = columns;
  }

  /** Goes to the next row; false where there is none. */
  protected abstract boolean next() throws SQLException;

  /** The value of the current row as Calcite holds it; columns are counted from 0. */
  protected abstract @Nullable Object value(int column) throws SQLException;

  /** Gives back what the rows are read with. */
  protected abstract void release() throws SQLException;

  @Override
  public final boolean moveNext() {
    try {
      return next();
    } catch (SQLException e) {
      throw MetaxyException.ofStore(e);
    }
  }

  /** Calcite wants the value itself where a row has one, and an array where it has several. */
  @Override
  public final Object current() {
    try {
      @Nullable Object[] row = new @Nullable Object[columns];
      for (int i = 0; i < columns; i++) {
        row[i] = value(i);
      }
      return columns == 1 ? row[0] : row;
    } catch (SQLException e) {
      throw MetaxyException.ofStore(e);
    }
  }

  @Override
  public final void reset() {
    throw new UnsupportedOperationException("the rows of a store pass by once");
  }

  @Override
  public final void close() {
    try {
      release();
    } catch (SQLException e) {
      throw MetaxyException.ofStore(e);
    }
  }
}
