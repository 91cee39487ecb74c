package org.metaxyjdbc.jdbc;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Map;
import org.h2.tools.SimpleResultSet;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;
import org.metaxyjdbc.store.ListValue;
import org.metaxyjdbc.store.ValueKind;

/**
 * A list of the store. {@link #getArray} gives an array of the elements' own class, as {@code
 * Integer[]} or {@code Timestamp[]}, and {@code Object[][]} for lists in a list; each element is
 * what {@code getObject} would give. The values are in memory and outlive result set and
 * connection.
 */
final class ListArray implements Array {
  private @Nullable ListValue list;

  ListArray(ListValue list) {
    this.list = list;
  }

  /** The value as the store takes it. */
  ListValue value() throws SQLException {
    ListValue value = list;
    if (value == null) {
      throw new MetaxyException(SqlState.SEQUENCE_ERROR, "The array was freed").toSqlException();
    }
    return value;
  }

  @Override
  public int getBaseType() throws SQLException {
    return value().elementKind().jdbcType();
  }

  @Override
  public String getBaseTypeName() throws SQLException {
    ValueKind kind = value().elementKind();
    return kind.typeName().isEmpty() ? value().elementTypeName() : kind.typeName();
  }

  @Override
  public Object getArray() throws SQLException {
    return array(value(), value().elements());
  }

  @Override
  public Object getArray(long index, int count) throws SQLException {
    return array(value(), slice(index, count));
  }

  @Override
  public Object getArray(@Nullable Map<String, Class<?>> map) throws SQLException {
    return getArray();
  }

  @Override
  public Object getArray(long index, int count, @Nullable Map<String, Class<?>> map)
      throws SQLException {
    return getArray(index, count);
  }

  private List<@Nullable Object> slice(long index, int count) throws SQLException {
    List<@Nullable Object> elements = value().elements();
    if (index < 1 || count < 0 || index - 1 + count > elements.size()) {
      throw new MetaxyException(
              SqlState.INVALID_ARGUMENT,
              "The array has %d elements, not %d from the %dth on"
                  .formatted(elements.size(), count, index))
          .toSqlException();
    }
    return elements.subList((int) index - 1, (int) index - 1 + count);
  }

  private static Object[] array(ListValue list, List<@Nullable Object> elements) {
    boolean nested = list.elementKind() == ValueKind.LIST;
    Class<?> type = nested ? Object[].class : list.elementKind().javaClass();
    Object[] values = new Object[elements.size()];
    boolean same = true;
    for (int i = 0; i < values.length; i++) {
      values[i] =
          elements.get(i) instanceof ListValue inner
              ? array(inner, inner.elements())
              : JdbcValues.object(elements.get(i));
      same &= values[i] == null || type.isInstance(values[i]);
    }
    if (!same) {
      return values;
    }
    Object[] result = (Object[]) java.lang.reflect.Array.newInstance(type, values.length);
    System.arraycopy(values, 0, result, 0, values.length);
    return result;
  }

  /** The index of each element, from 1, and the element. */
  @Override
  public ResultSet getResultSet() throws SQLException {
    return rows(1, value().elements());
  }

  @Override
  public ResultSet getResultSet(long index, int count) throws SQLException {
    return rows(index, slice(index, count));
  }

  @Override
  public ResultSet getResultSet(@Nullable Map<String, Class<?>> map) throws SQLException {
    return getResultSet();
  }

  @Override
  public ResultSet getResultSet(long index, int count, @Nullable Map<String, Class<?>> map)
      throws SQLException {
    return getResultSet(index, count);
  }

  private ResultSet rows(long from, List<@Nullable Object> elements) throws SQLException {
    SimpleResultSet rows = new SimpleResultSet();
    rows.addColumn("INDEX", Types.BIGINT, "BIGINT", 0, 0);
    rows.addColumn("VALUE", getBaseType(), getBaseTypeName(), 0, 0);
    long index = from;
    for (Object element : elements) {
      rows.addRow(index++, element);
    }
    return MetaxyResultSet.ofRows(null, rows);
  }

  @Override
  public void free() {
    list = null;
  }

  /** JSON, as {@code getString} gives it. */
  @Override
  public String toString() {
    ListValue value = list;
    return value == null ? "" : String.valueOf(JdbcValues.text(value));
  }
}
