package org.metaxyjdbc.store;

import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** The types of H2. */
final class H2Types extends StoreTypes {
  @Override
  public ValueKind kindOf(int jdbcType, String typeName) {
    if (typeName.equals("UUID")) {
      return ValueKind.UUID;
    }
    if (typeName.equals("REAL")) {
      return ValueKind.REAL;
    }
    return switch (jdbcType) {
      case Types.OTHER -> kindOfOther(typeName);
      case Types.JAVA_OBJECT -> ValueKind.BINARY;
      default -> ValueKind.of(jdbcType);
    };
  }

  private static ValueKind kindOfOther(String typeName) {
    if (typeName.equals("JSON")) {
      return ValueKind.JSON;
    }
    if (typeName.startsWith("ROW(")) {
      return ValueKind.NESTED;
    }
    return typeName.startsWith("ENUM(") ? ValueKind.VARCHAR : ValueKind.OTHER;
  }

  /** The digits of a DECFLOAT can be anywhere around the point. */
  @Override
  public int precision(ValueKind kind, String typeName, int reported) {
    return typeName.equals("DECFLOAT") ? 0 : reported;
  }

  /** NaN and the infinities of DECFLOAT can only be had as text. */
  @Override
  @Nullable Number decimal(ResultSet rows, int i) throws SQLException {
    try {
      return rows.getBigDecimal(i);
    } catch (SQLException e) {
      return Double.valueOf(rows.getString(i));
    }
  }

  @Override
  @Nullable ListValue list(ResultSet rows, int i) throws SQLException {
    return list(rows.getArray(i), rows.getMetaData().getColumnTypeName(i));
  }

  private @Nullable ListValue list(@Nullable Array array, String typeName) throws SQLException {
    if (array == null) {
      return null;
    }
    String elementType = typeName.substring(0, typeName.lastIndexOf(" ARRAY"));
    try (ResultSet elements = array.getResultSet()) {
      ValueKind kind = kindOf(elements.getMetaData().getColumnType(2), elementType);
      List<@Nullable Object> values = new ArrayList<>();
      while (elements.next()) {
        values.add(typed(elements, 2, elementType));
      }
      return new ListValue(kind, elementType, values);
    }
  }

  @Override
  @Nullable Object nested(ResultSet rows, int i) throws SQLException {
    return structure((ResultSet) rows.getObject(i), rows.getMetaData().getColumnTypeName(i));
  }

  /** A structure is a result set of one row, whose columns have no names; the type has them. */
  private @Nullable Map<String, @Nullable Object> structure(
      @Nullable ResultSet row, String typeName) throws SQLException {
    if (row == null) {
      return null;
    }
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    row.next();
    for (H2RowType.Field field : H2RowType.fields(typeName)) {
      values.put(field.name(), typed(row, values.size() + 1, field.typeName()));
    }
    return values;
  }

  private @Nullable Object typed(ResultSet rows, int i, String typeName) throws SQLException {
    ValueKind kind = kindOf(rows.getMetaData().getColumnType(i), typeName);
    return switch (kind) {
      case LIST -> list(rows.getArray(i), typeName);
      case NESTED -> structure((ResultSet) rows.getObject(i), typeName);
      default -> read(rows, i, kind);
    };
  }

  @Override
  public void bind(PreparedStatement statement, int i, Object value, SqlTypeName type)
      throws SQLException {
    if (value instanceof ListValue list) {
      statement.setObject(i, elements(list));
    } else if (value instanceof JsonFragment json) {
      statement.setBytes(i, json.text().getBytes(StandardCharsets.UTF_8));
    } else {
      super.bind(statement, i, value, type);
    }
  }
}
