package org.metaxyjdbc.adapter;

import java.util.List;
import org.apache.calcite.plan.RelOptCost;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableModify;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.jspecify.annotations.Nullable;

/**
 * A change of a mounted store's table that the store makes itself; {@link FeatureModification} says
 * what it does to physical rows.
 */
final class StoreModify extends TableModify {
  private StoreModify(TableModify modify, RelTraitSet traits, RelNode input) {
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

  static StoreModify of(TableModify modify, MetaxyConvention convention, RelNode input) {
    return new StoreModify(modify, modify.getTraitSet().replace(convention), input);
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
    return new StoreModify(this, traits, inputs.get(0));
  }

  /** As cheap as an operator of Calcite's own in a store, so that the store is preferred. */
  @Override
  public @Nullable RelOptCost computeSelfCost(RelOptPlanner planner, RelMetadataQuery mq) {
    RelOptCost cost = super.computeSelfCost(planner, mq);
    return cost == null ? null : cost.multiplyBy(MetaxyConvention.COST_MULTIPLIER);
  }
}
