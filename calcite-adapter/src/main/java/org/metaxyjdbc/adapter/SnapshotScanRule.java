package org.metaxyjdbc.adapter;

import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.core.Snapshot;

/** {@code FOR SYSTEM_TIME AS OF}: the feature itself is read as it was. */
final class SnapshotScanRule extends RelRule<RuleConfig> {
  static final RelOptRule INSTANCE =
      RuleConfig.of(
              "SnapshotScanRule",
              snapshot ->
                  snapshot
                      .operand(Snapshot.class)
                      .oneInput(scan -> scan.operand(FeatureScan.class).noInputs()),
              SnapshotScanRule::new)
          .toRule();

  private SnapshotScanRule(RuleConfig config) {
    super(config);
  }

  @Override
  public void onMatch(RelOptRuleCall call) {
    Snapshot snapshot = call.rel(0);
    FeatureScan scan = call.rel(1);
    call.transformTo(scan.asOf(snapshot.getPeriod()));
  }
}
