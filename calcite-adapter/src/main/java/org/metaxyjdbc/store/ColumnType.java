package org.metaxyjdbc.store;

import java.sql.Types;

/**
 * The type of a column as JDBC describes it: the same words whatever the store, and the same in the
 * metadata of a result as in that of the database. Both are made here from what the store's driver
 * reports, which on its own differs between the two and from store to store.
 *
 * @param kind what it holds
 * @param name the SQL name; the store's own where SQL has none
 * @param size characters of text and of dates and times, digits of numbers, bytes of binaries;
 *     {@link Integer#MAX_VALUE} for no limit, 0 for a number without a fixed one
 * @param scale digits after the point, or of a second; 0 where it has none
 */
public record ColumnType(ValueKind kind, String name, int size, int scale) {
  /** What some drivers call the length of text without a limit. */
  private static final int NO_LIMIT = 1_000_000_000;

  /** The type of a column of the store, or of a result of it. */
  public static ColumnType of(StoreTypes types, StoreColumn column) {
    ValueKind kind = types.kindOf(column.jdbcType(), column.typeName());
    int size = types.precision(kind, column.typeName(), column.size());
    int scale = types.scale(kind, column.typeName(), column.scale());
    int fraction = scale > 0 ? scale + 1 : 0;
    return switch (kind) {
      case BOOLEAN -> of(kind, 1, 0);
      case TINYINT -> of(kind, 3, 0);
      case SMALLINT -> of(kind, 5, 0);
      case INTEGER -> of(kind, 10, 0);
      case BIGINT -> of(kind, 19, 0);
      case REAL -> of(kind, 8, 0);
      case DOUBLE -> of(kind, 17, 0);
      case DECIMAL -> of(kind, size, scale);
      case DATE -> of(kind, "yyyy-mm-dd".length(), 0);
      case TIME -> of(kind, "hh:mm:ss".length() + fraction, scale);
      case TIME_WITH_TIME_ZONE -> of(kind, "hh:mm:ss+hh:mm".length() + fraction, scale);
      case TIMESTAMP -> of(kind, "yyyy-mm-dd hh:mm:ss".length() + fraction, scale);
      case TIMESTAMP_WITH_TIME_ZONE ->
          of(kind, "yyyy-mm-dd hh:mm:ss+hh:mm".length() + fraction, scale);
      case UUID -> of(kind, "00000000-0000-0000-0000-000000000000".length(), 0);
      case CHAR, VARCHAR, BINARY -> of(kind, length(size), 0);
      case LIST, NESTED, JSON -> of(kind, Integer.MAX_VALUE, 0);
      case ENUM, OTHER ->
          new ColumnType(kind, withoutArguments(column.typeName()), length(size), 0);
    };
  }

  private static ColumnType of(ValueKind kind, int size, int scale) {
    return new ColumnType(kind, kind.typeName(), size, scale);
  }

  private static int length(int reported) {
    return reported > 0 && reported < NO_LIMIT ? reported : Integer.MAX_VALUE;
  }

  private static String withoutArguments(String typeName) {
    int arguments = typeName.indexOf('(');
    return arguments < 0 ? typeName : typeName.substring(0, arguments).stripTrailing();
  }

  /** A constant of {@link Types}. */
  public int jdbcType() {
    return kind.jdbcType();
  }

  /** Whether {@link #scale} says something. */
  public boolean hasScale() {
    return switch (kind) {
      case TIME, TIME_WITH_TIME_ZONE, TIMESTAMP, TIMESTAMP_WITH_TIME_ZONE -> true;
      case DECIMAL -> size != 0;
      default -> kind.isNumeric();
    };
  }

  /** The most characters that {@code getString} gives, as far as there is a limit. */
  public int displaySize() {
    return switch (kind) {
      case BOOLEAN -> "false".length();
      case TINYINT, SMALLINT, INTEGER, BIGINT -> size + 1;
      case REAL -> "-1.17549435E-38".length();
      case DOUBLE -> "-2.2250738585072014E-308".length();
      case DECIMAL -> size == 0 ? Integer.MAX_VALUE : size + "-0.".length();
      case DATE,
          TIME,
          TIME_WITH_TIME_ZONE,
          TIMESTAMP,
          TIMESTAMP_WITH_TIME_ZONE,
          UUID,
          CHAR,
          VARCHAR ->
          size;
      case ENUM, BINARY, LIST, NESTED, JSON, OTHER -> Integer.MAX_VALUE;
    };
  }
}
