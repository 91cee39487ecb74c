package org.metaxyjdbc.store;

import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlAlienSystemTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlKind;
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
   */
  static Optional<SqlNode> of(RelDataType type, boolean withPrecision) {
    String digits =
        withPrecision && type.getPrecision() >= 0
            ? "(" + Math.min(type.getPrecision(), 6) + ")"
            : "";
    return switch (type.getSqlTypeName()) {
      case TIME -> spec("TIME" + digits, type);
      case TIMESTAMP -> spec("TIMESTAMP" + digits, type);
      case TIMESTAMP_TZ, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          spec("TIMESTAMP" + digits + " WITH TIME ZONE", type);
      case UUID -> spec("UUID", type);
      case OTHER -> spec("JSON", type);
      case VARCHAR -> spec(sized("VARCHAR", type), type);
      default -> Optional.empty();
    };
  }

  /** What has no type in Calcite cannot be named: a NULL of it stays without a CAST. */
  static boolean hasNone(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.OTHER;
  }

  /** Whether a call is a CAST to what {@linkplain #hasNone has no name}: the store converts. */
  static boolean isWithoutType(SqlCall call) {
    return call.getKind() == SqlKind.CAST && call.operand(1) == null;
  }

  private static String sized(String name, RelDataType type) {
    return type.getPrecision() > 0 ? name + "(" + type.getPrecision() + ")" : name;
  }

  private static Optional<SqlNode> spec(String name, RelDataType type) {
    return Optional.of(named(name, type));
  }

  /** A type under a name of the store's own. */
  static SqlNode named(String name, RelDataType type) {
    SqlTypeName typeName = type.getSqlTypeName();
    return new SqlDataTypeSpec(
        new SqlAlienSystemTypeNameSpec(name, typeName, SqlParserPos.ZERO), SqlParserPos.ZERO);
  }
}
