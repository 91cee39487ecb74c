package org.metaxyjdbc.jdbc;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;
import org.metaxyjdbc.plan.Plan;
import org.metaxyjdbc.plan.RecordRows;
import org.metaxyjdbc.store.ColumnType;
import org.metaxyjdbc.store.StoreColumn;
import org.metaxyjdbc.store.StoreTypes;

/**
 * The columns of a result: types as the store has them, names and origins as the statement has
 * them.
 */
final class MetaxyResultSetMetaData implements ResultSetMetaData {
  private final ResultSetMetaData store;
  private final List<Plan.Column> columns;
  private final StoreTypes storeTypes;
  private final @Nullable RecordRows records;
  private final @Nullable ColumnType[] types;
  private final Map<String, Integer> indexes = new HashMap<>();

  MetaxyResultSetMetaData(ResultSetMetaData store, List<Plan.Column> columns, StoreTypes storeTypes)
      throws SQLException {
    this(store, columns, storeTypes, null);
  }

  /** With what the rows are, where they can be changed. */
  MetaxyResultSetMetaData(
      ResultSetMetaData store,
      List<Plan.Column> columns,
      StoreTypes storeTypes,
      @Nullable RecordRows records)
      throws SQLException {
    this.store = store;
    this.columns = columns;
    this.storeTypes = storeTypes;
    this.records = records;
    this.types = new ColumnType[store.getColumnCount()];
  }

  /** The first column with that label, whatever its case. */
  int indexOf(String label) throws SQLException {
    Integer known = indexes.get(label);
    if (known != null) {
      return known;
    }
    for (int i = 1; i <= types.length; i++) {
      if (getColumnLabel(i).equalsIgnoreCase(label)) {
        indexes.put(label, i);
        return i;
      }
    }
    throw new MetaxyException(
            SqlState.COLUMN_NOT_FOUND, "The result has no column '%s'".formatted(label))
        .toSqlException();
  }

  private void check(int column) throws SQLException {
    if (column < 1 || column > types.length) {
      throw new MetaxyException(
              SqlState.INVALID_ARGUMENT,
              "There is no column %d; the result has %d".formatted(column, types.length))
          .toSqlException();
    }
  }

  ColumnType type(int column) throws SQLException {
    check(column);
    ColumnType known = types[column - 1];
    if (known == null) {
      String typeName = store.getColumnTypeName(column);
      known =
          ColumnType.of(
              storeTypes,
              new StoreColumn(
                  store.getColumnLabel(column),
                  store.getColumnType(column),
                  typeName == null ? "" : typeName,
                  store.getPrecision(column),
                  store.getScale(column),
                  true,
                  null));
      types[column - 1] = known;
    }
    return known;
  }

  private Plan.@Nullable Column column(int column) throws SQLException {
    check(column);
    return column <= columns.size() ? columns.get(column - 1) : null;
  }

  @Override
  public int getColumnCount() {
    return types.length;
  }

  @Override
  public String getColumnLabel(int column) throws SQLException {
    Plan.Column planned = column(column);
    return planned == null ? store.getColumnLabel(column) : planned.label();
  }

  @Override
  public String getColumnName(int column) throws SQLException {
    return getColumnLabel(column);
  }

  @Override
  public String getCatalogName(int column) throws SQLException {
    Plan.Column planned = column(column);
    return planned == null || planned.catalog() == null ? "" : planned.catalog();
  }

  @Override
  public String getSchemaName(int column) throws SQLException {
    Plan.Column planned = column(column);
    return planned == null || planned.schema() == null ? "" : planned.schema();
  }

  @Override
  public String getTableName(int column) throws SQLException {
    Plan.Column planned = column(column);
    return planned == null || planned.table() == null ? "" : planned.table();
  }

  @Override
  public int getColumnType(int column) throws SQLException {
    return type(column).jdbcType();
  }

  @Override
  public String getColumnTypeName(int column) throws SQLException {
    return type(column).name();
  }

  @Override
  public String getColumnClassName(int column) throws SQLException {
    return type(column).kind().javaClass().getName();
  }

  @Override
  public int getPrecision(int column) throws SQLException {
    return type(column).size();
  }

  @Override
  public int getScale(int column) throws SQLException {
    return type(column).scale();
  }

  @Override
  public int getColumnDisplaySize(int column) throws SQLException {
    return type(column).displaySize();
  }

  @Override
  public boolean isAutoIncrement(int column) throws SQLException {
    check(column);
    return false;
  }

  @Override
  public boolean isCaseSensitive(int column) throws SQLException {
    return type(column).kind().isText();
  }

  @Override
  public boolean isSearchable(int column) throws SQLException {
    check(column);
    return true;
  }

  @Override
  public boolean isCurrency(int column) throws SQLException {
    check(column);
    return false;
  }

  @Override
  public int isNullable(int column) throws SQLException {
    check(column);
    return columnNullable;
  }

  @Override
  public boolean isSigned(int column) throws SQLException {
    return type(column).kind().isNumeric();
  }

  @Override
  public boolean isReadOnly(int column) throws SQLException {
    return !isWritable(column);
  }

  @Override
  public boolean isWritable(int column) throws SQLException {
    check(column);
    return records != null && records.isWritable(column);
  }

  @Override
  public boolean isDefinitelyWritable(int column) throws SQLException {
    check(column);
    return false;
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return Unwrapping.unwrap(this, store, type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return Unwrapping.isWrapperFor(this, store, type);
  }
}
