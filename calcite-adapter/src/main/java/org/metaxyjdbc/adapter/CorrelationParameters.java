package org.metaxyjdbc.adapter;

import java.util.function.ToIntBiFunction;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;

/**
 * Makes parameters of the columns of a row that Calcite holds while it asks the store about it, as
 * in a correlated join with another schema.
 */
final class CorrelationParameters extends RexShuttle {
  private final RexBuilder rexBuilder;
  private final ToIntBiFunction<CorrelationId, RelDataTypeField> index;

  private CorrelationParameters(
      RexBuilder rexBuilder, ToIntBiFunction<CorrelationId, RelDataTypeField> index) {
    this.rexBuilder = rexBuilder;
    this.index = index;
  }

  /** The query with a parameter, of the number that {@code index} gives, for each such column. */
  static RelNode replaceIn(RelNode rel, ToIntBiFunction<CorrelationId, RelDataTypeField> index) {
    CorrelationParameters parameters =
        new CorrelationParameters(rel.getCluster().getRexBuilder(), index);
    return rel.accept(
        new RelHomogeneousShuttle() {
          @Override
          public RelNode visit(RelNode other) {
            return super.visit(other).accept(parameters);
          }
        });
  }

  @Override
  public RexNode visitFieldAccess(RexFieldAccess access) {
    return access.getReferenceExpr() instanceof RexCorrelVariable variable
        ? rexBuilder.makeDynamicParam(
            access.getType(), index.applyAsInt(variable.id, access.getField()))
        : super.visitFieldAccess(access);
  }
}
