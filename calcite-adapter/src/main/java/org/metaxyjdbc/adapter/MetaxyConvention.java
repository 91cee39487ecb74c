package org.metaxyjdbc.adapter;

import java.util.List;
import org.apache.calcite.adapter.enumerable.EnumerableRules;
import org.apache.calcite.adapter.jdbc.JdbcConvention;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.rel.RelNode;

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

  /**
   * {@link StoreSql} takes any operator, not only those that can write themselves as SQL. (Among
   * them the windows that Calcite 1.42's own rule makes of a projection that is already in a
   * store's convention, where stock JDBC fails: CALCITE-7616.)
   */
  @Override
  public Class<RelNode> getInterface() {
    return RelNode.class;
  }

  /**
   * Adds the rules of this store, and takes away for this statement those that merge: merging
   * compares rows in Calcite's order, a store sorts text in that of its own locale, and rows would
   * be lost.
   */
  @Override
  public void register(RelOptPlanner planner) {
    rules.forEach(planner::addRule);
    planner.removeRule(EnumerableRules.ENUMERABLE_MERGE_JOIN_RULE);
    planner.removeRule(EnumerableRules.ENUMERABLE_MERGE_UNION_RULE);
  }
}
