package org.metaxyjdbc.store;

import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlAlienSystemTypeNameSpec;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

/** Type names of a CAST that Calcite's dialects spell otherwise than the stores. */
final class CastSpec {
  private CastSpec() {}

  /**
   * The name of a type in a CAST; empty where Calcite's own dialect has it right.
   *
   * @param withPrecision whether the store takes the digits of a second in the type's name
   * @param json the store's type of nested values
   */
  static Optional<SqlNode> of(RelDataType type, boolean withPrecision, String json) {
    String digits =
        withPrecision && type.getPrecision() >= 0
            ? "(" + Math.min(type.getPrecision(), 6) + ")"
            : "";
    return switch (type.getSqlTypeName()) {
      case TIMESTAMP -> spec("TIMESTAMP" + digits, type);
      case TIMESTAMP_TZ, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          spec("TIMESTAMP" + digits + " WITH TIME ZONE", type);
      case UUID -> spec("UUID", type);
      case OTHER -> spec(json, type);
      case VARCHAR -> spec(sized("VARCHAR", type), type);
      default -> Optional.empty();
    };
  }

  private static String sized(String name, RelDataType type) {
    return type.getPrecision() > 0 ? name + "(" + type.getPrecision() + ")" : name;
  }

  private static Optional<SqlNode> spec(String name, RelDataType type) {
    SqlTypeName typeName = type.getSqlTypeName();
    return Optional.of(
        new SqlDataTypeSpec(
            new SqlAlienSystemTypeNameSpec(name, typeName, SqlParserPos.ZERO), SqlParserPos.ZERO));
  }
}
