package org.metaxyjdbc.jdbc;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.TimeZone;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;
import org.metaxyjdbc.store.JsonFragment;
import org.metaxyjdbc.store.ListValue;
import org.metaxyjdbc.store.ValueText;

/**
 * Values of the store in other Java types, as JDBC allows them: numbers, texts and times among
 * themselves. A timestamp without zone counts as UTC where an instant is asked for, as in the
 * store.
 */
final class Conversion {
  private Conversion() {}

  /**
   * A value in another type; null where there is no way to it.
   *
   * @throws MetaxyException 22003 for a number that does not fit, 22018 and 22007 for text that
   *     does not say such a value
   */
  static @Nullable Object to(Class<?> type, Object value) {
    if (type == String.class) {
      return ValueText.of(value);
    }
    if (value instanceof JsonFragment || value instanceof ListValue) {
      return null;
    }
    if (type.isInstance(value)) {
      return value;
    }
    if (type == Boolean.class) {
      return bool(value);
    }
    if (Number.class.isAssignableFrom(type)) {
      return number(type, value);
    }
    if (type == UUID.class) {
      return value instanceof String text ? uuid(text) : null;
    }
    return time(type, value);
  }

  /** Whether a number is not 0, or what a text says. */
  private static @Nullable Boolean bool(Object value) {
    if (value instanceof Number number) {
      return number.doubleValue() != 0;
    }
    if (!(value instanceof String text)) {
      return null;
    }
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "true", "t", "yes", "y", "on", "1" -> true;
      case "false", "f", "no", "n", "off", "0" -> false;
      default -> throw notA("boolean", text);
    };
  }

  private static @Nullable Number number(Class<?> type, Object value) {
    if (value instanceof Boolean bool) {
      return number(type, bool ? 1 : 0);
    }
    if (value instanceof String text) {
      return number(type, parsed(text));
    }
    if (!(value instanceof Number number)) {
      return null;
    }
    if (type == Double.class) {
      return number.doubleValue();
    }
    if (type == Float.class) {
      return number.floatValue();
    }
    if (number instanceof Double || number instanceof Float) {
      double real = number.doubleValue();
      if (Double.isNaN(real) || Double.isInfinite(real)) {
        throw outOfRange(type, number);
      }
    }
    BigDecimal decimal = number instanceof BigDecimal d ? d : new BigDecimal(number.toString());
    if (type == BigDecimal.class) {
      return decimal;
    }
    BigInteger integer = decimal.setScale(0, RoundingMode.DOWN).toBigInteger();
    if (type == BigInteger.class) {
      return integer;
    }
    try {
      if (type == Long.class) {
        return integer.longValueExact();
      }
      if (type == Integer.class) {
        return integer.intValueExact();
      }
      if (type == Short.class) {
        return integer.shortValueExact();
      }
      return type == Byte.class ? integer.byteValueExact() : null;
    } catch (ArithmeticException e) {
      throw outOfRange(type, number);
    }
  }

  private static Number parsed(String text) {
    try {
      return switch (text.strip()) {
        case "NaN" -> Double.NaN;
        case "Infinity" -> Double.POSITIVE_INFINITY;
        case "-Infinity" -> Double.NEGATIVE_INFINITY;
        default -> new BigDecimal(text.strip());
      };
    } catch (NumberFormatException e) {
      throw notA("number", text);
    }
  }

  private static UUID uuid(String text) {
    try {
      return UUID.fromString(text.strip());
    } catch (IllegalArgumentException e) {
      throw notA("UUID", text);
    }
  }

  private static @Nullable Object time(Class<?> type, Object value) {
    TimeZone zone = TimeZone.getDefault();
    if (type == LocalDate.class) {
      return date(value);
    }
    if (type == LocalTime.class) {
      return localTime(value);
    }
    if (type == LocalDateTime.class) {
      return timestamp(value);
    }
    if (type == OffsetTime.class) {
      return value instanceof String text ? parse(text, OffsetTime::parse) : null;
    }
    if (type == Date.class) {
      LocalDate date = date(value);
      return date == null ? null : LegacyTime.date(date, zone);
    }
    if (type == Time.class) {
      LocalTime time = localTime(value);
      return time == null ? null : LegacyTime.time(time, zone);
    }
    if (type == Timestamp.class || type == java.util.Date.class) {
      return timestamp(value, zone);
    }
    OffsetDateTime instant = instant(value);
    if (type == OffsetDateTime.class || instant == null) {
      return instant;
    }
    if (type == Instant.class) {
      return instant.toInstant();
    }
    return type == ZonedDateTime.class ? instant.toZonedDateTime() : null;
  }

  /** A date, or that of a timestamp; of an instant in UTC. */
  static @Nullable LocalDate date(Object value) {
    if (value instanceof LocalDate date) {
      return date;
    }
    if (value instanceof LocalTime || value instanceof OffsetTime) {
      return null;
    }
    if (value instanceof String text && text.strip().length() <= "yyyy-mm-dd".length()) {
      return parse(text, LocalDate::parse);
    }
    LocalDateTime timestamp = timestamp(value);
    return timestamp == null ? null : timestamp.toLocalDate();
  }

  /** A time, or that of a timestamp; of an instant in UTC. */
  static @Nullable LocalTime localTime(Object value) {
    if (value instanceof LocalTime time) {
      return time;
    }
    if (value instanceof OffsetTime time) {
      return time.toLocalTime();
    }
    if (value instanceof LocalDate) {
      return null;
    }
    if (value instanceof String text && text.indexOf('-') < 0) {
      return parse(text, LocalTime::parse);
    }
    LocalDateTime timestamp = timestamp(value);
    return timestamp == null ? null : timestamp.toLocalTime();
  }

  /** A timestamp without zone; an instant in UTC. */
  static @Nullable LocalDateTime timestamp(Object value) {
    if (value instanceof LocalDateTime timestamp) {
      return timestamp;
    }
    if (value instanceof OffsetDateTime timestamp) {
      return timestamp.equals(OffsetDateTime.MAX)
          ? LocalDateTime.MAX
          : timestamp.equals(OffsetDateTime.MIN)
              ? LocalDateTime.MIN
              : timestamp.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
    }
    if (value instanceof LocalDate date) {
      return date.equals(LocalDate.MAX) ? LocalDateTime.MAX : date.atStartOfDay();
    }
    return value instanceof String text ? timestamp(parse(text, Conversion::parseInstant)) : null;
  }

  static @Nullable OffsetDateTime instant(Object value) {
    if (value instanceof OffsetDateTime timestamp) {
      return timestamp;
    }
    if (value instanceof String text) {
      return parse(text, Conversion::parseInstant);
    }
    LocalDateTime timestamp = timestamp(value);
    if (timestamp == null) {
      return null;
    }
    return timestamp.equals(LocalDateTime.MAX)
        ? OffsetDateTime.MAX
        : timestamp.equals(LocalDateTime.MIN)
            ? OffsetDateTime.MIN
            : timestamp.atOffset(ZoneOffset.UTC);
  }

  /** An instant as it is; what a clock shows, in {@code zone}. */
  static @Nullable Timestamp timestamp(Object value, TimeZone zone) {
    if (value instanceof OffsetDateTime timestamp) {
      return LegacyTime.timestamp(timestamp);
    }
    if (value instanceof LocalTime time) {
      return LegacyTime.timestamp(time.atDate(LocalDate.EPOCH), zone);
    }
    LocalDateTime timestamp = timestamp(value);
    return timestamp == null ? null : LegacyTime.timestamp(timestamp, zone);
  }

  private static OffsetDateTime parseInstant(String text) {
    String iso = text.indexOf(' ') > 0 ? text.replace(' ', 'T') : text;
    int time = iso.indexOf('T');
    if (time < 0) {
      return LocalDate.parse(iso).atStartOfDay().atOffset(ZoneOffset.UTC);
    }
    boolean zoned = iso.endsWith("Z") || iso.indexOf('+', time) > 0 || iso.indexOf('-', time) > 0;
    return zoned
        ? OffsetDateTime.parse(iso.matches(".*[+-]\\d\\d") ? iso + ":00" : iso)
        : LocalDateTime.parse(iso).atOffset(ZoneOffset.UTC);
  }

  private static <T> T parse(String text, java.util.function.Function<String, T> parser) {
    try {
      return parser.apply(text.strip());
    } catch (DateTimeException e) {
      throw new MetaxyException(
          SqlState.INVALID_DATETIME, "'%s' is no date or time".formatted(text), e);
    }
  }

  private static MetaxyException notA(String what, String text) {
    return new MetaxyException(SqlState.INVALID_TEXT, "'%s' is no %s".formatted(text, what));
  }

  private static MetaxyException outOfRange(Class<?> type, Number value) {
    return new MetaxyException(
        SqlState.NUMERIC_OUT_OF_RANGE,
        "%s does not fit a %s".formatted(value, type.getSimpleName()));
  }
}
