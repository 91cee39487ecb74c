package org.metaxyjdbc.jdbc;

import java.math.BigDecimal;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;
import org.metaxyjdbc.plan.Plan;
import org.metaxyjdbc.plan.StatementPlanner;
import org.metaxyjdbc.store.StoreDialect;
import org.metaxyjdbc.store.ValueKind;

/**
 * The columns of a result: types as the store has them, names and origins as the statement has
 * them.
 */
final class MetaxyResultSetMetaData implements ResultSetMetaData {
  private final ResultSetMetaData store;
  private final List<Plan.Column> columns;
  private final ValueKind[] kinds;

  MetaxyResultSetMetaData(ResultSetMetaData store, List<Plan.Column> columns, StoreDialect dialect)
      throws SQLException {
    this.store = store;
    this.columns = columns;
    this.kinds = new ValueKind[store.getColumnCount()];
    for (int i = 0; i < kinds.length; i++) {
      kinds[i] = dialect.kindOf(store.getColumnType(i + 1), store.getColumnTypeName(i + 1));
    }
  }

  ValueKind[] kinds() {
    return kinds;
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
    ValueKind kind = kind(column);
    return kind == ValueKind.PLAIN ? store.getColumnType(column) : kind.jdbcType();
  }

  @Override
  public String getColumnTypeName(int column) throws SQLException {
    ValueKind kind = kind(column);
    return kind == ValueKind.PLAIN ? store.getColumnTypeName(column) : kind.typeName();
  }

  @Override
  public String getColumnClassName(int column) throws SQLException {
    return switch (kind(column)) {
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
      case NESTED, JSON -> String.class.getName();
      case PLAIN -> store.getColumnClassName(column);
    };
  }

  @Override
  public int getPrecision(int column) throws SQLException {
    kind(column);
    return store.getPrecision(column);
  }

  @Override
  public int getScale(int column) throws SQLException {
    kind(column);
    return store.getScale(column);
  }

  @Override
  public int getColumnDisplaySize(int column) throws SQLException {
    kind(column);
    return store.getColumnDisplaySize(column);
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
    kind(column);
    return store.isSigned(column);
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
