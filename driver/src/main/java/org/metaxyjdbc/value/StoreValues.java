package org.metaxyjdbc.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.store.StoreDialect;
import org.metaxyjdbc.store.ValueKind;

/**
 * Reads values that the stores' drivers give differently: one Java type and one text for each
 * {@link ValueKind}, whatever the store and the JVM's time zone.
 */
public final class StoreValues {
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter(java.util.Locale.ROOT);
  private static final DateTimeFormatter TIMESTAMP =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendLiteral(' ')
          .append(TIME)
          .toFormatter(java.util.Locale.ROOT);

  private final ResultSet rows;
  private final ValueKind[] kinds;
  private final StoreDialect dialect;

  public StoreValues(ResultSet rows, ValueKind[] kinds, StoreDialect dialect) {
    this.rows = rows;
    this.kinds = kinds;
    this.dialect = dialect;
  }

  public ValueKind kind(int i) {
    return i >= 1 && i <= kinds.length ? kinds[i - 1] : ValueKind.PLAIN;
  }

  /** The text of a value; null for NULL. */
  public @Nullable String text(int i) throws SQLException {
    switch (kind(i)) {
      case PLAIN, JSON -> {
        return jsonOrText(i);
      }
      default -> {
        Object value = value(i);
        if (value == null) {
          return null;
        }
        if (value instanceof LocalDateTime timestamp) {
          return TIMESTAMP.format(timestamp);
        }
        if (value instanceof OffsetDateTime timestamp) {
          return TIMESTAMP.format(timestamp.toLocalDateTime()) + "+00";
        }
        if (value instanceof LocalTime time) {
          return TIME.format(time);
        }
        if (value instanceof byte[] bytes) {
          return HexFormat.of().formatHex(bytes);
        }
        if (value instanceof BigDecimal decimal) {
          return decimal.toPlainString();
        }
        return kind(i) == ValueKind.LIST ? new JsonText(dialect).of(value) : value.toString();
      }
    }
  }

  private @Nullable String jsonOrText(int i) throws SQLException {
    if (kind(i) == ValueKind.JSON) {
      Object value = rows.getObject(i);
      if (value instanceof byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
      }
    }
    return rows.getString(i);
  }

  /** The value in java.time's and Java's own types; null for NULL. */
  public @Nullable Object value(int i) throws SQLException {
    return switch (kind(i)) {
      case BOOLEAN -> orNull(rows.getBoolean(i));
      case REAL -> orNull(rows.getFloat(i));
      case DECIMAL -> rows.getBigDecimal(i);
      case DATE -> rows.getObject(i, LocalDate.class);
      case TIME -> rows.getObject(i, LocalTime.class);
      case TIMESTAMP -> rows.getObject(i, LocalDateTime.class);
      case TIMESTAMP_WITH_TIME_ZONE -> {
        OffsetDateTime value = rows.getObject(i, OffsetDateTime.class);
        yield value == null ? null : value.withOffsetSameInstant(ZoneOffset.UTC);
      }
      case BINARY -> bytes(rows.getObject(i));
      case UUID -> uuid(rows.getObject(i));
      case LIST -> rows.getArray(i);
      case NESTED -> {
        Object value = rows.getObject(i);
        yield value == null ? null : new JsonText(dialect).of(value);
      }
      case TEXT -> rows.getString(i);
      case JSON -> jsonOrText(i);
      case PLAIN -> rows.getObject(i);
    };
  }

  private @Nullable Object orNull(Object value) throws SQLException {
    return rows.wasNull() ? null : value;
  }

  private static byte @Nullable [] bytes(@Nullable Object value) throws SQLException {
    return value instanceof Blob blob
        ? blob.getBytes(1, Math.toIntExact(blob.length()))
        : (byte[]) value;
  }

  private static @Nullable Object uuid(@Nullable Object value) {
    return value == null || value instanceof UUID ? value : UUID.fromString(value.toString());
  }

  /** The value as JDBC's {@code getObject(int)} gives it. */
  public @Nullable Object object(int i) throws SQLException {
    Object value = value(i);
    if (value instanceof LocalDate date) {
      return Date.valueOf(date);
    }
    if (value instanceof LocalTime time) {
      return Time.valueOf(time);
    }
    if (value instanceof LocalDateTime timestamp) {
      return Timestamp.valueOf(timestamp);
    }
    return value;
  }

  /** The value as {@code getObject(int, Class)} gives it. */
  public <T> @Nullable T object(int i, Class<T> type) throws SQLException {
    if (type == String.class) {
      return type.cast(text(i));
    }
    Object value = value(i);
    if (value == null) {
      return null;
    }
    if (type.isInstance(value)) {
      return type.cast(value);
    }
    Object converted = converted(value, type);
    if (type.isInstance(converted)) {
      return type.cast(converted);
    }
    converted = object(i);
    return type.isInstance(converted) ? type.cast(converted) : rows.getObject(i, type);
  }

  private static @Nullable Object converted(Object value, Class<?> type) {
    if (value instanceof OffsetDateTime timestamp) {
      if (type == Instant.class) {
        return timestamp.toInstant();
      }
      if (type == ZonedDateTime.class) {
        return timestamp.toZonedDateTime();
      }
      if (type == LocalDateTime.class) {
        return timestamp.toLocalDateTime();
      }
      return type == Timestamp.class ? Timestamp.from(timestamp.toInstant()) : null;
    }
    if (value instanceof BigDecimal decimal && type == BigInteger.class) {
      return decimal.toBigInteger();
    }
    return null;
  }

  /** A date, a timestamp's date, or what the store's driver makes of text. */
  public @Nullable Date date(int i) throws SQLException {
    Object value = value(i);
    if (value instanceof LocalDate date) {
      return Date.valueOf(date);
    }
    if (value instanceof LocalDateTime timestamp) {
      return Date.valueOf(timestamp.toLocalDate());
    }
    if (value instanceof OffsetDateTime timestamp) {
      return Date.valueOf(timestamp.toLocalDate());
    }
    return value == null ? null : rows.getDate(i);
  }

  public @Nullable Time time(int i) throws SQLException {
    Object value = value(i);
    if (value instanceof LocalTime time) {
      return Time.valueOf(time);
    }
    if (value instanceof LocalDateTime timestamp) {
      return Time.valueOf(timestamp.toLocalTime());
    }
    return value == null ? null : rows.getTime(i);
  }

  /** An instant, or the local time of a timestamp without zone in {@code zone}. */
  public @Nullable Timestamp timestamp(int i, java.time.ZoneId zone) throws SQLException {
    Object value = value(i);
    if (value instanceof OffsetDateTime timestamp) {
      return Timestamp.from(timestamp.toInstant());
    }
    if (value instanceof LocalDateTime timestamp) {
      return zone.equals(java.time.ZoneId.systemDefault())
          ? Timestamp.valueOf(timestamp)
          : Timestamp.from(timestamp.atZone(zone).toInstant());
    }
    if (value instanceof LocalDate date) {
      return Timestamp.valueOf(date.atStartOfDay());
    }
    return value == null ? null : rows.getTimestamp(i);
  }

  public @Nullable Array array(int i) throws SQLException {
    return rows.getArray(i);
  }

  public byte @Nullable [] binary(int i) throws SQLException {
    return kind(i) == ValueKind.BINARY ? bytes(rows.getObject(i)) : rows.getBytes(i);
  }
}
