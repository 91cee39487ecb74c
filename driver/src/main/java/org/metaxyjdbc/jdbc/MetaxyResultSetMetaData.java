package org.metaxyjdbc.jdbc;

import java.math.BigDecimal;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;
import org.metaxyjdbc.plan.Plan;
import org.metaxyjdbc.plan.StatementPlanner;
import org.metaxyjdbc.store.StoreColumn;
import org.metaxyjdbc.store.StoreDialect;
import org.metaxyjdbc.store.ValueKind;
import org.metaxyjdbc.value.ColumnType;

/**
 * The columns of a result: types as the store has them, names and origins as the statement has
 * them.
 */
final class MetaxyResultSetMetaData implements ResultSetMetaData {
  private final ResultSetMetaData store;
  private final List<Plan.Column> columns;
  private final StoreDialect dialect;
  private final ValueKind[] kinds;
  private final @Nullable ColumnType[] types;
  private final Map<String, Integer> indexes = new HashMap<>();

  MetaxyResultSetMetaData(ResultSetMetaData store, List<Plan.Column> columns, StoreDialect dialect)
      throws SQLException {
    this.store = store;
    this.columns = columns;
    this.dialect = dialect;
    this.kinds = new ValueKind[store.getColumnCount()];
    for (int i = 0; i < kinds.length; i++) {
      kinds[i] = dialect.kindOf(store.getColumnType(i + 1), store.getColumnTypeName(i + 1));
    }
    this.types = new ColumnType[kinds.length];
  }

  ValueKind[] kinds() {
    return kinds;
  }

  /** The first column with that label, whatever its case. */
  int indexOf(String label) throws SQLException {
    Integer known = indexes.get(label);
    if (known != null) {
      return known;
    }
    for (int i = 1; i <= kinds.length; i++) {
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
    if (column < 1 || column > kinds.length) {
      throw new MetaxyException(
              SqlState.INVALID_ARGUMENT,
              "There is no column %d; the result has %d".formatted(column, kinds.length))
          .toSqlException();
    }
  }

  private ColumnType type(int column) throws SQLException {
    check(column);
    ColumnType known = types[column - 1];
    if (known == null) {
      known =
          ColumnType.of(
              dialect,
              new StoreColumn(
                  store.getColumnLabel(column),
                  store.getColumnType(column),
                  store.getColumnTypeName(column),
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
    return kinds.length;
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
    return planned == null || planned.table() == null ? "" : StatementPlanner.CATALOG;
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
    return switch (type(column).kind()) {
      case BOOLEAN -> Boolean.class.getName();
      case REAL -> Float.class.getName();
      case DECIMAL -> BigDecimal.class.getName();
      case DATE -> java.sql.Date.class.getName();
      case TIME -> java.sql.Time.class.getName();
      case TIMESTAMP -> java.sql.Timestamp.class.getName();
      case TIMESTAMP_WITH_TIME_ZONE -> OffsetDateTime.class.getName();
      case BINARY -> byte[].class.getName();
      case UUID -> java.util.UUID.class.getName();
      case LIST -> java.sql.Array.class.getName();
      case TEXT, NESTED, JSON -> String.class.getName();
      case PLAIN -> store.getColumnClassName(column);
    };
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
    return type(column).isText();
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
    return type(column).isNumber();
  }

  @Override
  public boolean isReadOnly(int column) throws SQLException {
    check(column);
    return true;
  }

  @Override
  public boolean isWritable(int column) throws SQLException {
    check(column);
    return false;
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
