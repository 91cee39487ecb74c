package org.metaxyjdbc.adapter;

import java.util.List;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.adapter.enumerable.JavaRowFormat;
import org.apache.calcite.adapter.enumerable.PhysTypeImpl;
import org.apache.calcite.linq4j.tree.Blocks;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.plan.RelOptCost;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableModify;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.runtime.Bindable;
import org.apache.calcite.util.BuiltInMethod;
import org.metaxyjdbc.error.MetaxyException;

/**
 * A change that needs rows from elsewhere than the store whose table it is about. It is the last
 * choice of the planner, and running it fails with a message.
 */
final class UnsupportedModify extends TableModify implements EnumerableRel {
  private static final double LAST_CHOICE = 1e30;

  private UnsupportedModify(TableModify modify, RelTraitSet traits, RelNode input) {
    super(
        modify.getCluster(),
        traits,
        modify.getTable(),
        modify.getCatalogReader(),
        input,
        modify.getOperation(),
        modify.getUpdateColumnList(),
        modify.getSourceExpressionList(),
        modify.isFlattened());
  }

  static UnsupportedModify of(TableModify modify, RelNode input) {
    return new UnsupportedModify(
        modify, modify.getTraitSet().replace(EnumerableConvention.INSTANCE), input);
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
    return new UnsupportedModify(this, traits, inputs.get(0));
  }

  @Override
  public RelOptCost computeSelfCost(RelOptPlanner planner, RelMetadataQuery mq) {
    return planner.getCostFactory().makeCost(LAST_CHOICE, LAST_CHOICE, LAST_CHOICE);
  }

  @Override
  public Result implement(EnumerableRelImplementor implementor, Prefer pref) {
    MetaxyException failure =
        MetaxyException.unsupported(
            "%s on '%s' needs more than its own store can compute: first read which records it is about, then name them in the statement"
                .formatted(getOperation(), String.join(".", table.getQualifiedName())));
    Bindable<Object> failing =
        context -> {
          throw failure;
        };
    return implementor.result(
        PhysTypeImpl.of(implementor.getTypeFactory(), getRowType(), JavaRowFormat.ARRAY),
        Blocks.toBlock(
            Expressions.call(
                implementor.stash(failing, Bindable.class),
                BuiltInMethod.BINDABLE_BIND.method,
                DataContext.ROOT)));
  }
}
