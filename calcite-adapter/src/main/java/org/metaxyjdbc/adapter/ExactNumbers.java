package org.metaxyjdbc.adapter;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.metaxyjdbc.store.MetaxyTypeSystem;

/**
 * Exact numbers as the stores take them. In a comparison they go without casts that only bring them
 * to one type, and without the zeros that such a cast gave to a literal: the stores compare numbers
 * of different types, can use an index then, and may have no type as wide as Calcite's.
 */
final class ExactNumbers extends RelHomogeneousShuttle {
  @Override
  public RelNode visit(RelNode other) {
    RelNode visited = super.visit(other);
    return visited.accept(new Spelling(visited.getCluster().getRexBuilder()));
  }

  private static final class Spelling extends RexShuttle {
    private final RexBuilder builder;

    Spelling(RexBuilder builder) {
      this.builder = builder;
    }

    @Override
    public RexNode visitCall(RexCall call) {
      RexNode visited = super.visitCall(call);
      if (!(visited instanceof RexCall comparison)
          || !SqlKind.COMPARISON.contains(visited.getKind())) {
        return visited;
      }
      List<RexNode> operands = new ArrayList<>();
      comparison.getOperands().forEach(operand -> operands.add(compared(operand)));
      return comparison.clone(comparison.getType(), operands);
    }

    @Override
    public RexNode visitLiteral(RexLiteral literal) {
      return MetaxyTypeSystem.isUnlimited(literal.getType()) ? compared(literal) : literal;
    }

    private RexNode compared(RexNode operand) {
      RelDataType type = operand.getType();
      if (operand instanceof RexLiteral literal && type.getSqlTypeName() == SqlTypeName.DECIMAL) {
        BigDecimal value = literal.getValueAs(BigDecimal.class);
        return value == null ? literal : builder.makeExactLiteral(stripped(value));
      }
      if (!operand.isA(SqlKind.CAST) || !SqlTypeUtil.isExactNumeric(type)) {
        return operand;
      }
      RexNode source = ((RexCall) operand).getOperands().get(0);
      return SqlTypeUtil.isExactNumeric(source.getType())
              && RexUtil.isLosslessCast(source.getType(), type)
          ? source
          : operand;
    }

    private static BigDecimal stripped(BigDecimal value) {
      BigDecimal stripped = value.stripTrailingZeros();
      return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
  }
}
