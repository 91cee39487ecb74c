package org.metaxyjdbc.adapter;

import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.convert.ConverterRule;

/** Brings what a mounted store computes into Calcite's own execution. */
final class StoreToEnumerableConverterRule extends ConverterRule {
  private StoreToEnumerableConverterRule(Config config) {
    super(config);
  }

  static RelOptRule of(MetaxyConvention convention) {
    return Config.INSTANCE
        .withConversion(
            RelNode.class,
            convention,
            EnumerableConvention.INSTANCE,
            "StoreToEnumerableConverterRule")
        .withRuleFactory(StoreToEnumerableConverterRule::new)
        .toRule();
  }

  /**
   * Of an operator that is sorted in several ways the planner forgets all of them, and so must the
   * result: else an ORDER BY that the store does not do is taken for done.
   */
  @Override
  public RelNode convert(RelNode rel) {
    return new StoreToEnumerableConverter(rel.getTraitSet().simplify().replace(getOutTrait()), rel);
  }
}
