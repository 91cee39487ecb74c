package org.metaxyjdbc.adapter;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.rel.type.RelDataType;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.store.StoreValues;

/**
 * Values as Calcite's own execution holds them: a date as days, a time and a timestamp as
 * milliseconds, UTC. What it has no form for, such as a list or a structure, is text.
 */
public final class CalciteValues {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private CalciteValues() {}

  /** The value of a column of the store's result, which Calcite takes to be of {@code type}. */
  static @Nullable Object read(StoreValues values, int i, RelDataType type) throws SQLException {
    return switch (type.getSqlTypeName()) {
      case CHAR, VARCHAR, OTHER, ANY, NULL, ARRAY, MAP, MULTISET, ROW, STRUCTURED, VARIANT ->
          values.text(i);
      default -> {
        Object value = values.value(i);
        yield value == null ? null : converted(value, type);
      }
    };
  }

  /**
   * A value as Calcite's execution holds one of {@code type}.
   *
   * @param value as {@link org.metaxyjdbc.store.StoreTypes#read} gives it
   * @throws MetaxyException 0A000 for a type that Calcite has no form for
   */
  public static Object converted(Object value, RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case BOOLEAN, UUID -> value;
      case TINYINT -> number(value).byteValue();
      case SMALLINT -> number(value).shortValue();
      case INTEGER -> number(value).intValue();
      case BIGINT -> number(value).longValue();
      case REAL -> number(value).floatValue();
      case FLOAT, DOUBLE -> number(value).doubleValue();
      case DECIMAL -> decimal(number(value));
      case BINARY, VARBINARY -> new ByteString((byte[]) value);
      case DATE -> Math.toIntExact(timestamp(value).toLocalDate().toEpochDay());
      case TIME -> (int) (((LocalTime) value).toNanoOfDay() / NANOS_PER_MILLI);
      case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          timestamp(value).toInstant(ZoneOffset.UTC).toEpochMilli();
      default ->
          throw MetaxyException.unsupported(
              "A value of type %s does not pass from the store to Calcite; CAST it to VARCHAR"
                  .formatted(type));
    };
  }

  private static Number number(Object value) {
    return (Number) value;
  }

  private static BigDecimal decimal(Number value) {
    if (value instanceof BigDecimal decimal) {
      return decimal;
    }
    return value instanceof BigInteger integer
        ? new BigDecimal(integer)
        : new BigDecimal(value.toString());
  }

  private static LocalDateTime timestamp(Object value) {
    if (value instanceof OffsetDateTime instant) {
      return instant.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
    }
    return value instanceof LocalDate date ? date.atStartOfDay() : (LocalDateTime) value;
  }

  /** Binds an instant, with the microseconds that the stores keep. */
  static void bind(PreparedStatement statement, int i, Instant value) throws SQLException {
    statement.setObject(i, value.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC));
  }

  /** Binds a value that Calcite holds for a parameter of {@code type}. */
  static void bind(PreparedStatement statement, int i, @Nullable Object value, RelDataType type)
      throws SQLException {
    if (value == null) {
      statement.setNull(i, type.getSqlTypeName().getJdbcOrdinal());
    } else if (value instanceof ByteString bytes) {
      statement.setBytes(i, bytes.getBytes());
    } else if (value instanceof Number number) {
      bindNumber(statement, i, number, type);
    } else {
      statement.setObject(i, value);
    }
  }

  private static void bindNumber(PreparedStatement statement, int i, Number value, RelDataType type)
      throws SQLException {
    switch (type.getSqlTypeName()) {
      case DATE -> statement.setObject(i, LocalDate.ofEpochDay(value.longValue()));
      case TIME ->
          statement.setObject(i, LocalTime.ofNanoOfDay(value.longValue() * NANOS_PER_MILLI));
      case TIMESTAMP ->
          statement.setObject(
              i,
              LocalDateTime.ofInstant(Instant.ofEpochMilli(value.longValue()), ZoneOffset.UTC),
              Types.TIMESTAMP);
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          bind(statement, i, Instant.ofEpochMilli(value.longValue()));
      default -> statement.setObject(i, value);
    }
  }
}
