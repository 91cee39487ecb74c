package org.metaxyjdbc.store;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The values of a result set of the store: one Java type and one text for each {@link ValueKind},
 * whatever the store and the JVM's time zone.
 */
public final class StoreValues {
  private final ResultSet rows;
  private final ValueKind[] kinds;
  private final StoreTypes types;

  private StoreValues(ResultSet rows, ValueKind[] kinds, StoreTypes types) {
    this.rows = rows;
    this.kinds = kinds;
    this.types = types;
  }

  public static StoreValues of(ResultSet rows, StoreTypes types) throws SQLException {
    return of(rows, kinds(rows.getMetaData(), types), types);
  }

  /** With {@link #kinds} that are known, as those of a statement that runs again. */
  public static StoreValues of(ResultSet rows, ValueKind[] kinds, StoreTypes types) {
    return new StoreValues(rows, kinds, types);
  }

  /** What the columns of a result hold, from the first. */
  public static ValueKind[] kinds(ResultSetMetaData metaData, StoreTypes types)
      throws SQLException {
    ValueKind[] kinds = new ValueKind[metaData.getColumnCount()];
    for (int i = 0; i < kinds.length; i++) {
      String typeName = metaData.getColumnTypeName(i + 1);
      kinds[i] = types.kindOf(metaData.getColumnType(i + 1), typeName == null ? "" : typeName);
    }
    return kinds;
  }

  /** What a column holds, counted from 1. */
  public ValueKind kind(int i) {
    return i >= 1 && i <= kinds.length ? kinds[i - 1] : ValueKind.OTHER;
  }

  /** The value as {@link StoreTypes#read} gives it; null for NULL. */
  public @Nullable Object value(int i) throws SQLException {
    return types.read(rows, i, kind(i));
  }

  /** The text of the value, JSON for a nested one; null for NULL. */
  public @Nullable String text(int i) throws SQLException {
    return types.text(rows, i, kind(i));
  }
}
