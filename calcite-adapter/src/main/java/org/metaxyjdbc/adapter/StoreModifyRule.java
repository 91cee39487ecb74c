package org.metaxyjdbc.adapter;

import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.convert.ConverterRule;
import org.apache.calcite.rel.core.TableModify;

/** Has the store make a change where it computes by itself what to change. */
final class StoreModifyRule extends ConverterRule {
  private final MetaxyConvention convention;

  private StoreModifyRule(Config config, MetaxyConvention convention) {
    super(config);
    this.convention = convention;
  }

  static RelOptRule of(MetaxyConvention convention) {
    return Config.INSTANCE
        .withConversion(
            TableModify.class,
            modify -> isOf(convention, modify),
            Convention.NONE,
            convention,
            "StoreModifyRule")
        .withRuleFactory(config -> new StoreModifyRule(config, convention))
        .toRule();
  }

  /** Whether it is a table of that store. */
  static boolean isOf(MetaxyConvention convention, TableModify modify) {
    MetaxyTable table = modify.getTable().unwrap(MetaxyTable.class);
    return table != null && table.convention() == convention;
  }

  @Override
  public RelNode convert(RelNode rel) {
    TableModify modify = (TableModify) rel;
    return StoreModify.of(modify, convention, convert(modify.getInput(), convention));
  }
}
