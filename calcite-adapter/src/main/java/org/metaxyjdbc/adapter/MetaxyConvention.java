package org.metaxyjdbc.adapter;

import java.util.List;
import org.apache.calcite.adapter.enumerable.EnumerableRules;
import org.apache.calcite.adapter.jdbc.JdbcConvention;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rel.rules.CoreRules;

/**
 * What a mounted store computes itself. Calcite's own rules for JDBC decide what goes there; {@link
 * StoreSql} then writes it as one statement, so that a mounted store and the driver read and change
 * records alike.
 */
final class MetaxyConvention extends JdbcConvention {
  private final MountedStore store;
  private final List<RelOptRule> rules;

  MetaxyConvention(MountedStore store, Expression expression, String name) {
    super(store.dialect().sqlDialect(), expression, name);
    this.store = store;
    this.rules = MetaxyRules.mounted(this);
  }

  MountedStore store() {
    return store;
  }

  /** {@link StoreSql} takes any operator, not only those that can write themselves as SQL. */
  @Override
  public Class<RelNode> getInterface() {
    return RelNode.class;
  }

  /**
   * Adds the rules of this store, and for this statement takes away some of Calcite's own that do
   * not go together with it:
   *
   * <ul>
   *   <li>In Calcite 1.42 the rule for {@link Window}s also takes apart the projections that are
   *       already in a store's convention (CALCITE-7616). It gives way to one that does not.
   *   <li>Merging compares rows in Calcite's order. A store sorts text in the order of its own
   *       locale, so merging would lose rows.
   * </ul>
   */
  @Override
  public void register(RelOptPlanner planner) {
    rules.forEach(planner::addRule);
    planner.removeRule(CoreRules.PROJECT_TO_LOGICAL_PROJECT_AND_WINDOW);
    planner.addRule(MetaxyRules.WINDOWS_OF_LOGICAL_PROJECT);
    planner.removeRule(EnumerableRules.ENUMERABLE_MERGE_JOIN_RULE);
    planner.removeRule(EnumerableRules.ENUMERABLE_MERGE_UNION_RULE);
  }
}
