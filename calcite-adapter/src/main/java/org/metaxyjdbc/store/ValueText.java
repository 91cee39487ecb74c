package org.metaxyjdbc.store;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Values as text, the same whatever the store and the JVM's time zone. */
public final class ValueText {
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter(Locale.ROOT);
  private static final DateTimeFormatter TIME_WITH_TIME_ZONE =
      new DateTimeFormatterBuilder()
          .append(TIME)
          .appendOffset("+HH:mm", "+00")
          .toFormatter(Locale.ROOT);
  private static final DateTimeFormatter TIMESTAMP =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendLiteral(' ')
          .append(TIME)
          .toFormatter(Locale.ROOT);
  private static final DateTimeFormatter TIMESTAMP_WITH_TIME_ZONE =
      new DateTimeFormatterBuilder()
          .append(TIMESTAMP)
          .appendOffset("+HH:mm", "+00")
          .toFormatter(Locale.ROOT);

  private static final Set<Object> PLUS_INFINITY =
      Set.of(LocalDate.MAX, LocalDateTime.MAX, OffsetDateTime.MAX);
  private static final Set<Object> MINUS_INFINITY =
      Set.of(LocalDate.MIN, LocalDateTime.MIN, OffsetDateTime.MIN);

  private ValueText() {}

  /** The text of a value that {@link StoreTypes#read} gives. */
  public static String of(Object value) {
    if (value instanceof String text) {
      return text;
    }
    if (isInfinite(value)) {
      return PLUS_INFINITY.contains(value) ? "infinity" : "-infinity";
    }
    if (value instanceof LocalDateTime timestamp) {
      return TIMESTAMP.format(timestamp);
    }
    if (value instanceof OffsetDateTime timestamp) {
      return TIMESTAMP_WITH_TIME_ZONE.format(timestamp);
    }
    if (value instanceof LocalTime time) {
      return TIME.format(time);
    }
    if (value instanceof OffsetTime time) {
      return TIME_WITH_TIME_ZONE.format(time);
    }
    if (value instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    }
    if (value instanceof byte[] bytes) {
      return HexFormat.of().formatHex(bytes);
    }
    return value instanceof ListValue || value instanceof Map
        ? JsonText.of(value)
        : value.toString();
  }

  /** Whether a date or timestamp is one of the infinities. */
  static boolean isInfinite(Object value) {
    return PLUS_INFINITY.contains(value) || MINUS_INFINITY.contains(value);
  }
}
