package org.metaxyjdbc.value;

import java.sql.Types;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;
import org.metaxyjdbc.store.MetaxyTypeFactory;
import org.metaxyjdbc.store.MetaxyTypeSystem;
import org.metaxyjdbc.store.StoreColumn;
import org.metaxyjdbc.store.StoreDialect;
import org.metaxyjdbc.store.ValueKind;

/**
 * The type of a column as JDBC describes it: the same words whatever the store, and the same in the
 * metadata of a result as in that of the database. Both are made here from what the store's driver
 * reports, which on its own differs between the two and from store to store.
 *
 * @param kind how its values are read
 * @param jdbcType a constant of {@link Types}
 * @param name the SQL name; the store's own where SQL has none
 * @param size characters of text and of dates and times, digits of numbers, bytes of binaries;
 *     {@link Integer#MAX_VALUE} for no limit, 0 for a number without a fixed one
 * @param scale digits after the point, or of a second; 0 where it has none
 */
public record ColumnType(ValueKind kind, int jdbcType, String name, int size, int scale) {
  /** What some drivers call the length of text without a limit. */
  private static final int NO_LIMIT = 1_000_000_000;

  private static final int DATE_LENGTH = "2000-01-01".length();
  private static final int TIME_LENGTH = "00:00:00.".length();
  private static final int UTC_OFFSET_LENGTH = "+00".length();
  private static final int UUID_LENGTH = 36;

  /** The type of a column of the store, or of a result of it. */
  public static ColumnType of(StoreDialect dialect, StoreColumn column) {
    ValueKind kind = dialect.kindOf(column.jdbcType(), column.typeName());
    int digits = column.scale() > 0 ? column.scale() : MetaxyTypeSystem.TIMESTAMP_PRECISION;
    return switch (kind) {
      case BOOLEAN -> of(kind, 1, 0);
      case REAL -> of(kind, 7, 0);
      case DECIMAL -> decimal(dialect, column);
      case DATE -> of(kind, DATE_LENGTH, 0);
      case TIME -> of(kind, TIME_LENGTH + digits, digits);
      case TIMESTAMP -> of(kind, DATE_LENGTH + 1 + TIME_LENGTH + digits, digits);
      case TIMESTAMP_WITH_TIME_ZONE ->
          of(kind, DATE_LENGTH + 1 + TIME_LENGTH + digits + UTC_OFFSET_LENGTH, digits);
      case BINARY, TEXT -> of(kind, length(column), 0);
      case UUID -> of(kind, UUID_LENGTH, 0);
      case LIST, NESTED, JSON -> of(kind, Integer.MAX_VALUE, 0);
      case PLAIN -> plain(dialect, column);
    };
  }

  private static ColumnType of(ValueKind kind, int size, int scale) {
    return new ColumnType(kind, kind.jdbcType(), kind.typeName(), size, scale);
  }

  private static int length(StoreColumn column) {
    return column.size() > 0 && column.size() < NO_LIMIT ? column.size() : Integer.MAX_VALUE;
  }

  private static ColumnType decimal(StoreDialect dialect, StoreColumn column) {
    if (column.jdbcType() == Types.DECIMAL || column.jdbcType() == Types.NUMERIC) {
      return of(ValueKind.DECIMAL, column.size(), column.scale());
    }
    RelDataType type = dialect.toType(MetaxyTypeFactory.INSTANCE, column);
    return of(ValueKind.DECIMAL, type.getPrecision(), type.getScale());
  }

  private static ColumnType plain(StoreDialect dialect, StoreColumn column) {
    SqlTypeName type = dialect.toType(MetaxyTypeFactory.INSTANCE, column).getSqlTypeName();
    return switch (type) {
      case TINYINT -> plain(type, 3);
      case SMALLINT -> plain(type, 5);
      case INTEGER -> plain(type, 10);
      case BIGINT -> plain(type, 19);
      case DOUBLE -> plain(type, 15);
      case CHAR, VARCHAR -> plain(type, length(column));
      default ->
          new ColumnType(
              ValueKind.PLAIN, Types.OTHER, withoutArguments(column.typeName()), length(column), 0);
    };
  }

  private static ColumnType plain(SqlTypeName type, int size) {
    return new ColumnType(ValueKind.PLAIN, type.getJdbcOrdinal(), type.getName(), size, 0);
  }

  private static String withoutArguments(String typeName) {
    int arguments = typeName.indexOf('(');
    return arguments < 0 ? typeName : typeName.substring(0, arguments).stripTrailing();
  }

  /** Whether it is a number, which all have a sign here. */
  public boolean isNumber() {
    return switch (jdbcType) {
      case Types.TINYINT,
          Types.SMALLINT,
          Types.INTEGER,
          Types.BIGINT,
          Types.REAL,
          Types.DOUBLE,
          Types.DECIMAL ->
          true;
      default -> false;
    };
  }

  /** Whether it is text. */
  public boolean isText() {
    return jdbcType == Types.VARCHAR || jdbcType == Types.CHAR;
  }

  /** Whether {@link #scale} says something. */
  public boolean hasScale() {
    return switch (kind) {
      case TIME, TIMESTAMP, TIMESTAMP_WITH_TIME_ZONE -> true;
      default -> isNumber() && !(kind == ValueKind.DECIMAL && size == 0);
    };
  }

  /** The most characters that a value has as text. */
  public int displaySize() {
    return switch (jdbcType) {
      case Types.BOOLEAN -> "false".length();
      case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> size + 1;
      case Types.REAL -> "-1.23456789E-38".length();
      case Types.DOUBLE -> "-1.2345678901234567E-308".length();
      case Types.DECIMAL -> size == 0 ? Integer.MAX_VALUE : size + "-.".length();
      case Types.VARBINARY -> size > Integer.MAX_VALUE / 2 ? Integer.MAX_VALUE : 2 * size;
      default -> size;
    };
  }
}
