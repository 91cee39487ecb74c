package org.metaxyjdbc.jdbc;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Map;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;
import org.metaxyjdbc.store.JsonFragment;
import org.metaxyjdbc.store.ListValue;
import org.metaxyjdbc.store.StoreTypes;
import org.metaxyjdbc.store.StoreValues;
import org.metaxyjdbc.store.ValueKind;
import org.metaxyjdbc.store.ValueText;

/**
 * The values of a result set as JDBC's getters give them. What a getter asks for and what the
 * column holds may differ: the value is then converted, or the error names both.
 */
final class JdbcValues {
  private final ResultSet rows;
  private final StoreValues values;

  JdbcValues(ResultSet rows, ValueKind[] kinds, StoreTypes types) {
    this.rows = rows;
    this.values = StoreValues.of(rows, kinds, types);
  }

  StoreValues unconverted() {
    return values;
  }

  private ValueKind kind(int i) {
    return values.kind(i);
  }

  @Nullable String text(int i) throws SQLException {
    return values.text(i);
  }

  /** The value in the class of its {@link ValueKind}. */
  @Nullable Object object(int i) throws SQLException {
    return kind(i) == ValueKind.NESTED ? values.text(i) : object(values.value(i));
  }

  /** A value of the store in the class of its {@link ValueKind}. */
  static @Nullable Object object(@Nullable Object value) {
    if (value instanceof LocalDateTime timestamp) {
      return LegacyTime.timestamp(timestamp, TimeZone.getDefault());
    }
    if (value instanceof LocalDate date) {
      return LegacyTime.date(date, TimeZone.getDefault());
    }
    if (value instanceof LocalTime time) {
      return LegacyTime.time(time, TimeZone.getDefault());
    }
    if (value instanceof ListValue list) {
      return new ListArray(list);
    }
    return value instanceof JsonFragment || value instanceof Map ? text(value) : value;
  }

  static String text(Object value) {
    return ValueText.of(value);
  }

  /** The value in any class: java's, {@code java.sql}'s, or the store's driver's own. */
  <T> @Nullable T object(int i, Class<T> type) throws SQLException {
    if (type == String.class) {
      return type.cast(text(i));
    }
    Object value = values.value(i);
    if (value == null) {
      return null;
    }
    Object converted = kind(i) == ValueKind.NESTED ? null : converted(i, type, value);
    if (!type.isInstance(converted)) {
      converted = object(i);
    }
    return type.isInstance(converted) ? type.cast(converted) : rows.getObject(i, type);
  }

  private @Nullable Object converted(int i, Class<?> type, Object value) throws SQLException {
    try {
      return type == Object.class ? object(value) : Conversion.to(type, value);
    } catch (MetaxyException e) {
      throw new MetaxyException(e.state(), of(i) + ": " + e.getMessage(), e).toSqlException();
    }
  }

  private <T> @Nullable T require(int i, Class<T> type) throws SQLException {
    Object value = values.value(i);
    if (value == null || type.isInstance(value)) {
      return type.cast(value);
    }
    Object converted = kind(i) == ValueKind.NESTED ? null : converted(i, type, value);
    if (converted == null) {
      throw new MetaxyException(
              SqlState.INVALID_TEXT,
              "%s cannot be had as %s; getString and getObject always work"
                  .formatted(of(i), type.getSimpleName()))
          .toSqlException();
    }
    return type.cast(converted);
  }

  private String of(int i) throws SQLException {
    ValueKind kind = kind(i);
    return "Column '%s' of type %s"
        .formatted(
            rows.getMetaData().getColumnLabel(i),
            kind.typeName().isEmpty() ? rows.getMetaData().getColumnTypeName(i) : kind.typeName());
  }

  boolean bool(int i) throws SQLException {
    if (kind(i) == ValueKind.BOOLEAN) {
      return rows.getBoolean(i);
    }
    Boolean value = require(i, Boolean.class);
    return value != null && value;
  }

  byte int8(int i) throws SQLException {
    Byte value = require(i, Byte.class);
    return value == null ? 0 : value;
  }

  short int16(int i) throws SQLException {
    Short value = require(i, Short.class);
    return value == null ? 0 : value;
  }

  int int32(int i) throws SQLException {
    switch (kind(i)) {
      case TINYINT, SMALLINT, INTEGER -> {
        return rows.getInt(i);
      }
      default -> {
        Integer value = require(i, Integer.class);
        return value == null ? 0 : value;
      }
    }
  }

  long int64(int i) throws SQLException {
    switch (kind(i)) {
      case TINYINT, SMALLINT, INTEGER, BIGINT -> {
        return rows.getLong(i);
      }
      default -> {
        Long value = require(i, Long.class);
        return value == null ? 0 : value;
      }
    }
  }

  float real(int i) throws SQLException {
    if (kind(i) == ValueKind.REAL) {
      return rows.getFloat(i);
    }
    Float value = require(i, Float.class);
    return value == null ? 0 : value;
  }

  double dbl(int i) throws SQLException {
    if (kind(i) == ValueKind.DOUBLE) {
      return rows.getDouble(i);
    }
    Double value = require(i, Double.class);
    return value == null ? 0 : value;
  }

  @Nullable BigDecimal decimal(int i) throws SQLException {
    return require(i, BigDecimal.class);
  }

  @Nullable Date date(int i, TimeZone zone) throws SQLException {
    LocalDate value = require(i, LocalDate.class);
    return value == null ? null : LegacyTime.date(value, zone);
  }

  @Nullable Time time(int i, TimeZone zone) throws SQLException {
    LocalTime value = require(i, LocalTime.class);
    return value == null ? null : LegacyTime.time(value, zone);
  }

  /** An instant as it is; what a clock shows, in {@code zone}. */
  @Nullable Timestamp timestamp(int i, TimeZone zone) throws SQLException {
    if (kind(i) == ValueKind.TIMESTAMP) {
      LocalDateTime value = (LocalDateTime) values.value(i);
      return value == null ? null : LegacyTime.timestamp(value, zone);
    }
    Object value = values.value(i);
    return value == null ? null : timestamp(i, value, zone);
  }

  private @Nullable Timestamp timestamp(int i, Object value, TimeZone zone) throws SQLException {
    Timestamp converted;
    try {
      converted = Conversion.timestamp(value, zone);
    } catch (MetaxyException e) {
      throw new MetaxyException(e.state(), of(i) + ": " + e.getMessage(), e).toSqlException();
    }
    return converted == null ? require(i, Timestamp.class) : converted;
  }

  @Nullable ListArray array(int i) throws SQLException {
    Object value = values.value(i);
    if (value != null && !(value instanceof ListValue)) {
      throw new MetaxyException(
              SqlState.INVALID_TEXT, of(i) + " is no list; getString gives its text")
          .toSqlException();
    }
    return value == null ? null : new ListArray((ListValue) value);
  }

  /** The bytes of a binary, or of a text in UTF-8. */
  byte @Nullable [] bytes(int i) throws SQLException {
    if (kind(i) == ValueKind.BINARY) {
      return (byte[]) values.value(i);
    }
    String text = text(i);
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }
}
