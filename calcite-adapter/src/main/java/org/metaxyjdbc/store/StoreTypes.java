package org.metaxyjdbc.store;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * The types of a store: of which {@link ValueKind} each is, and how its values are read and given
 * through the store's own driver without loss, whatever the JVM's time zone. This class is for
 * drivers that do as JDBC says; a store whose driver differs has a subclass.
 *
 * <p>Timestamps and times have java.time's types. The infinities of dates and timestamps, where a
 * store has them, are the {@code MAX} and {@code MIN} of these.
 */
public class StoreTypes {
  /** For result sets that no store's driver made, which hold values as {@link #read} gives them. */
  public static final StoreTypes IN_MEMORY = new InMemory();

  /**
   * The text of 24:00, which java.time does not have: as a value it is the last time of the day.
   */
  static final String END_OF_DAY = "24:00:00";

  private static final int SECOND_DIGITS = MetaxyTypeSystem.TIMESTAMP_PRECISION;
  private static final int NANOSECOND_DIGITS = 9;

  StoreTypes() {}

  /**
   * The kind of a type, as the store's driver reports it of a table or of a result.
   *
   * @param jdbcType a constant of {@link java.sql.Types}
   * @param typeName the store's name; empty where there is none
   */
  public ValueKind kindOf(int jdbcType, String typeName) {
    return ValueKind.of(jdbcType);
  }

  /** The digits of a number or the characters of a text; 0 where the store does not say. */
  public int precision(ValueKind kind, String typeName, int reported) {
    return reported;
  }

  /** The digits after the point, or of a second. */
  public int scale(ValueKind kind, String typeName, int reported) {
    return reported;
  }

  /**
   * The Calcite type of a column. What Calcite has no type for is ANY: Calcite lets it pass
   * wherever it stands, and the store says what can be done with it.
   */
  RelDataType toType(RelDataTypeFactory factory, StoreColumn column) {
    ValueKind kind = kindOf(column.jdbcType(), column.typeName());
    int scale = scale(kind, column.typeName(), column.scale());
    int digits = Math.min(9, Math.max(SECOND_DIGITS, scale));
    return switch (kind) {
      case BOOLEAN -> factory.createSqlType(SqlTypeName.BOOLEAN);
      case TINYINT -> factory.createSqlType(SqlTypeName.TINYINT);
      case SMALLINT -> factory.createSqlType(SqlTypeName.SMALLINT);
      case INTEGER -> factory.createSqlType(SqlTypeName.INTEGER);
      case BIGINT -> factory.createSqlType(SqlTypeName.BIGINT);
      case REAL -> factory.createSqlType(SqlTypeName.REAL);
      case DOUBLE -> factory.createSqlType(SqlTypeName.DOUBLE);
      case DECIMAL -> decimal(factory, precision(kind, column.typeName(), column.size()), scale);
      case CHAR, VARCHAR -> factory.createSqlType(SqlTypeName.VARCHAR);
      case DATE -> factory.createSqlType(SqlTypeName.DATE);
      case TIME -> factory.createSqlType(SqlTypeName.TIME, digits);
      case TIMESTAMP -> factory.createSqlType(SqlTypeName.TIMESTAMP, digits);
      case TIMESTAMP_WITH_TIME_ZONE ->
          factory.createSqlType(SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE, digits);
      case BINARY -> factory.createSqlType(SqlTypeName.VARBINARY);
      case UUID -> factory.createSqlType(SqlTypeName.UUID);
      case ENUM, TIME_WITH_TIME_ZONE, LIST, NESTED, JSON, OTHER ->
          factory.createSqlType(SqlTypeName.ANY);
    };
  }

  /** The type of a decimal column; unlimited where the store's is, or has more digits. */
  private static RelDataType decimal(RelDataTypeFactory factory, int precision, int scale) {
    if (precision <= 0
        || precision > factory.getTypeSystem().getMaxPrecision(SqlTypeName.DECIMAL)) {
      return MetaxyTypeSystem.unlimitedDecimal(factory);
    }
    return scale < 0
        ? factory.createSqlType(SqlTypeName.DECIMAL, precision - scale, 0)
        : factory.createSqlType(SqlTypeName.DECIMAL, precision, scale);
  }

  /**
   * Whether every value of a column, read and given as a parameter again, is what it was. A nested
   * value can hold what its JSON text has no form for.
   */
  public final boolean canGiveBack(StoreColumn column) {
    return switch (kindOf(column.jdbcType(), column.typeName())) {
      case LIST, NESTED, OTHER -> false;
      default -> true;
    };
  }

  /**
   * A value of the store's own result set; null for NULL.
   *
   * @return Integer for the integer kinds but BIGINT, Long, Float, Double, BigDecimal (Double for
   *     NaN and infinity), Boolean, String for text and {@link ValueKind#OTHER}, LocalDate,
   *     LocalTime, OffsetTime, LocalDateTime, OffsetDateTime (in UTC where the store keeps no
   *     offset), byte[], UUID, {@link ListValue}, {@link JsonFragment}; for {@link
   *     ValueKind#NESTED} a map of names to such values, or the value of a union
   */
  public @Nullable Object read(ResultSet rows, int i, ValueKind kind) throws SQLException {
    return switch (kind) {
      case BOOLEAN -> orNull(rows, rows.getBoolean(i));
      case TINYINT, SMALLINT, INTEGER -> orNull(rows, rows.getInt(i));
      case BIGINT -> orNull(rows, rows.getLong(i));
      case REAL -> orNull(rows, rows.getFloat(i));
      case DOUBLE -> orNull(rows, rows.getDouble(i));
      case DECIMAL -> decimal(rows, i);
      case CHAR, VARCHAR, ENUM, OTHER -> rows.getString(i);
      case DATE -> date(rows, i);
      case TIME -> time(rows, i);
      case TIME_WITH_TIME_ZONE -> rows.getObject(i, OffsetTime.class);
      case TIMESTAMP -> timestamp(rows, i);
      case TIMESTAMP_WITH_TIME_ZONE -> instant(rows, i);
      case BINARY -> rows.getBytes(i);
      case UUID -> rows.getObject(i, UUID.class);
      case LIST -> list(rows, i);
      case NESTED -> nested(rows, i);
      case JSON -> {
        String text = rows.getString(i);
        yield text == null ? null : new JsonFragment(text);
      }
    };
  }

  private static @Nullable Object orNull(ResultSet rows, Object value) throws SQLException {
    return rows.wasNull() ? null : value;
  }

  /** The text of a value; null for NULL. */
  public @Nullable String text(ResultSet rows, int i, ValueKind kind) throws SQLException {
    return switch (kind) {
      case CHAR, VARCHAR, ENUM, OTHER, JSON, TINYINT, SMALLINT, INTEGER, BIGINT ->
          rows.getString(i);
      case NESTED -> {
        Object value = read(rows, i, kind);
        yield value == null ? null : JsonText.of(value);
      }
      default -> {
        Object value = read(rows, i, kind);
        yield value == null ? null : ValueText.of(value);
      }
    };
  }

  /** A {@link BigDecimal}, or a {@link Double} for what is no number. */
  @Nullable Number decimal(ResultSet rows, int i) throws SQLException {
    return rows.getBigDecimal(i);
  }

  @Nullable LocalDate date(ResultSet rows, int i) throws SQLException {
    return rows.getObject(i, LocalDate.class);
  }

  @Nullable LocalTime time(ResultSet rows, int i) throws SQLException {
    return rows.getObject(i, LocalTime.class);
  }

  @Nullable LocalDateTime timestamp(ResultSet rows, int i) throws SQLException {
    return rows.getObject(i, LocalDateTime.class);
  }

  @Nullable OffsetDateTime instant(ResultSet rows, int i) throws SQLException {
    return rows.getObject(i, OffsetDateTime.class);
  }

  /** A list's elements are rows of their own, with the element as second column. */
  @Nullable ListValue list(ResultSet rows, int i) throws SQLException {
    Array array = rows.getArray(i);
    if (array == null) {
      return null;
    }
    try (ResultSet elements = array.getResultSet()) {
      ResultSetMetaData metaData = elements.getMetaData();
      String typeName = metaData.getColumnTypeName(2);
      ValueKind kind = kindOf(metaData.getColumnType(2), typeName);
      List<@Nullable Object> values = new ArrayList<>();
      while (elements.next()) {
        values.add(read(elements, 2, kind));
      }
      return new ListValue(kind, typeName, values);
    } finally {
      array.free();
    }
  }

  /** A structure or map as names and values; the value of a union. */
  @Nullable Object nested(ResultSet rows, int i) throws SQLException {
    Object value = rows.getObject(i);
    return value == null || value instanceof Map ? value : rows.getString(i);
  }

  /**
   * Gives a parameter its value.
   *
   * @param value in one of the types that {@link #read} gives
   * @param type what the parameter is in the statement
   */
  public void bind(PreparedStatement statement, int i, Object value, SqlTypeName type)
      throws SQLException {
    if (value instanceof ListValue list) {
      statement.setArray(
          i, statement.getConnection().createArrayOf(list.elementTypeName(), elements(list)));
    } else {
      statement.setObject(i, value instanceof JsonFragment json ? json.text() : value);
    }
  }

  /** The elements of a list as the store's driver takes them. */
  static @Nullable Object[] elements(ListValue list) {
    return list.elements().stream()
        .map(
            element ->
                element instanceof ListValue inner
                    ? elements(inner)
                    : element instanceof JsonFragment json ? json.text() : element)
        .toArray();
  }

  private static final class InMemory extends StoreTypes {
    @Override
    public ValueKind kindOf(int jdbcType, String typeName) {
      for (ValueKind kind : ValueKind.values()) {
        if (kind.jdbcType() == jdbcType && kind.typeName().equals(typeName)) {
          return kind;
        }
      }
      return ValueKind.of(jdbcType);
    }

    @Override
    public @Nullable Object read(ResultSet rows, int i, ValueKind kind) throws SQLException {
      return switch (kind) {
        case BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT, REAL, DOUBLE, CHAR, VARCHAR ->
            super.read(rows, i, kind);
        default -> rows.getObject(i);
      };
    }

    @Override
    public @Nullable String text(ResultSet rows, int i, ValueKind kind) throws SQLException {
      Object value = read(rows, i, kind);
      if (LocalTime.MAX.equals(value) && rows.getMetaData().getScale(i) < NANOSECOND_DIGITS) {
        return END_OF_DAY;
      }
      return value == null ? null : ValueText.of(value);
    }
  }
}
