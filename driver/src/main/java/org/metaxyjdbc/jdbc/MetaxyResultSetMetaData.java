package org.metaxyjdbc.jdbc;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;
import org.metaxyjdbc.plan.Plan;
import org.metaxyjdbc.plan.StatementPlanner;
import org.metaxyjdbc.store.StoreTypes;
import org.metaxyjdbc.store.StoreValues;
import org.metaxyjdbc.store.ValueKind;

/**
 * The columns of a result: types as the store has them, names and origins as the statement has
 * them.
 */
final class MetaxyResultSetMetaData implements ResultSetMetaData {
  private static final int UNLIMITED = Integer.MAX_VALUE;

  private final ResultSetMetaData store;
  private final List<Plan.Column> columns;
  private final StoreTypes types;
  private final ValueKind[] kinds;

  MetaxyResultSetMetaData(ResultSetMetaData store, List<Plan.Column> columns, StoreTypes types)
      throws SQLException {
    this.store = store;
    this.columns = columns;
    this.types = types;
    this.kinds = StoreValues.kinds(store, types);
  }

  int indexOf(String label) throws SQLException {
    for (int i = 1; i <= kinds.length; i++) {
      if (getColumnLabel(i).equalsIgnoreCase(label)) {
        return i;
      }
    }
    throw new MetaxyException(
            SqlState.COLUMN_NOT_FOUND, "The result has no column '%s'".formatted(label))
        .toSqlException();
  }

  private ValueKind kind(int column) throws SQLException {
    if (column < 1 || column > kinds.length) {
      throw new MetaxyException(
              SqlState.INVALID_ARGUMENT,
              "There is no column %d; the result has %d".formatted(column, kinds.length))
          .toSqlException();
    }
    return kinds[column - 1];
  }

  private Plan.@Nullable Column column(int column) throws SQLException {
    kind(column);
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
    return kind(column).jdbcType();
  }

  @Override
  public String getColumnTypeName(int column) throws SQLException {
    ValueKind kind = kind(column);
    return kind == ValueKind.OTHER ? store.getColumnTypeName(column) : kind.typeName();
  }

  @Override
  public String getColumnClassName(int column) throws SQLException {
    return kind(column).javaClass().getName();
  }

  @Override
  public int getPrecision(int column) throws SQLException {
    ValueKind kind = kind(column);
    return switch (kind) {
      case BOOLEAN -> 1;
      case TINYINT -> 3;
      case SMALLINT -> 5;
      case INTEGER -> 10;
      case BIGINT -> 19;
      case REAL -> 8;
      case DOUBLE -> 17;
      case DATE, TIME, TIME_WITH_TIME_ZONE, TIMESTAMP, TIMESTAMP_WITH_TIME_ZONE, UUID ->
          getColumnDisplaySize(column);
      default -> types.precision(kind, store.getColumnTypeName(column), store.getPrecision(column));
    };
  }

  @Override
  public int getScale(int column) throws SQLException {
    ValueKind kind = kind(column);
    return switch (kind) {
      case DECIMAL, TIME, TIME_WITH_TIME_ZONE, TIMESTAMP, TIMESTAMP_WITH_TIME_ZONE ->
          types.scale(kind, store.getColumnTypeName(column), store.getScale(column));
      default -> 0;
    };
  }

  /** The most characters that {@code getString} gives, as far as there is a limit. */
  @Override
  public int getColumnDisplaySize(int column) throws SQLException {
    int digits = getScale(column);
    int fraction = digits > 0 ? digits + 1 : 0;
    return switch (kind(column)) {
      case BOOLEAN -> "false".length();
      case TINYINT, SMALLINT, INTEGER, BIGINT -> getPrecision(column) + 1;
      case REAL -> "-1.17549435E-38".length();
      case DOUBLE -> "-2.2250738585072014E-308".length();
      case DECIMAL -> getPrecision(column) == 0 ? UNLIMITED : getPrecision(column) + 3;
      case DATE -> "yyyy-mm-dd".length();
      case TIME -> "hh:mm:ss".length() + fraction;
      case TIME_WITH_TIME_ZONE -> "hh:mm:ss+hh:mm".length() + fraction;
      case TIMESTAMP -> "yyyy-mm-dd hh:mm:ss".length() + fraction;
      case TIMESTAMP_WITH_TIME_ZONE -> "yyyy-mm-dd hh:mm:ss+00".length() + fraction;
      case UUID -> "00000000-0000-0000-0000-000000000000".length();
      case CHAR, VARCHAR -> getPrecision(column) == 0 ? UNLIMITED : getPrecision(column);
      case BINARY, LIST, NESTED, JSON, OTHER -> UNLIMITED;
    };
  }

  @Override
  public boolean isAutoIncrement(int column) throws SQLException {
    kind(column);
    return false;
  }

  @Override
  public boolean isCaseSensitive(int column) throws SQLException {
    kind(column);
    return store.isCaseSensitive(column);
  }

  @Override
  public boolean isSearchable(int column) throws SQLException {
    kind(column);
    return true;
  }

  @Override
  public boolean isCurrency(int column) throws SQLException {
    kind(column);
    return false;
  }

  @Override
  public int isNullable(int column) throws SQLException {
    kind(column);
    return columnNullable;
  }

  @Override
  public boolean isSigned(int column) throws SQLException {
    return kind(column).isNumeric();
  }

  @Override
  public boolean isReadOnly(int column) throws SQLException {
    kind(column);
    return true;
  }

  @Override
  public boolean isWritable(int column) throws SQLException {
    kind(column);
    return false;
  }

  @Override
  public boolean isDefinitelyWritable(int column) throws SQLException {
    kind(column);
    return false;
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return type.isInstance(this) ? type.cast(this) : store.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return type.isInstance(this) || store.isWrapperFor(type);
  }
}
