package org.metaxyjdbc.adapter;

import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.convert.ConverterRule;
import org.apache.calcite.rel.core.TableModify;

/**
 * Plans a change of a mounted store's table that the store cannot make alone, so that running it
 * says why.
 */
final class UnsupportedModifyRule extends ConverterRule {
  private UnsupportedModifyRule(Config config) {
    super(config);
  }

  static RelOptRule of(MetaxyConvention convention) {
    return Config.INSTANCE
        .withConversion(
            TableModify.class,
            modify -> StoreModifyRule.isOf(convention, modify),
            Convention.NONE,
            EnumerableConvention.INSTANCE,
            "UnsupportedModifyRule " + convention)
        .withRuleFactory(UnsupportedModifyRule::new)
        .toRule();
  }

  @Override
  public RelNode convert(RelNode rel) {
    TableModify modify = (TableModify) rel;
    return UnsupportedModify.of(modify, convert(modify.getInput(), EnumerableConvention.INSTANCE));
  }
}
