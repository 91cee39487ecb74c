package org.metaxyjdbc.store;

import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** The types of PostgreSQL. */
final class PostgresqlTypes extends StoreTypes {
  /** In a type modifier, a scale has eleven bits, the uppermost of which is its sign. */
  private static final int SCALES = 2048;

  /** The driver reports several types as another one of JDBC's that is close to them. */
  @Override
  public ValueKind kindOf(int jdbcType, String typeName) {
    return switch (typeName) {
      case "bool" -> ValueKind.BOOLEAN;
      case "timestamptz" -> ValueKind.TIMESTAMP_WITH_TIME_ZONE;
      case "timetz" -> ValueKind.TIME_WITH_TIME_ZONE;
      case "json", "jsonb" -> ValueKind.JSON;
      case "uuid" -> ValueKind.UUID;
      case "money" -> ValueKind.OTHER;
      case "text", "varchar", "name", "" -> ValueKind.of(jdbcType);
      default ->
          switch (jdbcType) {
            case Types.VARCHAR -> ValueKind.ENUM;
            case Types.BIT, Types.STRUCT -> ValueKind.OTHER;
            default -> ValueKind.of(jdbcType);
          };
    };
  }

  @Override
  public int scale(ValueKind kind, String typeName, int reported) {
    return kind == ValueKind.DECIMAL && reported >= SCALES / 2 ? reported - SCALES : reported;
  }

  /** 24:00:00, which java.time does not have, only has a text. */
  @Override
  public @Nullable String text(ResultSet rows, int i, ValueKind kind) throws SQLException {
    return kind == ValueKind.TIME ? rows.getString(i) : super.text(rows, i, kind);
  }

  /** The driver gives what is no number as a double. */
  @Override
  @Nullable Number decimal(ResultSet rows, int i) throws SQLException {
    return (Number) rows.getObject(i);
  }

  /** A multidimensional array is a list of lists. */
  @Override
  @Nullable ListValue list(ResultSet rows, int i) throws SQLException {
    Array array = rows.getArray(i);
    if (array == null) {
      return null;
    }
    String typeName = array.getBaseTypeName();
    ValueKind kind = kindOf(array.getBaseType(), typeName);
    return switch (kind) {
      case BOOLEAN, SMALLINT, INTEGER, BIGINT, REAL, DOUBLE, CHAR, VARCHAR, UUID ->
          listOf(kind, typeName, (Object[]) array.getArray());
      default -> super.list(rows, i);
    };
  }

  private static ListValue listOf(ValueKind kind, String typeName, @Nullable Object[] elements) {
    List<@Nullable Object> values = new ArrayList<>(elements.length);
    boolean nested = false;
    for (Object element : elements) {
      if (element instanceof Object[] inner) {
        nested = true;
        values.add(listOf(kind, typeName, inner));
      } else {
        values.add(element instanceof Short number ? Integer.valueOf(number) : element);
      }
    }
    return new ListValue(nested ? ValueKind.LIST : kind, typeName, values);
  }

  /** Text for what is not text to SQL has no type of its own, so that the server gives it one. */
  @Override
  public void bind(PreparedStatement statement, int i, Object value, SqlTypeName type)
      throws SQLException {
    if (value instanceof JsonFragment
        || (value instanceof String && type.getFamily() != SqlTypeFamily.CHARACTER)) {
      statement.setObject(i, value.toString(), Types.OTHER);
    } else if (value instanceof ListValue list) {
      statement.setObject(i, PostgresqlArrayText.of(list), Types.OTHER);
    } else {
      super.bind(statement, i, value, type);
    }
  }
}
