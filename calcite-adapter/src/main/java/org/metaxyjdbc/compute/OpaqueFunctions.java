package org.metaxyjdbc.compute;

import static java.util.Objects.requireNonNull;

import java.lang.reflect.Method;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.schema.impl.ScalarFunctionImpl;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.validate.SqlUserDefinedFunction;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.store.ListValue;
import org.metaxyjdbc.store.ValueKind;

/**
 * From {@link OpaqueValue}s to what Calcite's functions take, and back. Public because compiled
 * queries call these methods; none is called with null.
 */
public final class OpaqueFunctions {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private static final DateTimeFormatter TIMESTAMP_TEXT =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendPattern("['T'][ ]")
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .optionalEnd()
          .appendPattern("[ ][XXX][XX][X]")
          .parseDefaulting(ChronoField.HOUR_OF_DAY, 0)
          .parseDefaulting(ChronoField.MINUTE_OF_HOUR, 0)
          .parseDefaulting(ChronoField.OFFSET_SECONDS, 0)
          .toFormatter(Locale.ROOT);

  static final SqlFunction COMPARE = function("compare");
  static final SqlFunction TEXT = function("text");
  static final SqlFunction ELEMENT = function("element");
  static final SqlFunction PLUS_MICROSECONDS = function("plusMicroseconds");
  static final SqlFunction PLUS_MILLISECONDS = function("plusMilliseconds");
  static final SqlFunction PLUS_MONTHS = function("plusMonths");
  static final SqlFunction WHOLE_UNITS_BETWEEN = function("wholeUnitsBetween");
  private static final SqlFunction TIMESTAMP_OF_TEXT = function("timestampOfText");
  private static final SqlFunction INSTANT_OF_TEXT = function("instantOfText");
  private static final SqlFunction TIME_OF_TEXT = function("timeOfText");
  private static final SqlFunction TIMESTAMP = function("timestamp");
  private static final SqlFunction TIME = function("time");
  private static final SqlFunction UUID_OF = function("uuid");
  private static final SqlFunction LIST = function("list");
  private static final SqlFunction MAP = function("map");
  private static final SqlFunction OF_TIMESTAMP = function("ofTimestamp");
  private static final SqlFunction OF_INSTANT = function("ofInstant");
  private static final SqlFunction OF_TIME = function("ofTime");
  private static final SqlFunction OF_LIST = function("ofList");
  private static final SqlFunction OF_OTHER = function("ofOther");

  private OpaqueFunctions() {}

  /** Whether values of a type are opaque. */
  static boolean isOpaque(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case BOOLEAN,
          TINYINT,
          SMALLINT,
          INTEGER,
          BIGINT,
          REAL,
          FLOAT,
          DOUBLE,
          DECIMAL,
          CHAR,
          VARCHAR,
          BINARY,
          VARBINARY,
          DATE,
          NULL,
          SYMBOL,
          UTINYINT,
          USMALLINT,
          UINTEGER,
          UBIGINT ->
          false;
      default -> true;
    };
  }

  /** Makes of an opaque value one of {@code type}. */
  static SqlFunction from(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ -> TIMESTAMP;
      case TIME, TIME_WITH_LOCAL_TIME_ZONE, TIME_TZ -> TIME;
      case UUID -> UUID_OF;
      case ARRAY, MULTISET -> LIST;
      case MAP -> MAP;
      case ANY, OTHER, VARIANT -> TEXT;
      default -> throw notHere(type);
    };
  }

  /** Makes of a value of {@code type} an opaque one. */
  static SqlFunction to(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case TIMESTAMP -> OF_TIMESTAMP;
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ -> OF_INSTANT;
      case TIME, TIME_WITH_LOCAL_TIME_ZONE, TIME_TZ -> OF_TIME;
      case ARRAY, MULTISET -> OF_LIST;
      case UUID, MAP, ANY, OTHER, VARIANT -> OF_OTHER;
      default -> throw notHere(type);
    };
  }

  /** Makes an opaque value of {@code type} of the text of its literal; null for other types. */
  static @Nullable SqlFunction ofText(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case TIMESTAMP -> TIMESTAMP_OF_TEXT;
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> INSTANT_OF_TEXT;
      case TIME -> TIME_OF_TEXT;
      default -> null;
    };
  }

  private static MetaxyException notHere(RelDataType type) {
    return MetaxyException.unsupported(
        "A value of type %s cannot be computed with here; CAST it to VARCHAR".formatted(type));
  }

  private static SqlFunction function(String name) {
    Method method =
        Stream.of(OpaqueFunctions.class.getMethods())
            .filter(m -> m.getName().equals(name))
            .findFirst()
            .orElseThrow();
    return new SqlUserDefinedFunction(
        new SqlIdentifier(name, SqlParserPos.ZERO),
        SqlKind.OTHER_FUNCTION,
        ReturnTypes.ARG0,
        InferTypes.ANY_NULLABLE,
        OperandTypes.operandMetadata(
            List.of(), typeFactory -> List.of(), i -> "arg" + i, i -> false),
        ScalarFunctionImpl.create(method));
  }

  public static @Nullable Integer compare(@Nullable OpaqueValue a, @Nullable OpaqueValue b) {
    return a == null || b == null ? null : Integer.valueOf(a.compareTo(b));
  }

  public static @Nullable String text(@Nullable OpaqueValue value) {
    return value == null ? null : value.toString();
  }

  /** Milliseconds since 1970, as Calcite has timestamps. */
  public static @Nullable Long timestamp(@Nullable OpaqueValue value) {
    if (value == null) {
      return null;
    }
    return value.value() instanceof OffsetDateTime instant
        ? instant.toInstant().toEpochMilli()
        : ((LocalDateTime) value.value()).toInstant(ZoneOffset.UTC).toEpochMilli();
  }

  /** Milliseconds of the day, as Calcite has times. */
  public static @Nullable Integer time(@Nullable OpaqueValue value) {
    return value == null
        ? null
        : Integer.valueOf((int) (((LocalTime) value.value()).toNanoOfDay() / NANOS_PER_MILLI));
  }

  public static @Nullable UUID uuid(@Nullable OpaqueValue value) {
    return value == null ? null : (UUID) value.value();
  }

  public static @Nullable List<@Nullable Object> list(@Nullable OpaqueValue value) {
    return value == null ? null : ((ListValue) value.value()).elements();
  }

  public static @Nullable Map<?, ?> map(@Nullable OpaqueValue value) {
    return value == null ? null : (Map<?, ?>) value.value();
  }

  public static @Nullable OpaqueValue plusMicroseconds(
      @Nullable OpaqueValue time, @Nullable Long count) {
    return plus(time, count, ChronoUnit.MICROS);
  }

  public static @Nullable OpaqueValue plusMilliseconds(
      @Nullable OpaqueValue time, @Nullable Long count) {
    return plus(time, count, ChronoUnit.MILLIS);
  }

  public static @Nullable OpaqueValue plusMonths(@Nullable OpaqueValue time, @Nullable Long count) {
    return plus(time, count, ChronoUnit.MONTHS);
  }

  private static @Nullable OpaqueValue plus(
      @Nullable OpaqueValue time, @Nullable Long count, ChronoUnit unit) {
    return time == null || count == null
        ? null
        : new OpaqueValue(((Temporal) requireNonNull(time.value())).plus(count, unit));
  }

  /** As {@link org.metaxyjdbc.store.StoreOperators#WHOLE_UNITS_BETWEEN}. */
  public static @Nullable Long wholeUnitsBetween(
      String unit, @Nullable OpaqueValue from, @Nullable OpaqueValue to) {
    if (from == null || to == null) {
      return null;
    }
    Temporal start = (Temporal) requireNonNull(from.value());
    Temporal end = (Temporal) requireNonNull(to.value());
    return switch (TimeUnit.valueOf(unit)) {
      case MILLENNIUM -> ChronoUnit.MILLENNIA.between(start, end);
      case CENTURY -> ChronoUnit.CENTURIES.between(start, end);
      case DECADE -> ChronoUnit.DECADES.between(start, end);
      case QUARTER -> ChronoUnit.MONTHS.between(start, end) / 3;
      case MILLISECOND -> ChronoUnit.MILLIS.between(start, end);
      case MICROSECOND -> ChronoUnit.MICROS.between(start, end);
      case NANOSECOND -> ChronoUnit.NANOS.between(start, end);
      default -> ChronoUnit.valueOf(unit + "S").between(start, end);
    };
  }

  public static @Nullable OpaqueValue timestampOfText(@Nullable String text) {
    return text == null
        ? null
        : new OpaqueValue(TIMESTAMP_TEXT.parse(text.strip(), LocalDateTime::from));
  }

  /** In UTC where the text has no offset. */
  public static @Nullable OpaqueValue instantOfText(@Nullable String text) {
    return text == null
        ? null
        : new OpaqueValue(TIMESTAMP_TEXT.parse(text.strip(), OffsetDateTime::from));
  }

  public static @Nullable OpaqueValue timeOfText(@Nullable String text) {
    return text == null ? null : new OpaqueValue(LocalTime.parse(text.strip()));
  }

  /** A value of a list; NULL too. */
  public static OpaqueValue element(@Nullable Object value) {
    return value instanceof OpaqueValue opaque ? opaque : new OpaqueValue(value);
  }

  public static @Nullable OpaqueValue ofTimestamp(@Nullable Long milliseconds) {
    return milliseconds == null
        ? null
        : new OpaqueValue(
            LocalDateTime.ofInstant(Instant.ofEpochMilli(milliseconds), ZoneOffset.UTC));
  }

  public static @Nullable OpaqueValue ofInstant(@Nullable Long milliseconds) {
    return milliseconds == null
        ? null
        : new OpaqueValue(Instant.ofEpochMilli(milliseconds).atOffset(ZoneOffset.UTC));
  }

  public static @Nullable OpaqueValue ofTime(@Nullable Integer milliseconds) {
    return milliseconds == null
        ? null
        : new OpaqueValue(LocalTime.ofNanoOfDay(milliseconds * NANOS_PER_MILLI));
  }

  public static @Nullable OpaqueValue ofList(@Nullable List<@Nullable Object> elements) {
    if (elements == null) {
      return null;
    }
    List<@Nullable Object> values = new ArrayList<>();
    for (Object element : elements) {
      values.add(element instanceof OpaqueValue opaque ? opaque.value() : element);
    }
    return new OpaqueValue(new ListValue(ValueKind.OTHER, "", values));
  }

  public static @Nullable OpaqueValue ofOther(@Nullable Object value) {
    return value == null || value instanceof OpaqueValue
        ? (OpaqueValue) value
        : new OpaqueValue(value);
  }
}
