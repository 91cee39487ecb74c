package org.metaxyjdbc.filter;

import java.math.BigDecimal;
import java.sql.Types;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;
import org.metaxyjdbc.store.TimeText;

/** The type of a column, as far as it says what its values can be compared with. */
public enum ValueType {
  BOOLEAN(Family.BOOLEAN, "TRUE or FALSE"),
  INTEGER(Family.NUMBER, "a number"),
  DECIMAL(Family.NUMBER, "a number"),
  DOUBLE(Family.NUMBER, "a number"),
  TEXT(Family.TEXT, "text in single quotes"),
  DATE(Family.DATE, "a date such as '2024-01-31'"),
  TIME(Family.TIME, "a time such as '10:30:00'"),
  TIMESTAMP(Family.DATE, "a time such as '2024-01-31 10:30:00'"),
  TIMESTAMP_WITH_TIME_ZONE(Family.DATE, "a time such as '2024-01-31 10:30:00+00'"),
  UUID(Family.UUID, "the text of a UUID"),
  /** Structures, lists, bytes: they can only be tested for NULL. */
  OTHER(Family.OTHER, "NULL only");

  private enum Family {
    BOOLEAN,
    NUMBER,
    TEXT,
    DATE,
    TIME,
    UUID,
    OTHER
  }

  /** The digits that all stores compare exactly. */
  private static final int MAX_DIGITS = 38;

  private final Family family;
  private final String comparableWith;

  ValueType(Family family, String comparableWith) {
    this.family = family;
    this.comparableWith = comparableWith;
  }

  /** The type of a column that JDBC describes so. */
  public static ValueType of(int jdbcType, String typeName) {
    return switch (jdbcType) {
      case Types.BOOLEAN, Types.BIT -> BOOLEAN;
      case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> INTEGER;
      case Types.DECIMAL, Types.NUMERIC -> DECIMAL;
      case Types.REAL, Types.FLOAT, Types.DOUBLE -> DOUBLE;
      case Types.CHAR,
          Types.VARCHAR,
          Types.LONGVARCHAR,
          Types.NCHAR,
          Types.NVARCHAR,
          Types.LONGNVARCHAR,
          Types.CLOB,
          Types.NCLOB ->
          TEXT;
      case Types.DATE -> DATE;
      case Types.TIME -> TIME;
      case Types.TIMESTAMP -> TIMESTAMP;
      case Types.TIMESTAMP_WITH_TIMEZONE -> TIMESTAMP_WITH_TIME_ZONE;
      default -> typeName.toUpperCase(Locale.ROOT).equals("UUID") ? UUID : OTHER;
    };
  }

  /** What a user can compare such a column with, for messages. */
  String comparableWith() {
    return comparableWith;
  }

  boolean isComparableWith(ValueType other) {
    return family == other.family && family != Family.OTHER;
  }

  /**
   * A literal as the value that the store compares with; empty where it cannot be compared.
   *
   * @param literal a {@link Boolean}, {@link BigDecimal} or {@link String}
   * @throws MetaxyException 22000 for a number of too many digits
   */
  Optional<Object> valueOf(Object literal) {
    if (literal instanceof BigDecimal number) {
      return Optional.ofNullable(ofNumber(number));
    }
    if (literal instanceof String text) {
      return Optional.ofNullable(ofText(text));
    }
    return this == BOOLEAN ? Optional.of(literal) : Optional.empty();
  }

  private @Nullable Object ofNumber(BigDecimal number) {
    return switch (this) {
      case INTEGER, DECIMAL -> exact(number);
      case DOUBLE -> {
        if (Double.isInfinite(number.doubleValue())) {
          throw outOfRange(number);
        }
        yield number.doubleValue();
      }
      case BOOLEAN -> zeroOrOne(number);
      default -> null;
    };
  }

  /** 1 is true and 0 is false, as Metaxy has it on DuckDB. */
  private static @Nullable Boolean zeroOrOne(BigDecimal number) {
    boolean one = number.compareTo(BigDecimal.ONE) == 0;
    return (one || number.signum() == 0) ? one : null;
  }

  private static Object exact(BigDecimal number) {
    int integerDigits = Math.max(number.precision() - number.scale(), 0);
    if (integerDigits + Math.max(number.scale(), 0) > MAX_DIGITS) {
      throw outOfRange(number);
    }
    try {
      return number.longValueExact();
    } catch (ArithmeticException e) {
      return number.setScale(Math.max(number.scale(), 0));
    }
  }

  private static MetaxyException outOfRange(BigDecimal number) {
    return new MetaxyException(
        SqlState.DATA_EXCEPTION,
        "The number %s is out of range, or has more than %d digits".formatted(number, MAX_DIGITS));
  }

  private @Nullable Object ofText(String text) {
    return switch (this) {
      case TEXT -> text;
      case DATE -> TimeText.parse(text).map(TimeText::date).orElse(null);
      case TIMESTAMP ->
          TimeText.parse(text).map(time -> time.instant().toLocalDateTime()).orElse(null);
      case TIMESTAMP_WITH_TIME_ZONE -> TimeText.parse(text).map(TimeText::instant).orElse(null);
      case TIME -> timeOfDay(text);
      case UUID -> uuid(text);
      default -> null;
    };
  }

  private static @Nullable LocalTime timeOfDay(String text) {
    try {
      return LocalTime.parse(text.strip());
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static @Nullable UUID uuid(String text) {
    try {
      return java.util.UUID.fromString(text.strip());
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
