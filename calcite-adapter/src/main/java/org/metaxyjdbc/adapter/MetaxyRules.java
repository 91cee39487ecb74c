package org.metaxyjdbc.adapter;

import java.util.List;
import org.apache.calcite.adapter.jdbc.JdbcRules;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.rules.FilterJoinRule;
import org.apache.calcite.rel.rules.FilterMergeRule;
import org.apache.calcite.rel.rules.FilterProjectTransposeRule;
import org.apache.calcite.rel.rules.FilterSetOpTransposeRule;
import org.apache.calcite.rel.rules.ProjectMergeRule;
import org.apache.calcite.rel.rules.ProjectRemoveRule;
import org.apache.calcite.rel.rules.ProjectToWindowRule;

/** What the planner does with features, as lists to read. */
final class MetaxyRules {
  /** From what a feature shows to the choice among its physical rows. */
  private static final List<RelOptRule> EXPANDING =
      List.of(StoreScanRule.INSTANCE, FilterRecordVersionsTransposeRule.INSTANCE);

  /**
   * Brings predicates next to the choice of the current version, and through it where they are
   * about ids. A filter that correlated sub-queries refer to stays where it is.
   */
  private static final List<RelOptRule> PUSHING =
      List.of(
          FilterRecordVersionsTransposeRule.INSTANCE,
          FilterMergeRule.Config.DEFAULT.toRule(),
          FilterProjectTransposeRule.Config.DEFAULT
              .withOperandSupplier(
                  filter ->
                      filter
                          .operand(Filter.class)
                          .predicate(f -> f.getVariablesSet().isEmpty())
                          .oneInput(
                              project ->
                                  project
                                      .operand(Project.class)
                                      .predicate(p -> !p.containsOver())
                                      .anyInputs()))
              .as(FilterProjectTransposeRule.Config.class)
              .toRule(),
          FilterSetOpTransposeRule.Config.DEFAULT.toRule(),
          FilterJoinRule.FilterIntoJoinRule.FilterIntoJoinRuleConfig.DEFAULT.toRule(),
          ProjectMergeRule.Config.DEFAULT.toRule(),
          ProjectRemoveRule.Config.DEFAULT.toRule());

  /** Leaves out the columns that nothing reads of what the choice among versions computes. */
  private static final List<RelOptRule> MERGING = List.of(ProjectMergeRule.Config.DEFAULT.toRule());

  /** Calcite's rule for windows, for projections that are not in a store's convention. */
  static final RelOptRule WINDOWS_OF_LOGICAL_PROJECT =
      ProjectToWindowRule.ProjectToLogicalProjectAndWindowRule
          .ProjectToLogicalProjectAndWindowRuleConfig.DEFAULT
          .withOperandSupplier(
              project ->
                  project
                      .operand(LogicalProject.class)
                      .predicate(Project::containsOver)
                      .anyInputs())
          .withDescription("ProjectToWindowRule:logical")
          .toRule();

  private MetaxyRules() {}

  static List<RelOptRule> merging() {
    return MERGING;
  }

  /**
   * What a planner of Calcite's does with the tables of a mounted store: its own rules decide what
   * the store computes, except that a DELETE is ours to rewrite and the result is ours to read.
   */
  static List<RelOptRule> mounted(MetaxyConvention convention) {
    return List.of(
        StoreToEnumerableConverterRule.of(convention),
        StoreModifyRule.of(convention),
        UnsupportedModifyRule.of(convention),
        JdbcRules.JdbcJoinRule.create(convention),
        JdbcRules.JdbcProjectRule.create(convention),
        JdbcRules.JdbcFilterRule.create(convention),
        JdbcRules.JdbcAggregateRule.create(convention),
        JdbcRules.JdbcSortRule.create(convention),
        JdbcRules.JdbcUnionRule.create(convention),
        JdbcRules.JdbcIntersectRule.create(convention),
        JdbcRules.JdbcMinusRule.create(convention),
        JdbcRules.JdbcValuesRule.create(convention));
  }

  static List<RelOptRule> expanding() {
    return EXPANDING;
  }

  static List<RelOptRule> pushing() {
    return PUSHING;
  }
}
