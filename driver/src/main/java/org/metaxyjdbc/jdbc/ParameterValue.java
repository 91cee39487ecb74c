package org.metaxyjdbc.jdbc;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.Time;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.List;
import java.util.TimeZone;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.store.ListValue;
import org.metaxyjdbc.store.ValueKind;

/** What a program gives for a parameter, in the Java types that all stores take. */
final class ParameterValue {
  private ParameterValue() {}

  /**
   * The value for a parameter.
   *
   * @param zone whose clock the instants of {@code java.sql} are read from
   * @param type what the parameter is in the statement: the instant itself where that is an instant
   */
  static Object of(Object value, TimeZone zone, SqlTypeName type) throws SQLException {
    if (value instanceof Date date) {
      return LegacyTime.localDate(date, zone);
    }
    if (value instanceof Time time) {
      return LegacyTime.localTime(time, zone);
    }
    if (value instanceof Calendar calendar) {
      return of(calendar.getTime(), calendar.getTimeZone(), type);
    }
    if (value instanceof java.util.Date timestamp) {
      return isInstant(type)
          ? LegacyTime.instant(timestamp)
          : LegacyTime.localDateTime(timestamp, zone);
    }
    if (value instanceof Instant instant) {
      return instant.atOffset(ZoneOffset.UTC);
    }
    if (value instanceof ZonedDateTime zoned) {
      return zoned.toOffsetDateTime();
    }
    if (value instanceof Character character) {
      return character.toString();
    }
    if (value.getClass().isArray() && !(value instanceof byte[])) {
      return list(value, zone, type);
    }
    return value instanceof ListArray array ? array.value() : value;
  }

  /** A Java array, whose store's type is not known. */
  private static ListValue list(Object array, TimeZone zone, SqlTypeName type) throws SQLException {
    ValueKind kind = ValueKind.OTHER;
    List<@Nullable Object> elements = new ArrayList<>();
    for (int i = 0; i < Array.getLength(array); i++) {
      Object element = Array.get(array, i);
      Object value = element == null ? null : of(element, zone, type);
      if (value instanceof ListValue) {
        kind = ValueKind.LIST;
      } else if (value instanceof byte[]) {
        kind = ValueKind.BINARY;
      }
      elements.add(value);
    }
    return new ListValue(kind, "", elements);
  }

  private static boolean isInstant(SqlTypeName type) {
    return type == SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE || type == SqlTypeName.TIMESTAMP_TZ;
  }

  /**
   * The value as a JDBC type.
   *
   * @param jdbcType a constant of {@link java.sql.Types}
   * @param scale the digits after the point of a decimal; negative for all there are
   * @throws MetaxyException 22xxx where it cannot be one
   */
  static Object as(int jdbcType, int scale, Object value) throws SQLException {
    ValueKind kind = ValueKind.of(jdbcType);
    Object given = of(value, TimeZone.getDefault(), typeOf(kind));
    Class<?> type = classOf(kind);
    Object converted =
        type == null || given instanceof ListValue ? given : Conversion.to(type, given);
    if (converted == null) {
      return given;
    }
    return kind == ValueKind.DECIMAL && scale >= 0 && converted instanceof BigDecimal decimal
        ? decimal.setScale(scale, RoundingMode.HALF_UP)
        : converted;
  }

  private static SqlTypeName typeOf(ValueKind kind) {
    return kind == ValueKind.TIMESTAMP_WITH_TIME_ZONE
        ? SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE
        : SqlTypeName.ANY;
  }

  private static @Nullable Class<?> classOf(ValueKind kind) {
    return switch (kind) {
      case DATE -> java.time.LocalDate.class;
      case TIME -> java.time.LocalTime.class;
      case TIMESTAMP -> java.time.LocalDateTime.class;
      case ENUM, BINARY, UUID, LIST, NESTED, JSON, OTHER -> null;
      default -> kind.javaClass();
    };
  }
}
