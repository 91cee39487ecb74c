package org.metaxyjdbc.store;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

/** Makes expressions with {@link MetaxyTypeFactory}'s types. */
public final class MetaxyRexBuilder extends RexBuilder {
  public MetaxyRexBuilder() {
    super(MetaxyTypeFactory.INSTANCE);
  }

  /** What is given for a column of a type that Calcite does not know is converted by the store. */
  @Override
  public RexNode makeCast(
      SqlParserPos pos,
      RelDataType type,
      RexNode exp,
      boolean matchNullability,
      boolean safe,
      RexLiteral format) {
    return type.getSqlTypeName() == SqlTypeName.OTHER && !RexLiteral.isNullLiteral(exp)
        ? exp
        : super.makeCast(pos, type, exp, matchNullability, safe, format);
  }
}
