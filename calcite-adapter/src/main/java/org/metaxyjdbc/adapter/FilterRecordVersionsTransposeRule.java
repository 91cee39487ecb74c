package org.metaxyjdbc.adapter;

import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.util.ImmutableBitSet;
import org.metaxyjdbc.store.StoreCapability;
import org.metaxyjdbc.store.StoreTable;

/**
 * Moves predicates on id columns below the choice of the current version, where the store can use
 * an index; all others stay above, since they apply after the choice.
 */
final class FilterRecordVersionsTransposeRule extends RelRule<RuleConfig> {
  static final RelOptRule INSTANCE =
      RuleConfig.of(
              "FilterRecordVersionsTransposeRule",
              filter ->
                  filter
                      .operand(Filter.class)
                      .oneInput(versions -> versions.operand(RecordVersions.class).anyInputs()),
              FilterRecordVersionsTransposeRule::new)
          .toRule();

  private FilterRecordVersionsTransposeRule(RuleConfig config) {
    super(config);
  }

  @Override
  public void onMatch(RelOptRuleCall call) {
    Filter filter = call.rel(0);
    RecordVersions versions = call.rel(1);
    boolean mayRefer = mayReferToOtherQueries(versions);
    List<RexNode> below = new ArrayList<>();
    List<RexNode> above = new ArrayList<>();
    for (RexNode conjunct : RelOptUtil.conjunctions(filter.getCondition())) {
      boolean movable =
          filter.getVariablesSet().isEmpty() || RexUtil.SubQueryFinder.find(conjunct) == null;
      movable &= mayRefer || !RexUtil.containsCorrelation(conjunct);
      (movable && isOfRecord(conjunct, versions.idColumns()) ? below : above).add(conjunct);
    }
    if (below.isEmpty()) {
      return;
    }
    RexBuilder rexBuilder = filter.getCluster().getRexBuilder();
    RelNode filtered =
        LogicalFilter.create(
            versions.getInput(), RexUtil.composeConjunction(rexBuilder, below), ImmutableSet.of());
    RelNode result = versions.copy(filtered, versions.idColumns());
    if (!above.isEmpty()) {
      result =
          LogicalFilter.create(
              result,
              RexUtil.composeConjunction(rexBuilder, above),
              ImmutableSet.copyOf(filter.getVariablesSet()));
    }
    call.transformTo(result);
  }

  private static boolean mayReferToOtherQueries(RelNode rel) {
    RelNode plain = rel.stripped();
    if (plain instanceof TableScan scan) {
      StoreTable table = scan.getTable().unwrap(StoreTable.class);
      return table == null || table.dialect().can(StoreCapability.CORRELATION_IN_FROM);
    }
    return plain.getInputs().stream()
        .allMatch(FilterRecordVersionsTransposeRule::mayReferToOtherQueries);
  }

  /** Whether a predicate says the same of every version of a record. */
  static boolean isOfRecord(RexNode predicate, ImmutableBitSet idColumns) {
    return RexUtil.isDeterministic(predicate)
        && idColumns.contains(RelOptUtil.InputFinder.bits(predicate))
        && !RelOptUtil.InputFinder.bits(predicate).isEmpty();
  }
}
