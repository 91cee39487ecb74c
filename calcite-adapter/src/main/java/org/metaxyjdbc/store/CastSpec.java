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

/**
 * Type names of a CAST that Calcite's dialects spell otherwise than the stores.
 *
 * @param secondDigits the most digits of a second that a time's name takes; 0 where it takes none
 * @param doubleName the 64-bit floating-point type
 * @param binaryName the type of bytes of any length
 * @param decimalDigits the most that a decimal has
 * @param unlimitedDecimal the type of numbers of any length
 */
record CastSpec(
    int secondDigits,
    String doubleName,
    String binaryName,
    int decimalDigits,
    String unlimitedDecimal) {
  /** The name of a type in a CAST; empty where Calcite's own dialect has it right. */
  Optional<SqlNode> of(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case TIME -> spec("TIME" + digits(type), type);
      case TIME_TZ -> spec("TIME" + digits(type) + " WITH TIME ZONE", type);
      case TIMESTAMP -> spec("TIMESTAMP" + digits(type), type);
      case TIMESTAMP_TZ, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          spec("TIMESTAMP" + digits(type) + " WITH TIME ZONE", type);
      case UUID -> spec("UUID", type);
      case VARCHAR -> spec(sized("VARCHAR", type), type);
      case FLOAT, DOUBLE -> spec(doubleName, type);
      case VARBINARY -> spec(binaryName, type);
      case DECIMAL -> spec(decimal(type), type);
      case ANY -> spec("", type);
      default -> Optional.empty();
    };
  }

  /** Whether a CAST is to a type without name, which only Calcite has and no store needs to see. */
  static boolean isNone(SqlCall call) {
    return call.getKind() == SqlKind.CAST
        && (call.operand(1) == null
            || (call.operand(1) instanceof SqlDataTypeSpec spec
                && spec.getTypeName().toString().equals(SqlTypeName.ANY.getName())));
  }

  private String digits(RelDataType type) {
    return secondDigits > 0 && type.getPrecision() >= 0
        ? "(" + Math.min(type.getPrecision(), secondDigits) + ")"
        : "";
  }

  private String decimal(RelDataType type) {
    if (MetaxyTypeSystem.isUnlimited(type)) {
      return unlimitedDecimal;
    }
    return "DECIMAL(%d, %d)"
        .formatted(
            Math.min(type.getPrecision(), decimalDigits), Math.min(type.getScale(), decimalDigits));
  }

  private static String sized(String name, RelDataType type) {
    return type.getPrecision() > 0 ? name + "(" + type.getPrecision() + ")" : name;
  }

  static Optional<SqlNode> spec(String name, RelDataType type) {
    return Optional.of(named(name, type));
  }

  /** A type under a name of the store's own. */
  static SqlNode named(String name, RelDataType type) {
    SqlTypeName typeName = type.getSqlTypeName();
    return new SqlDataTypeSpec(
        new SqlAlienSystemTypeNameSpec(name, typeName, SqlParserPos.ZERO), SqlParserPos.ZERO);
  }
}
