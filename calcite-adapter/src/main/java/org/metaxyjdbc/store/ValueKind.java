package org.metaxyjdbc.store;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.time.OffsetTime;

/**
 * What a column holds, whatever the store: the JDBC type that it has here, and the Java type of its
 * values. Each column of each store is of one of these kinds; {@link StoreDialect#kindOf} says of
 * which.
 */
public enum ValueKind {
  BOOLEAN(Types.BOOLEAN, "BOOLEAN", Boolean.class),
  TINYINT(Types.TINYINT, "TINYINT", Integer.class),
  SMALLINT(Types.SMALLINT, "SMALLINT", Integer.class),
  INTEGER(Types.INTEGER, "INTEGER", Integer.class),
  BIGINT(Types.BIGINT, "BIGINT", Long.class),
  REAL(Types.REAL, "REAL", Float.class),
  DOUBLE(Types.DOUBLE, "DOUBLE", Double.class),
  /** Any exact number; NaN and the infinities, where the store has them, are {@link Double}s. */
  DECIMAL(Types.DECIMAL, "DECIMAL", BigDecimal.class),
  CHAR(Types.CHAR, "CHAR", String.class),
  VARCHAR(Types.VARCHAR, "VARCHAR", String.class),
  /** Text that the store keeps apart from other text: one of those that its own type lists. */
  ENUM(Types.VARCHAR, "", String.class),
  DATE(Types.DATE, "DATE", Date.class),
  TIME(Types.TIME, "TIME", Time.class),
  TIME_WITH_TIME_ZONE(Types.TIME_WITH_TIMEZONE, "TIME WITH TIME ZONE", OffsetTime.class),
  /** A timestamp without zone. */
  TIMESTAMP(Types.TIMESTAMP, "TIMESTAMP", Timestamp.class),
  /** An instant, shown in UTC. */
  TIMESTAMP_WITH_TIME_ZONE(
      Types.TIMESTAMP_WITH_TIMEZONE, "TIMESTAMP WITH TIME ZONE", OffsetDateTime.class),
  BINARY(Types.VARBINARY, "VARBINARY", byte[].class),
  UUID(Types.OTHER, "UUID", java.util.UUID.class),
  /** A list: JSON text, and a {@link java.sql.Array}. */
  LIST(Types.ARRAY, "ARRAY", Array.class),
  /** A structure or a map: JSON text. */
  NESTED(Types.OTHER, "JSON", String.class),
  /** JSON text in the store itself. */
  JSON(Types.OTHER, "JSON", String.class),
  /** What only the store knows, such as an interval or an address: its text. */
  OTHER(Types.OTHER, "", String.class);

  private final int jdbcType;
  private final String typeName;
  private final Class<?> javaClass;

  ValueKind(int jdbcType, String typeName, Class<?> javaClass) {
    this.jdbcType = jdbcType;
    this.typeName = typeName;
    this.javaClass = javaClass;
  }

  /** The kind of a standard JDBC type; a constant of {@link Types}. */
  public static ValueKind of(int jdbcType) {
    return switch (jdbcType) {
      case Types.BOOLEAN, Types.BIT -> BOOLEAN;
      case Types.TINYINT -> TINYINT;
      case Types.SMALLINT -> SMALLINT;
      case Types.INTEGER -> INTEGER;
      case Types.BIGINT -> BIGINT;
      case Types.REAL -> REAL;
      case Types.FLOAT, Types.DOUBLE -> DOUBLE;
      case Types.NUMERIC, Types.DECIMAL -> DECIMAL;
      case Types.CHAR, Types.NCHAR -> CHAR;
      case Types.VARCHAR,
          Types.NVARCHAR,
          Types.LONGVARCHAR,
          Types.LONGNVARCHAR,
          Types.CLOB,
          Types.NCLOB ->
          VARCHAR;
      case Types.DATE -> DATE;
      case Types.TIME -> TIME;
      case Types.TIME_WITH_TIMEZONE -> TIME_WITH_TIME_ZONE;
      case Types.TIMESTAMP -> TIMESTAMP;
      case Types.TIMESTAMP_WITH_TIMEZONE -> TIMESTAMP_WITH_TIME_ZONE;
      case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> BINARY;
      case Types.ARRAY -> LIST;
      case Types.STRUCT -> NESTED;
      default -> OTHER;
    };
  }

  /** A constant of {@link Types}. */
  public int jdbcType() {
    return jdbcType;
  }

  /** The name of the type; empty for {@link #ENUM} and {@link #OTHER}, where it is the store's. */
  public String typeName() {
    return typeName;
  }

  /** The class of the values that JDBC's {@code getObject} gives. */
  public Class<?> javaClass() {
    return javaClass;
  }

  /** Whether the values are numbers. */
  public boolean isNumeric() {
    return switch (this) {
      case TINYINT, SMALLINT, INTEGER, BIGINT, REAL, DOUBLE, DECIMAL -> true;
      default -> false;
    };
  }

  /** Whether the values are text to SQL too. */
  public boolean isText() {
    return this == CHAR || this == VARCHAR;
  }
}
