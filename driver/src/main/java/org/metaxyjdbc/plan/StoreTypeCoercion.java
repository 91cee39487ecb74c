package org.metaxyjdbc.plan;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.sql.validate.implicit.TypeCoercionImpl;
import org.jspecify.annotations.Nullable;

/**
 * Which operands get a CAST where types differ. As few as can be, since the stores compare values
 * of different types themselves: text is compared with anything else as that, and not that as text,
 * nor a number with fewer digits than it has; what has no type in Calcite is left alone.
 */
final class StoreTypeCoercion extends TypeCoercionImpl {
  StoreTypeCoercion(RelDataTypeFactory typeFactory, SqlValidator validator) {
    super(typeFactory, validator);
  }

  @Override
  public @Nullable RelDataType commonTypeForBinaryComparison(
      @Nullable RelDataType type1, @Nullable RelDataType type2) {
    if (type1 == null || type2 == null) {
      return null;
    }
    boolean isText1 = SqlTypeUtil.isCharacter(type1);
    if (isText1 == SqlTypeUtil.isCharacter(type2)) {
      return super.commonTypeForBinaryComparison(type1, type2);
    }
    RelDataType other = isText1 ? type2 : type1;
    return switch (other.getSqlTypeName()) {
      case DECIMAL, UUID ->
          factory.createTypeWithNullability(other, type1.isNullable() || type2.isNullable());
      default -> super.commonTypeForBinaryComparison(type1, type2);
    };
  }

  @Override
  protected boolean coerceOperandType(
      @Nullable SqlValidatorScope scope, SqlCall call, int index, RelDataType targetType) {
    return targetType.getSqlTypeName() != SqlTypeName.ANY
        && super.coerceOperandType(scope, call, index, targetType);
  }

  @Override
  protected boolean coerceColumnType(
      @Nullable SqlValidatorScope scope, SqlNodeList nodeList, int index, RelDataType targetType) {
    return targetType.getSqlTypeName() != SqlTypeName.ANY
        && super.coerceColumnType(scope, nodeList, index, targetType);
  }
}
