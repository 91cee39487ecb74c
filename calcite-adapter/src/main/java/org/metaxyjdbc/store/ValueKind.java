package org.metaxyjdbc.store;

import java.sql.Types;

/**
 * How a value of a result is read, whatever the store: the JDBC type that a column of the kind has
 * here. What is not listed is read as the store's own driver does.
 */
public enum ValueKind {
  /** Numbers, text and what else all drivers read alike. */
  PLAIN(Types.OTHER, ""),
  /** Text that the store's driver gives as a {@link java.sql.Clob}. */
  TEXT(Types.VARCHAR, "VARCHAR"),
  BOOLEAN(Types.BOOLEAN, "BOOLEAN"),
  REAL(Types.REAL, "REAL"),
  DECIMAL(Types.DECIMAL, "DECIMAL"),
  DATE(Types.DATE, "DATE"),
  TIME(Types.TIME, "TIME"),
  /** A timestamp without zone. */
  TIMESTAMP(Types.TIMESTAMP, "TIMESTAMP"),
  /** An instant, shown in UTC. */
  TIMESTAMP_WITH_TIME_ZONE(Types.TIMESTAMP_WITH_TIMEZONE, "TIMESTAMP WITH TIME ZONE"),
  BINARY(Types.VARBINARY, "VARBINARY"),
  UUID(Types.OTHER, "UUID"),
  /** A list: JSON text, and a {@link java.sql.Array}. */
  LIST(Types.ARRAY, "ARRAY"),
  /** A structure or a map: JSON text. */
  NESTED(Types.OTHER, "JSON"),
  /** JSON text in the store itself. */
  JSON(Types.OTHER, "JSON");

  private final int jdbcType;
  private final String typeName;

  ValueKind(int jdbcType, String typeName) {
    this.jdbcType = jdbcType;
    this.typeName = typeName;
  }

  /** A constant of {@link Types}; for {@link #PLAIN} the store's own holds. */
  public int jdbcType() {
    return jdbcType;
  }

  /** The name of the type; for {@link #PLAIN} the store's own holds. */
  public String typeName() {
    return typeName;
  }
}
