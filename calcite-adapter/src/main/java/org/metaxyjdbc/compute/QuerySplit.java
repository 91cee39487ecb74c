package org.metaxyjdbc.compute;

import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.util.ImmutableIntList;
import org.metaxyjdbc.error.MetaxyException;

/**
 * Splits a query: the largest parts that the store can run become {@link StoreRows}, and what is
 * above them is left to Calcite. Predicates and expressions that the store can run are run by it,
 * also where they stand beside or within others.
 */
final class QuerySplit {
  private final StoreAbility ability;
  private final Set<RelNode> computed = Collections.newSetFromMap(new IdentityHashMap<>());

  QuerySplit(StoreAbility ability) {
    this.ability = ability;
  }

  /** The query with {@link StoreRows} in the place of what the store runs. */
  RelNode split(RelNode rel) {
    return rowsOf(part(rel));
  }

  /** The same operator; added to {@link #computed} where the store cannot run it as a whole. */
  private RelNode part(RelNode rel) {
    List<RelNode> inputs = rel.getInputs().stream().map(this::part).toList();
    boolean areOfStore = inputs.stream().noneMatch(computed::contains);
    if (areOfStore && ability.canRun(rel)) {
      return inputs.isEmpty() ? rel : rel.copy(rel.getTraitSet(), inputs);
    }
    RelNode part;
    if (areOfStore && rel instanceof Filter filter) {
      part = filter(filter, inputs.get(0));
    } else if (areOfStore && rel instanceof Project project) {
      part = project(project, inputs.get(0));
    } else {
      part = rel.copy(rel.getTraitSet(), inputs.stream().map(this::rowsOf).toList());
    }
    computed.add(part);
    return part;
  }

  private RelNode rowsOf(RelNode rel) {
    if (computed.contains(rel) || rel instanceof Values) {
      return rel;
    }
    if (!RelOptUtil.getVariablesUsed(rel).isEmpty()) {
      throw MetaxyException.unsupported(
          "The store cannot run this statement, and a sub-query that refers to the row of a query around it cannot be computed here; join the two instead");
    }
    return new StoreRows(rel);
  }

  private RelNode filter(Filter filter, RelNode input) {
    List<RexNode> ofStore = new ArrayList<>();
    List<RexNode> others = new ArrayList<>();
    for (RexNode condition : RelOptUtil.conjunctions(filter.getCondition())) {
      (ability.canRun(condition) ? ofStore : others).add(condition);
    }
    RelNode rows =
        ofStore.isEmpty()
            ? input
            : LogicalFilter.create(
                input,
                RexUtil.composeConjunction(filter.getCluster().getRexBuilder(), ofStore),
                ImmutableSet.copyOf(filter.getVariablesSet()));
    StoreExpressionsBelow below = new StoreExpressionsBelow(rows, ability);
    below.addInputs();
    RexNode condition =
        RexUtil.composeConjunction(
            filter.getCluster().getRexBuilder(), others.stream().map(below::replace).toList());
    RelNode result = LogicalFilter.create(rowsOf(below.rows()), condition);
    return below.hasAdded()
        ? RelOptUtil.createProject(
            result, ImmutableIntList.range(0, input.getRowType().getFieldCount()))
        : result;
  }

  private RelNode project(Project project, RelNode input) {
    StoreExpressionsBelow below = new StoreExpressionsBelow(input, ability);
    List<RexNode> values = project.getProjects().stream().map(below::replace).toList();
    return LogicalProject.create(
        rowsOf(below.rows()),
        project.getHints(),
        values,
        project.getRowType().getFieldNames(),
        ImmutableSet.of());
  }
}
