package org.metaxyjdbc.adapter;

import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableModify;
import org.apache.calcite.rel.logical.LogicalTableModify;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;

/** Visits every operator, and the sub-queries in their expressions. */
abstract class SubQueryShuttle extends RelHomogeneousShuttle {
  abstract RelNode ofSubQuery(RelNode subQuery);

  @Override
  public RelNode visit(RelNode other) {
    RelNode visited = super.visit(other);
    RexShuttle expressions =
        new RexShuttle() {
          @Override
          public RexNode visitSubQuery(RexSubQuery subQuery) {
            RexSubQuery operands = (RexSubQuery) super.visitSubQuery(subQuery);
            return operands.clone(ofSubQuery(operands.rel));
          }
        };
    return visited instanceof TableModify modify && modify.getSourceExpressionList() != null
        ? LogicalTableModify.create(
            modify.getTable(),
            modify.getCatalogReader(),
            modify.getInput(),
            modify.getOperation(),
            modify.getUpdateColumnList(),
            expressions.apply(modify.getSourceExpressionList()),
            modify.isFlattened())
        : visited.accept(expressions);
  }
}
