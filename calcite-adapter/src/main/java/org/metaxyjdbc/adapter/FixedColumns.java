package org.metaxyjdbc.adapter;

import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/** The columns that have one value in all rows of a relation, as its filters say. */
final class FixedColumns {
  private FixedColumns() {}

  static ImmutableBitSet of(RelNode rel) {
    if (rel instanceof Filter filter) {
      ImmutableBitSet.Builder fixed = of(filter.getInput()).rebuild();
      for (RexNode conjunct : RelOptUtil.conjunctions(filter.getCondition())) {
        int column = fixedBy(conjunct);
        if (column >= 0) {
          fixed.set(column);
        }
      }
      return fixed.build();
    }
    if (rel instanceof Project project) {
      ImmutableBitSet below = of(project.getInput());
      ImmutableBitSet.Builder fixed = ImmutableBitSet.builder();
      for (int i = 0; i < project.getProjects().size(); i++) {
        if (project.getProjects().get(i) instanceof RexInputRef column
            && below.get(column.getIndex())) {
          fixed.set(i);
        }
      }
      return fixed.build();
    }
    return ImmutableBitSet.of();
  }

  /** The column of {@code column = value} or {@code column IS NULL}; -1 of another predicate. */
  static int fixedBy(RexNode predicate) {
    if (predicate instanceof RexCall call) {
      List<RexNode> operands = call.getOperands();
      if (call.getKind() == SqlKind.IS_NULL) {
        return operands.get(0) instanceof RexInputRef column ? column.getIndex() : -1;
      }
      if (call.getKind() == SqlKind.EQUALS) {
        return operands.get(0) instanceof RexInputRef column && isOneValue(operands.get(1))
            ? column.getIndex()
            : operands.get(1) instanceof RexInputRef column && isOneValue(operands.get(0))
                ? column.getIndex()
                : -1;
      }
    }
    return -1;
  }

  /** Whether an expression has the same value for all rows. */
  static boolean isOneValue(RexNode expression) {
    return RelOptUtil.InputFinder.bits(expression).isEmpty()
        && RexUtil.isDeterministic(expression)
        && RexUtil.SubQueryFinder.find(expression) == null;
  }
}
