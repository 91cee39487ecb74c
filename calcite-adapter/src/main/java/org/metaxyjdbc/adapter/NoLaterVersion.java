package org.metaxyjdbc.adapter;

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
import org.apache.calcite.util.ImmutableBitSet;
import org.metaxyjdbc.store.CurrentVersionShape;
import org.metaxyjdbc.store.StoreOperators;

/**
 * {@link CurrentVersionShape#NO_LATER_VERSION}. The join compares ids by {@code =}, which a store
 * can hash or look up in an index. Records with a NULL among their ids, which that would not find,
 * are a query of their own: without a window, as PostgreSQL computes none in parallel.
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
    builder.build();
    if (missing.isEmpty()) {
      return noLater(current, SqlStdOperatorTable.EQUALS, builder);
    }
    RexNode incomplete = RexUtil.composeDisjunction(builder.getRexBuilder(), missing);
    RelNode withNull = builder.push(input).filter(incomplete).build();
    RelNode withoutNull = builder.push(input).filter(builder.not(incomplete)).build();
    ImmutableBitSet ids = current.idColumns();
    return builder
        .push(noLater(current.copy(withoutNull, ids), SqlStdOperatorTable.EQUALS, builder))
        .push(noLater(current.copy(withNull, ids), StoreOperators.SAME_ID, builder))
        .union(true)
        .build();
  }

  private static RelNode noLater(CurrentVersion current, SqlOperator sameId, RelBuilder builder) {
    builder.push(current.getInput());
    Holder<RexCorrelVariable> version = Holder.empty();
    builder.variable(version::set);
    RelNode later = later(current, version.get(), sameId, builder);
    return builder
        .filter(List.of(version.get().id), builder.not(RexSubQuery.exists(later)))
        .build();
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
