package org.metaxyjdbc.adapter;

import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelRule;

/** Replaces a {@link FeatureScan} by what it means. */
final class FeatureScanRule extends RelRule<RuleConfig> {
  static final RelOptRule INSTANCE =
      RuleConfig.of(
              "FeatureScanRule",
              scan -> scan.operand(FeatureScan.class).noInputs(),
              FeatureScanRule::new)
          .toRule();

  private FeatureScanRule(RuleConfig config) {
    super(config);
  }

  @Override
  public void onMatch(RelOptRuleCall call) {
    FeatureScan scan = call.rel(0);
    call.transformTo(scan.expand());
  }
}
