package org.metaxyjdbc.adapter;

import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelRule;

/** Replaces a {@link StoreScan} by what it means. */
final class StoreScanRule extends RelRule<RuleConfig> {
  static final RelOptRule INSTANCE =
      RuleConfig.of(
              "StoreScanRule", scan -> scan.operand(StoreScan.class).noInputs(), StoreScanRule::new)
          .toRule();

  private StoreScanRule(RuleConfig config) {
    super(config);
  }

  @Override
  public void onMatch(RelOptRuleCall call) {
    StoreScan scan = call.rel(0);
    call.transformTo(scan.expand());
  }
}
