package org.metaxyjdbc.adapter;

import java.util.List;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;

/**
 * Conditions of many parts, such as an IN list of parameters, as a tree that is as flat as it can
 * be: Calcite writes OR and AND as pairs, one within the other, and the stack is not deep enough for
 * some thousands.
 */
final class LongConditions extends RelHomogeneousShuttle {
  private static final int MANY = 64;

  @Override
  public RelNode visit(RelNode other) {
    RelNode visited = super.visit(other);
    return visited.accept(new Halving(visited.getCluster().getRexBuilder()));
  }

  private static final class Halving extends RexShuttle {
    private final RexBuilder builder;

    Halving(RexBuilder builder) {
      this.builder = builder;
    }

    @Override
    public RexNode visitSubQuery(RexSubQuery subQuery) {
      RexSubQuery visited = (RexSubQuery) super.visitSubQuery(subQuery);
      return visited.clone(visited.rel.accept(new LongConditions()));
    }

    @Override
    public RexNode visitCall(RexCall call) {
      RexNode visited = super.visitCall(call);
      return visited instanceof RexCall condition
              && (condition.isA(SqlKind.OR) || condition.isA(SqlKind.AND))
              && condition.getOperands().size() > MANY
          ? halved(condition.getOperator(), condition.getOperands())
          : visited;
    }

    private RexNode halved(SqlOperator operator, List<RexNode> operands) {
      int size = operands.size();
      return size == 1
          ? operands.get(0)
          : builder.makeCall(
              operator,
              halved(operator, operands.subList(0, size / 2)),
              halved(operator, operands.subList(size / 2, size)));
    }
  }
}
