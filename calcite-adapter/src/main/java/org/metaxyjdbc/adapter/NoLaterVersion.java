package org.metaxyjdbc.adapter;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.Holder;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.store.CurrentVersionShape;
import org.metaxyjdbc.store.StoreOperators;

/**
 * {@link CurrentVersionShape#NO_LATER_VERSION}. The join compares ids by {@code =}, which a store
 * can hash or look up in an index. That finds no later version of a record with a NULL among its
 * ids; of these the current versions are those whose row ids a query of their own gives, which runs
 * only where there is such a record.
 */
final class NoLaterVersion {
  private NoLaterVersion() {}

  static RelNode of(CurrentVersion current, RelBuilder builder) {
    RelNode input = current.getInput();
    List<RexNode> missing = new ArrayList<>();
    for (RexNode id : builder.push(input).fields(current.idColumns())) {
      if (id.getType().isNullable()) {
        missing.add(builder.isNull(id));
      }
    }
    RexNode rowId = builder.field(current.rowId().orElseThrow());
    builder.build();
    if (missing.isEmpty()) {
      return noLater(current, SqlStdOperatorTable.EQUALS, null, builder);
    }
    RexNode incomplete = RexUtil.composeDisjunction(builder.getRexBuilder(), missing);
    RelNode withNull = builder.push(input).filter(incomplete).build();
    RelNode rowIds =
        builder
            .push(
                noLater(
                    current.copy(withNull, current.idColumns()),
                    StoreOperators.SAME_ID,
                    null,
                    builder))
            .project(builder.field(current.rowId().orElseThrow()))
            .build();
    return noLater(
        current,
        SqlStdOperatorTable.EQUALS,
        builder.or(builder.not(incomplete), RexSubQuery.in(rowIds, ImmutableList.of(rowId))),
        builder);
  }

  /**
   * The versions that no later one of the same record follows.
   *
   * @param sameId how ids are compared
   * @param condition what else they are to fulfil; null for nothing
   */
  private static RelNode noLater(
      CurrentVersion current, SqlOperator sameId, @Nullable RexNode condition, RelBuilder builder) {
    builder.push(current.getInput());
    Holder<RexCorrelVariable> version = Holder.empty();
    builder.variable(version::set);
    RelNode later = later(current, version.get(), sameId, builder);
    List<RexNode> conditions = new ArrayList<>();
    if (condition != null) {
      conditions.add(condition);
    }
    conditions.add(builder.not(RexSubQuery.exists(later)));
    return builder.filter(List.of(version.get().id), conditions).build();
  }

  /** The later versions of the record of a version. */
  private static RelNode later(
      CurrentVersion current, RexCorrelVariable version, SqlOperator sameId, RelBuilder builder) {
    RexBuilder rexBuilder = builder.getRexBuilder();
    builder.push(current.getInput()).project(builder.fields(current.columnsRead()));
    List<String> names = current.getInput().getRowType().getFieldNames();
    List<RexNode> conditions = new ArrayList<>();
    for (int id : current.idColumns()) {
      conditions.add(
          builder.call(
              sameId, builder.field(names.get(id)), rexBuilder.makeFieldAccess(version, id)));
    }
    List<RexNode> values = VersionOrder.values(builder, current.rowId());
    List<RexNode> ofVersion =
        new RexShuttle() {
          @Override
          public RexNode visitInputRef(RexInputRef column) {
            String name = builder.peek().getRowType().getFieldNames().get(column.getIndex());
            return rexBuilder.makeFieldAccess(version, names.indexOf(name));
          }
        }.visitList(values);
    conditions.add(VersionOrder.isNewer(builder, values, ofVersion));
    return builder.filter(conditions).build();
  }
}
