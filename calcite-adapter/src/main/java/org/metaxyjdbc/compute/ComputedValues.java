package org.metaxyjdbc.compute;

import java.time.LocalDate;
import java.util.List;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.adapter.CalciteValues;
import org.metaxyjdbc.store.StoreTypes;
import org.metaxyjdbc.store.ValueKind;
import org.metaxyjdbc.store.ValueText;

/** Values as {@link StoreTypes#read} gives them, and as Calcite's execution has them. */
final class ComputedValues {
  private ComputedValues() {}

  /** The value of a column or parameter of {@code type}. */
  static @Nullable Object toCalcite(@Nullable Object value, RelDataType type) {
    if (value == null) {
      return null;
    }
    if (OpaqueFunctions.isOpaque(type)) {
      return new OpaqueValue(value);
    }
    return SqlTypeUtil.isCharacter(type)
        ? ValueText.of(value)
        : CalciteValues.converted(value, type);
  }

  /** The value of a column of {@code type} that Calcite has computed. */
  static @Nullable Object fromCalcite(@Nullable Object value, RelDataType type) {
    if (value instanceof OpaqueValue opaque) {
      return opaque.value();
    }
    if (value instanceof ByteString bytes) {
      return bytes.getBytes();
    }
    if (value instanceof Number number) {
      return switch (type.getSqlTypeName()) {
        case TINYINT, SMALLINT, INTEGER -> number.intValue();
        case DATE -> LocalDate.ofEpochDay(number.longValue());
        default -> value;
      };
    }
    return value;
  }

  /** What a column of {@code type} holds; see {@link ValueKind}. */
  static ValueKind kindOf(RelDataType type) {
    SqlTypeName name = type.getSqlTypeName();
    return switch (name) {
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ -> ValueKind.TIMESTAMP_WITH_TIME_ZONE;
      case TIME_WITH_LOCAL_TIME_ZONE, TIME_TZ -> ValueKind.TIME_WITH_TIME_ZONE;
      case UUID -> ValueKind.UUID;
      case ARRAY, MULTISET -> ValueKind.LIST;
      case MAP, ROW, STRUCTURED -> ValueKind.NESTED;
      case ANY, VARIANT -> ValueKind.JSON;
      case NULL -> ValueKind.VARCHAR;
      default -> ValueKind.of(name.getJdbcOrdinal());
    };
  }

  /** The types of several columns. */
  static List<RelDataType> types(RelDataType rowType) {
    return rowType.getFieldList().stream().map(field -> field.getType()).toList();
  }
}
