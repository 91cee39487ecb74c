package org.metaxyjdbc.jdbc;

import java.sql.SQLException;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.plan.RecordRows;
import org.metaxyjdbc.store.ValueKind;
import org.metaxyjdbc.store.ValueText;

/**
 * What a user has changed in a row and not yet written. The getters show it, as the row itself is
 * changed; {@link #undo} puts back what it was.
 */
final class RowEdit {
  private final @Nullable Object[] row;
  private final @Nullable Object[] before;
  private final boolean isInsert;
  private final BitSet changed = new BitSet();

  private RowEdit(@Nullable Object[] row, boolean isInsert) {
    this.row = row;
    this.before = row.clone();
    this.isInsert = isInsert;
  }

  static RowEdit ofRow(@Nullable Object[] row) {
    return new RowEdit(row, false);
  }

  /** Of a row that is to be inserted, with no values yet. */
  static RowEdit ofInsert(int columns) {
    return new RowEdit(new @Nullable Object[columns], true);
  }

  boolean isInsert() {
    return isInsert;
  }

  @Nullable Object[] row() {
    return row;
  }

  /** The row without the changes. */
  @Nullable Object[] before() {
    return before;
  }

  void undo() {
    System.arraycopy(before, 0, row, 0, row.length);
    changed.clear();
  }

  /**
   * Changes a column, counted from 1.
   *
   * @throws SQLException 22xxx where the value cannot be one of the column's type
   */
  void set(int column, ValueKind kind, @Nullable Object value) throws SQLException {
    try {
      row[column - 1] = value == null ? null : ParameterValue.as(kind.jdbcType(), -1, value);
    } catch (MetaxyException e) {
      throw e.toSqlException();
    }
    changed.set(column - 1);
  }

  /**
   * The values to write, by the feature's columns. What is given the value that it has is none of
   * them: a grid gives all columns of a row back, those that cannot be set too.
   */
  Map<String, @Nullable Object> values(RecordRows records) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    changed.stream()
        .filter(i -> isInsert || !isAsBefore(i))
        .forEach(i -> values.put(Objects.requireNonNull(records.columns().get(i)), row[i]));
    return values;
  }

  private boolean isAsBefore(int i) {
    Object value = row[i];
    Object old = before[i];
    return value == null || old == null
        ? value == old
        : ValueText.of(value).equals(ValueText.of(old));
  }
}
