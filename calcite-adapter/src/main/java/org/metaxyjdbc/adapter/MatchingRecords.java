package org.metaxyjdbc.adapter;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;
import org.metaxyjdbc.store.CurrentVersionShape;
import org.metaxyjdbc.store.StoreDialect;

/**
 * A query for the few records that have a value, such as {@code WHERE category = 7}, in a store
 * that looks for the latest version of all records first ({@link
 * CurrentVersionShape#LATEST_ROW_ID}). A record whose current version has the value has a version
 * that does: of the records of such versions only, the row ids of the current ones are looked for.
 * The condition still applies after the choice, as the current version of some of these records has
 * another value.
 *
 * <p>Only {@code =} promises few records. What is asked of older versions, and otherwise would not
 * be, is nothing that could fail for a row: conditions on columns as they are.
 */
final class MatchingRecords {
  /** The most values in the place of one. */
  private static final int FEW_VALUES = 10;

  private MatchingRecords() {}

  /** The same query; empty where it is for many records, or the store gains nothing. */
  static Optional<RelNode> of(RelNode query, StoreDialect dialect, RelBuilder builder) {
    if (!(query instanceof Filter filter && filter.getInput() instanceof CurrentVersion current)
        || current.shape(dialect) != CurrentVersionShape.LATEST_ROW_ID) {
      return Optional.empty();
    }
    List<RexNode> conditions =
        RelOptUtil.conjunctions(filter.getCondition()).stream()
            .filter(MatchingRecords::cannotFail)
            .toList();
    if (conditions.stream().noneMatch(MatchingRecords::promisesFew)) {
      return Optional.empty();
    }
    RelNode rowIds = rowIds(conditions, current, builder);
    builder.push(current.getInput());
    RexNode rowId = builder.field(current.rowId().orElseThrow());
    builder.filter(RexSubQuery.in(rowIds, ImmutableList.of(rowId)));
    return Optional.of(
        LogicalFilter.create(
            builder.build(), filter.getCondition(), ImmutableSet.copyOf(filter.getVariablesSet())));
  }

  /** Of the current versions of records that have a version which fulfils the conditions. */
  private static RelNode rowIds(
      List<RexNode> conditions, CurrentVersion current, RelBuilder builder) {
    RelNode input = current.getInput();
    builder.push(input).filter(conditions);
    RelNode matching = builder.project(builder.fields(current.idColumns())).build();
    ImmutableBitSet ids = current.idColumnsRead();
    builder.push(input).project(builder.fields(current.columnsRead()));
    builder.filter(isAmong(matching, builder.fields(ids), builder));
    builder.push(current.copy(builder.build(), ids).window(builder));
    return builder.project(builder.field(current.rowId().orElseThrow())).build();
  }

  /** NULL is an id like any other, and found by no IN. */
  private static RexNode isAmong(RelNode records, List<RexNode> ids, RelBuilder builder) {
    List<RexNode> alternatives = new ArrayList<>();
    for (RexNode id : ids) {
      if (id.getType().isNullable()) {
        alternatives.add(builder.isNull(id));
      }
    }
    alternatives.add(RexSubQuery.in(records, ImmutableList.copyOf(ids)));
    return builder.or(alternatives);
  }

  private static boolean cannotFail(RexNode condition) {
    if (condition instanceof RexCall call
        && !(call instanceof RexSubQuery)
        && (call.isA(SqlKind.COMPARISON)
            || call.isA(SqlKind.AND)
            || call.isA(SqlKind.OR)
            || call.isA(SqlKind.NOT)
            || call.isA(SqlKind.IS_NULL)
            || call.isA(SqlKind.IS_NOT_NULL))) {
      return call.getOperands().stream().allMatch(MatchingRecords::cannotFail);
    }
    return condition instanceof RexInputRef
        || (FixedColumns.isOneValue(condition) && !RexUtil.containsCorrelation(condition));
  }

  private static boolean promisesFew(RexNode condition) {
    List<RexNode> alternatives = RelOptUtil.disjunctions(condition);
    return alternatives.size() <= FEW_VALUES
        && alternatives.stream()
            .allMatch(value -> value.isA(SqlKind.EQUALS) && FixedColumns.fixedBy(value) >= 0);
  }
}
