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
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.Holder;
import org.metaxyjdbc.store.CurrentVersionShape;

/**
 * {@link CurrentVersionShape#NO_LATER_VERSION}. The join compares ids by {@code =}, which a store
 * can hash or look up in an index; records with a NULL among their ids, which it would not find,
 * are chosen by a window beside it.
 */
final class NoLaterVersion {
  private NoLaterVersion() {}

  static RelNode of(CurrentVersion current, RelBuilder builder) {
    RelNode input = current.getInput();
    builder.push(input);
    List<RexNode> missing = new ArrayList<>();
    for (RexNode id : builder.fields(current.idColumns())) {
      if (id.getType().isNullable()) {
        missing.add(builder.isNull(id));
      }
    }
    Holder<RexCorrelVariable> version = Holder.empty();
    builder.variable(version::set);
    RexNode noLater = builder.not(RexSubQuery.exists(later(current, version.get(), builder)));
    builder.filter(
        List.of(version.get().id),
        missing.isEmpty() ? noLater : builder.and(builder.not(builder.or(missing)), noLater));
    if (missing.isEmpty()) {
      return builder.build();
    }
    RelNode incomplete = builder.push(input).filter(builder.or(missing)).build();
    return builder
        .push(current.copy(incomplete, current.idColumns()).window(builder))
        .union(true)
        .build();
  }

  /** The later versions of the record of a version. */
  private static RelNode later(
      CurrentVersion current, RexCorrelVariable version, RelBuilder builder) {
    RexBuilder rexBuilder = builder.getRexBuilder();
    builder.push(current.getInput()).project(builder.fields(current.columnsRead()));
    List<String> names = current.getInput().getRowType().getFieldNames();
    List<RexNode> conditions = new ArrayList<>();
    for (int id : current.idColumns()) {
      conditions.add(
          builder.equals(builder.field(names.get(id)), rexBuilder.makeFieldAccess(version, id)));
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
