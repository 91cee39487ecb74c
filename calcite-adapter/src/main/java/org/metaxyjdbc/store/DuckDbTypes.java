package org.metaxyjdbc.store;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.Blob;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.sql.type.SqlTypeName;
import org.duckdb.DuckDBStruct;
import org.duckdb.JsonNode;
import org.jspecify.annotations.Nullable;

/** The types of DuckDB, which its driver reports as JDBC's OTHER more often than not. */
final class DuckDbTypes extends StoreTypes {
  private static final LocalDate INFINITE_DATE = LocalDate.ofEpochDay(Integer.MAX_VALUE);
  private static final LocalDate MINUS_INFINITE_DATE = LocalDate.ofEpochDay(-Integer.MAX_VALUE);
  private static final LocalDateTime INFINITE_TIMESTAMP = timestamp(Long.MAX_VALUE);
  private static final LocalDateTime MINUS_INFINITE_TIMESTAMP = timestamp(-Long.MAX_VALUE);

  /** Before this day, the driver counts by the Julian calendar. */
  private static final LocalDate GREGORIAN = LocalDate.of(1582, 10, 15);

  private static final int DECIMAL_DIGITS = 38;

  /** The type of lists of binaries. */
  static final String BLOBS = "BLOB[]";

  private static LocalDateTime timestamp(long micros) {
    return LocalDateTime.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L),
        Math.toIntExact(Math.floorMod(micros, 1_000_000L) * 1_000),
        ZoneOffset.UTC);
  }

  @Override
  public ValueKind kindOf(int jdbcType, String typeName) {
    if (typeName.endsWith("]")) {
      return ValueKind.LIST;
    }
    int parameters = typeName.indexOf('(');
    return switch (parameters < 0 ? typeName : typeName.substring(0, parameters)) {
      case "UTINYINT" -> ValueKind.SMALLINT;
      case "USMALLINT" -> ValueKind.INTEGER;
      case "UINTEGER" -> ValueKind.BIGINT;
      case "UBIGINT", "HUGEINT", "UHUGEINT", "BIGNUM" -> ValueKind.DECIMAL;
      case "FLOAT" -> ValueKind.REAL;
      case "ENUM" -> ValueKind.VARCHAR;
      case "UUID" -> ValueKind.UUID;
      case "JSON" -> ValueKind.JSON;
      case "TIME_NS" -> ValueKind.TIME;
      case "TIME WITH TIME ZONE", "TIME_WITH_TIME_ZONE" -> ValueKind.TIME_WITH_TIME_ZONE;
      case "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS" -> ValueKind.TIMESTAMP;
      case "TIMESTAMP WITH TIME ZONE", "TIMESTAMP_WITH_TIME_ZONE" ->
          ValueKind.TIMESTAMP_WITH_TIME_ZONE;
      case "STRUCT", "MAP", "UNION", "VARIANT" -> ValueKind.NESTED;
      case "LIST", "ARRAY" -> ValueKind.LIST;
      case "BIT", "INTERVAL", "GEOMETRY" -> ValueKind.OTHER;
      default -> ValueKind.of(jdbcType);
    };
  }

  @Override
  public int precision(ValueKind kind, String typeName, int reported) {
    return switch (typeName) {
      case "UBIGINT" -> 20;
      case "HUGEINT", "UHUGEINT" -> 39;
      default -> reported;
    };
  }

  @Override
  public int scale(ValueKind kind, String typeName, int reported) {
    return switch (typeName) {
      case "TIMESTAMP_S" -> 0;
      case "TIMESTAMP_MS" -> 3;
      case "TIMESTAMP_NS", "TIME_NS" -> 9;
      default ->
          switch (kind) {
            case TIME, TIME_WITH_TIME_ZONE, TIMESTAMP, TIMESTAMP_WITH_TIME_ZONE -> 6;
            default -> reported;
          };
    };
  }

  @Override
  @Nullable Number decimal(ResultSet rows, int i) throws SQLException {
    Object value = rows.getObject(i);
    if (value instanceof BigInteger integer) {
      return new BigDecimal(integer);
    }
    return value instanceof String bignum ? new BigDecimal(bignum) : (BigDecimal) value;
  }

  /** The driver's other ways to a date go through {@link java.sql.Date} and its calendar. */
  @Override
  @Nullable LocalDate date(ResultSet rows, int i) throws SQLException {
    return (LocalDate) finite(rows.getObject(i));
  }

  /** 24:00:00, which java.time does not have, is the last time of the day. */
  @Override
  @Nullable LocalTime time(ResultSet rows, int i) throws SQLException {
    try {
      return (LocalTime) rows.getObject(i);
    } catch (DateTimeException e) {
      return LocalTime.MAX;
    }
  }

  @Override
  public @Nullable String text(ResultSet rows, int i, ValueKind kind) throws SQLException {
    try {
      Object time = kind == ValueKind.TIME ? rows.getObject(i) : null;
      return time == null ? super.text(rows, i, kind) : ValueText.of(time);
    } catch (DateTimeException e) {
      return END_OF_DAY;
    }
  }

  @Override
  @Nullable LocalDateTime timestamp(ResultSet rows, int i) throws SQLException {
    return (LocalDateTime) finite(super.timestamp(rows, i));
  }

  /**
   * The driver goes through the local time of the JVM's zone, which is wrong in the hours when that
   * zone's clocks change; its microseconds since 1970 are exact.
   */
  @Override
  @Nullable OffsetDateTime instant(ResultSet rows, int i) throws SQLException {
    long micros = rows.getLong(i);
    return rows.wasNull()
        ? null
        : (OffsetDateTime) finite(timestamp(micros).atOffset(ZoneOffset.UTC));
  }

  @Override
  @Nullable ListValue list(ResultSet rows, int i) throws SQLException {
    return (ListValue) canonical(rows.getObject(i), new DuckDbTimestamps(rows, i));
  }

  @Override
  @Nullable Object nested(ResultSet rows, int i) throws SQLException {
    return canonical(rows.getObject(i), new DuckDbTimestamps(rows, i));
  }

  /** A value of the driver's in the types of {@link #read}. */
  private @Nullable Object canonical(@Nullable Object value, DuckDbTimestamps timestamps)
      throws SQLException {
    if (value instanceof DuckDBStruct struct) {
      return map(struct.getMap(), timestamps);
    }
    if (value instanceof Map<?, ?> map) {
      return map(map, timestamps);
    }
    if (value instanceof Array array) {
      List<@Nullable Object> elements = new ArrayList<>();
      for (Object element : (Object[]) array.getArray()) {
        elements.add(canonical(element, timestamps));
      }
      String typeName = array.getBaseTypeName();
      return new ListValue(kindOf(array.getBaseType(), typeName), typeName, elements);
    }
    if (value instanceof Blob blob) {
      return blob.getBytes(1, Math.toIntExact(blob.length()));
    }
    if (value instanceof JsonNode json) {
      return new JsonFragment(json.toString());
    }
    if (value instanceof BigInteger integer) {
      return new BigDecimal(integer);
    }
    if (value instanceof Byte || value instanceof Short) {
      return ((Number) value).intValue();
    }
    if (value instanceof Timestamp timestamp) {
      Object finite = finite(timestamp.toLocalDateTime());
      return finite == LocalDateTime.MAX || finite == LocalDateTime.MIN
          ? finite
          : timestamps.exactly(timestamp);
    }
    return finite(
        value instanceof OffsetDateTime timestamp
            ? timestamp.withOffsetSameInstant(ZoneOffset.UTC)
            : value);
  }

  private Map<String, @Nullable Object> map(Map<?, ?> map, DuckDbTimestamps timestamps)
      throws SQLException {
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      Object key = canonical(entry.getKey(), timestamps);
      result.put(key == null ? "" : ValueText.of(key), canonical(entry.getValue(), timestamps));
    }
    return result;
  }

  /** The driver gives infinity as the value by which the store represents it. */
  private static @Nullable Object finite(@Nullable Object value) {
    if (value instanceof LocalDate) {
      return value.equals(INFINITE_DATE)
          ? LocalDate.MAX
          : value.equals(MINUS_INFINITE_DATE) ? LocalDate.MIN : value;
    }
    if (value instanceof LocalDateTime) {
      return value.equals(INFINITE_TIMESTAMP)
          ? LocalDateTime.MAX
          : value.equals(MINUS_INFINITE_TIMESTAMP) ? LocalDateTime.MIN : value;
    }
    if (value instanceof OffsetDateTime timestamp) {
      LocalDateTime local = timestamp.toLocalDateTime();
      return local.equals(INFINITE_TIMESTAMP)
          ? OffsetDateTime.MAX
          : local.equals(MINUS_INFINITE_TIMESTAMP) ? OffsetDateTime.MIN : value;
    }
    return value;
  }

  /**
   * What the driver would change goes as text, which the store reads as what it is compared with.
   */
  @Override
  public void bind(PreparedStatement statement, int i, Object value, SqlTypeName type)
      throws SQLException {
    if (value.equals(LocalTime.MAX)) {
      statement.setString(i, END_OF_DAY);
    } else if (value instanceof ListValue list && list.elementKind() != ValueKind.BINARY
        || value instanceof OffsetTime
        || value instanceof BigDecimal decimal && decimal.precision() > DECIMAL_DIGITS
        || value instanceof LocalDate date && date.isBefore(GREGORIAN)
        || value instanceof LocalTime time && time.getNano() % 1_000 != 0
        || value instanceof LocalDateTime timestamp && timestamp.getNano() % 1_000 != 0
        || ValueText.isInfinite(value)) {
      statement.setString(i, ValueText.of(value));
    } else if (value instanceof ListValue blobs) {
      statement.setArray(i, statement.getConnection().createArrayOf("BLOB", elements(blobs)));
    } else {
      super.bind(statement, i, value, type);
    }
  }
}
