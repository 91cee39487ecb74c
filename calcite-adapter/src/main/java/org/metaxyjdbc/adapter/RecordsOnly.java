package org.metaxyjdbc.adapter;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;
import org.apache.calcite.util.mapping.Mapping;
import org.apache.calcite.util.mapping.Mappings;
import org.metaxyjdbc.catalog.SystemColumn;

/**
 * A query that asks which records there are, and nothing about them but their ids, such as {@code
 * SELECT COUNT(*)}: no version is chosen. The versions are grouped into records, and two times tell
 * whether a record is deleted.
 */
final class RecordsOnly {
  private final RelNode query;
  private final CurrentVersion current;
  private final List<RexNode> conditions;

  private RecordsOnly(RelNode query, CurrentVersion current, List<RexNode> conditions) {
    this.query = query;
    this.current = current;
    this.conditions = conditions;
  }

  /** The same query over grouped records; empty where it reads more than ids. */
  static Optional<RelNode> of(RelNode query, RelBuilder builder) {
    if (!(query instanceof Project || query instanceof Aggregate)) {
      return Optional.empty();
    }
    RelNode input = query.getInput(0);
    Filter filter = input instanceof Filter below ? below : null;
    RelNode versions = filter == null ? input : filter.getInput();
    if (!(versions instanceof CurrentVersion current)
        || (filter != null && !filter.getVariablesSet().isEmpty())
        || !query.getVariablesSet().isEmpty()) {
      return Optional.empty();
    }
    List<RexNode> conditions =
        filter == null ? List.of() : RelOptUtil.conjunctions(filter.getCondition());
    RecordsOnly records = new RecordsOnly(query, current, conditions);
    return records.isEnough() ? Optional.of(records.toRel(builder)) : Optional.empty();
  }

  private boolean isEnough() {
    ImmutableBitSet ids = current.idColumns();
    return ids.contains(columnsRead())
        && (!(query instanceof Project project) || isOfColumns(project))
        && !FixedColumns.of(current.getInput()).contains(ids)
        && conditions.stream()
            .allMatch(
                condition ->
                    isAboutDeletion(condition)
                        || (FilterRecordVersionsTransposeRule.isOfRecord(condition, ids)
                            && !RexUtil.containsCorrelation(condition)));
  }

  /**
   * Whether a projection says something of columns only. A constant may be an argument of an
   * aggregate above, where not every store takes it from a sub-query.
   */
  private static boolean isOfColumns(Project project) {
    return !RexUtil.SubQueryFinder.containsSubQuery(project)
        && project.getProjects().stream()
            .noneMatch(
                value ->
                    RexUtil.containsCorrelation(value)
                        || RelOptUtil.InputFinder.bits(value).isEmpty());
  }

  private ImmutableBitSet columnsRead() {
    if (query instanceof Project project) {
      return RelOptUtil.InputFinder.bits(project.getProjects(), null);
    }
    Aggregate aggregate = (Aggregate) query;
    return RelOptUtil.getAllFields(aggregate).stream().collect(ImmutableBitSet.toImmutableBitSet());
  }

  private boolean isAboutDeletion(RexNode condition) {
    return (condition.isA(SqlKind.IS_NULL) || condition.isA(SqlKind.IS_NOT_NULL))
        && ((RexCall) condition).getOperands().get(0) instanceof RexInputRef column
        && column.getIndex() == deletedAt();
  }

  private int deletedAt() {
    return VersionOrder.find(current.getRowType(), SystemColumn.METAXY_DELETED_AT).orElseThrow();
  }

  private RelNode toRel(RelBuilder builder) {
    ImmutableBitSet ids = current.idColumns();
    int count = ids.cardinality();
    builder.push(current.getInput());
    List<RexNode> columns = new ArrayList<>(builder.fields(ids));
    columns.add(builder.field(deletedAt()));
    columns.add(VersionOrder.time(builder));
    builder
        .project(columns)
        .aggregate(
            builder.groupKey(ImmutableBitSet.range(count)),
            builder.max("metaxy_last_deleted_at", builder.field(count)),
            builder.max("metaxy_last", builder.field(count + 1)));
    Mapping mapping = Mappings.target(ids.asList(), current.getRowType().getFieldCount());
    List<RexNode> kept = new ArrayList<>();
    for (RexNode condition : conditions) {
      if (isAboutDeletion(condition)) {
        RexNode deleted =
            VersionOrder.isDeleted(builder, builder.field(count), builder.field(count + 1));
        kept.add(condition.isA(SqlKind.IS_NULL) ? builder.not(deleted) : deleted);
      } else {
        kept.add(RexUtil.apply(mapping, condition));
      }
    }
    RelNode records = builder.filter(kept).build();
    if (query instanceof Project project) {
      return project.copy(
          project.getTraitSet(),
          records,
          RexUtil.apply(mapping, project.getProjects()),
          project.getRowType());
    }
    Aggregate aggregate = (Aggregate) query;
    List<AggregateCall> calls =
        aggregate.getAggCallList().stream().map(call -> call.transform(mapping)).toList();
    return aggregate.copy(
        aggregate.getTraitSet(),
        records,
        Mappings.apply(mapping, aggregate.getGroupSet()),
        ImmutableBitSet.ORDERING.immutableSortedCopy(
            aggregate.getGroupSets().stream().map(set -> Mappings.apply(mapping, set)).toList()),
        calls);
  }
}
