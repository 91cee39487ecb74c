package org.metaxyjdbc.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.calcite.avatica.ColumnMetaData.Rep;
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;
import org.metaxyjdbc.store.JsonFragment;
import org.metaxyjdbc.store.ListValue;
import org.metaxyjdbc.store.ValueKind;
import org.metaxyjdbc.store.ValueText;

/**
 * The values that {@link org.metaxyjdbc.store.StoreTypes#read} gives, in the forms that Avatica
 * carries without loss: booleans, numbers of Java, binaries and text. All others are text: in a row
 * the column says of which kind, in a parameter the value itself does.
 */
public final class WireValue {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final char AFTER_KIND = ' ';

  /** NULL of a JDBC type, as a program gives it for a parameter. */
  public record TypedNull(int jdbcType) {
    private static final String NAME = "NULL";
  }

  private WireValue() {}

  /**
   * A value as it stands in a row; null for NULL. What is not of its column's kind, as the result
   * of a computation can be, says itself what it is.
   */
  public static @Nullable Object ofRow(ValueKind kind, @Nullable Object value) {
    if (value == null || isCarried(value) && !(value instanceof String)) {
      return value;
    }
    ValueKind own = kind(value);
    if (own == kind || own == ValueKind.VARCHAR && hasText(kind)) {
      return value instanceof byte[] ? value : text(value);
    }
    return tagged(value).getBytes(StandardCharsets.UTF_8);
  }

  /** The value of a row again. */
  public static @Nullable Object inRow(ValueKind kind, @Nullable Object carried) {
    if (carried instanceof byte[] bytes && kind != ValueKind.BINARY) {
      return untagged(new String(bytes, StandardCharsets.UTF_8));
    }
    return carried instanceof String text ? parse(kind, text) : carried;
  }

  private static boolean hasText(ValueKind kind) {
    return switch (kind) {
      case CHAR, VARCHAR, ENUM, NESTED, OTHER -> true;
      default -> false;
    };
  }

  private static boolean isCarried(Object value) {
    return value instanceof String
        || value instanceof Boolean
        || value instanceof Integer
        || value instanceof Long
        || value instanceof Float
        || value instanceof Double;
  }

  /**
   * A value of a parameter.
   *
   * @throws MetaxyException 0A000 for a class that is not sent
   */
  public static TypedValue ofParameter(@Nullable Object value) {
    if (value == null) {
      return TypedValue.EXPLICIT_NULL;
    }
    if (isCarried(value)) {
      return TypedValue.ofLocal(Rep.of(value.getClass()), value);
    }
    byte[] bytes = tagged(value).getBytes(StandardCharsets.UTF_8);
    return TypedValue.ofSerial(Rep.BYTE_STRING, Base64.getEncoder().encodeToString(bytes));
  }

  /** The value of a parameter again; a {@link TypedNull} for NULL of a known type. */
  public static @Nullable Object inParameter(TypedValue value) {
    return value.type == Rep.BYTE_STRING && value.value instanceof String base64
        ? untagged(new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8))
        : value.value;
  }

  private static String tagged(Object value) {
    return value instanceof TypedNull none
        ? TypedNull.NAME + AFTER_KIND + none.jdbcType
        : kind(value).name() + AFTER_KIND + text(value);
  }

  private static Object untagged(String tagged) {
    int end = tagged.indexOf(AFTER_KIND);
    String name = tagged.substring(0, end);
    String text = tagged.substring(end + 1);
    return name.equals(TypedNull.NAME)
        ? new TypedNull(Integer.parseInt(text))
        : parse(ValueKind.valueOf(name), text);
  }

  private static ValueKind kind(Object value) {
    if (value instanceof Boolean) {
      return ValueKind.BOOLEAN;
    } else if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
      return ValueKind.INTEGER;
    } else if (value instanceof Long) {
      return ValueKind.BIGINT;
    } else if (value instanceof Float) {
      return ValueKind.REAL;
    } else if (value instanceof Double) {
      return ValueKind.DOUBLE;
    } else if (value instanceof BigDecimal || value instanceof BigInteger) {
      return ValueKind.DECIMAL;
    } else if (value instanceof String) {
      return ValueKind.VARCHAR;
    } else if (value instanceof LocalDate) {
      return ValueKind.DATE;
    } else if (value instanceof LocalTime) {
      return ValueKind.TIME;
    } else if (value instanceof OffsetTime) {
      return ValueKind.TIME_WITH_TIME_ZONE;
    } else if (value instanceof LocalDateTime) {
      return ValueKind.TIMESTAMP;
    } else if (value instanceof OffsetDateTime) {
      return ValueKind.TIMESTAMP_WITH_TIME_ZONE;
    } else if (value instanceof byte[]) {
      return ValueKind.BINARY;
    } else if (value instanceof UUID) {
      return ValueKind.UUID;
    } else if (value instanceof ListValue) {
      return ValueKind.LIST;
    } else if (value instanceof JsonFragment || value instanceof Map) {
      return ValueKind.JSON;
    }
    throw MetaxyException.unsupported(
        "A value of %s cannot be sent to a server; give its text"
            .formatted(value.getClass().getName()));
  }

  /** Unlike {@link ValueText}, exact to the second of an offset and to the nanosecond. */
  private static String text(Object value) {
    if (value instanceof ListValue list) {
      return list(list).toString();
    }
    return value instanceof byte[] || value instanceof Map ? ValueText.of(value) : value.toString();
  }

  private static ArrayNode list(ListValue list) {
    ArrayNode array = JSON.createArrayNode();
    array.add(list.elementKind().name()).add(list.elementTypeName());
    for (Object element : list.elements()) {
      array.add(element == null ? null : tagged(element));
    }
    return array;
  }

  private static Object parse(ValueKind kind, String text) {
    return switch (kind) {
      case BOOLEAN -> Boolean.valueOf(text);
      case TINYINT, SMALLINT, INTEGER -> Integer.valueOf(text);
      case BIGINT -> Long.valueOf(text);
      case REAL -> Float.valueOf(text);
      case DOUBLE -> Double.valueOf(text);
      case DECIMAL -> new BigDecimal(text);
      case CHAR, VARCHAR, ENUM, NESTED, OTHER -> text;
      case DATE -> LocalDate.parse(text);
      case TIME -> LocalTime.parse(text);
      case TIME_WITH_TIME_ZONE -> OffsetTime.parse(text);
      case TIMESTAMP -> LocalDateTime.parse(text);
      case TIMESTAMP_WITH_TIME_ZONE -> OffsetDateTime.parse(text);
      case BINARY -> HexFormat.of().parseHex(text);
      case UUID -> UUID.fromString(text);
      case LIST -> parseList(text);
      case JSON -> new JsonFragment(text);
    };
  }

  private static ListValue parseList(String text) {
    JsonNode array;
    try {
      array = JSON.readTree(text);
    } catch (IOException e) {
      throw new MetaxyException(SqlState.GENERAL_ERROR, "This is no list: " + text, e);
    }
    List<@Nullable Object> elements = new ArrayList<>();
    for (int i = 2; i < array.size(); i++) {
      elements.add(array.get(i).isNull() ? null : untagged(array.get(i).asText()));
    }
    return new ListValue(ValueKind.valueOf(array.get(0).asText()), array.get(1).asText(), elements);
  }
}
