package org.metaxyjdbc.adapter;

import static org.metaxyjdbc.adapter.StoreTables.ROW_ID;

import java.util.List;
import java.util.function.Predicate;
import org.apache.calcite.adapter.jdbc.JdbcRules;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.rules.AggregateGroupingSetsToUnionRule;
import org.apache.calcite.rel.rules.CoreRules;
import org.apache.calcite.rel.rules.FilterJoinRule;
import org.apache.calcite.rel.rules.FilterMergeRule;
import org.apache.calcite.rel.rules.FilterProjectTransposeRule;
import org.apache.calcite.rel.rules.FilterSetOpTransposeRule;
import org.apache.calcite.rel.rules.ProjectMergeRule;
import org.apache.calcite.rel.rules.ProjectRemoveRule;
import org.apache.calcite.rex.RexUtil;

/** What the planner does with features, as lists to read. */
final class MetaxyRules {
  /** Which time a feature is looked at. */
  private static final List<RelOptRule> TIME_TRAVEL = List.of(SnapshotScanRule.INSTANCE);

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
          belowProject(f -> !hasSubQuery(f), p -> true),
          belowProject(f -> hasSubQuery(f), p -> !p.getRowType().getFieldNames().contains(ROW_ID)),
          FilterSetOpTransposeRule.Config.DEFAULT.toRule(),
          FilterJoinRule.FilterIntoJoinRule.FilterIntoJoinRuleConfig.DEFAULT.toRule(),
          ProjectMergeRule.Config.DEFAULT.toRule(),
          ProjectRemoveRule.Config.DEFAULT.toRule());

  /** Leaves out the columns that nothing reads of what the choice among versions computes. */
  private static final List<RelOptRule> MERGING = List.of(ProjectMergeRule.Config.DEFAULT.toRule());

  /** Says grouping sets by a UNION. */
  private static final List<RelOptRule> GROUPING_SETS =
      List.of(AggregateGroupingSetsToUnionRule.Config.DEFAULT.toRule());

  /** Of their own, as Calcite's list of all its rules takes time to load, and few queries split. */
  private static final class Splitting {
    /** Joins in the place of sub-queries in expressions. */
    static final List<RelOptRule> JOINING_SUB_QUERIES =
        List.of(
            CoreRules.FILTER_SUB_QUERY_TO_CORRELATE,
            CoreRules.PROJECT_SUB_QUERY_TO_CORRELATE,
            CoreRules.JOIN_SUB_QUERY_TO_CORRELATE);

    /** Brings what a store may run below what it may not. */
    static final List<RelOptRule> PUSHING =
        List.of(
            CoreRules.SORT_PROJECT_TRANSPOSE,
            CoreRules.JOIN_PUSH_EXPRESSIONS,
            CoreRules.FILTER_MERGE,
            CoreRules.PROJECT_MERGE,
            CoreRules.PROJECT_REMOVE);
  }

  private MetaxyRules() {}

  static List<RelOptRule> joiningSubQueries() {
    return Splitting.JOINING_SUB_QUERIES;
  }

  static List<RelOptRule> splitting() {
    return Splitting.PUSHING;
  }

  /**
   * A filter with a sub-query does not go below the projection that names the row id: Calcite may
   * write {@code SELECT *} around it, which the row id is not among.
   */
  private static RelOptRule belowProject(Predicate<Filter> filters, Predicate<Project> projects) {
    return FilterProjectTransposeRule.Config.DEFAULT
        .withOperandSupplier(
            filter ->
                filter
                    .operand(Filter.class)
                    .predicate(f -> f.getVariablesSet().isEmpty() && filters.test(f))
                    .oneInput(
                        project ->
                            project
                                .operand(Project.class)
                                .predicate(p -> !p.containsOver() && projects.test(p))
                                .anyInputs()))
        .as(FilterProjectTransposeRule.Config.class)
        .toRule();
  }

  private static boolean hasSubQuery(Filter filter) {
    return RexUtil.SubQueryFinder.find(filter.getCondition()) != null;
  }

  static List<RelOptRule> groupingSets() {
    return GROUPING_SETS;
  }

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
        SnapshotScanRule.INSTANCE,
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

  static List<RelOptRule> timeTravel() {
    return TIME_TRAVEL;
  }

  static List<RelOptRule> expanding() {
    return EXPANDING;
  }

  static List<RelOptRule> pushing() {
    return PUSHING;
  }
}
