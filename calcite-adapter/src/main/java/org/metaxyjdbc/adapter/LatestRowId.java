package org.metaxyjdbc.adapter;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;
import org.metaxyjdbc.store.CurrentVersionShape;
import org.metaxyjdbc.store.StoreOperators;

/**
 * {@link CurrentVersionShape#LATEST_ROW_ID}: the rows whose row ids are among the latest.
 *
 * <p>Where more rows of a record have the latest time, the one whose row id comes out is left to
 * chance. Another aggregate shows these records; only they go through a window.
 */
final class LatestRowId {
  private static final String LATEST = "metaxy_latest";
  private static final String LATEST_ROW_ID = "metaxy_latest_row_id";

  private final CurrentVersion current;
  private final RelBuilder builder;
  private final RexBuilder rexBuilder;
  private final int ids;

  private LatestRowId(CurrentVersion current, RelBuilder builder) {
    this.current = current;
    this.builder = builder;
    this.rexBuilder = builder.getRexBuilder();
    this.ids = current.idColumns().cardinality();
  }

  static RelNode of(CurrentVersion current, RelBuilder builder) {
    return new LatestRowId(current, builder).toRel();
  }

  private RelNode toRel() {
    RelNode latest = latest();
    RelNode name = NamedQuery.reference(current.getCluster(), LATEST, latest.getRowType());
    RelNode rowIds = rowIds(name);
    builder.push(current.getInput());
    RexNode rowId = rowId();
    return builder
        .filter(RexSubQuery.in(new NamedQuery(LATEST, latest, rowIds), ImmutableList.of(rowId)))
        .build();
  }

  /** Of each record its ids, a latest row id, and whether there are more of them. */
  private RelNode latest() {
    builder.push(current.getInput());
    RexNode time = VersionOrder.time(builder);
    RexNode rowId = rowId();
    List<RexNode> columns = new ArrayList<>(builder.fields(current.idColumns()));
    columns.add(time);
    columns.add(rowId);
    builder.project(columns);
    return builder
        .aggregate(
            builder.groupKey(builder.fields().subList(0, ids)),
            builder
                .aggregateCall(
                    StoreOperators.LATEST_ROW_ID, builder.field(ids), builder.field(ids + 1))
                .as(StoreTables.ROW_ID),
            builder
                .aggregateCall(StoreOperators.IS_LATEST_TIED, builder.field(ids))
                .as("metaxy_is_tied"))
        .build();
  }

  /**
   * The row ids of all current versions. A UNION of the single ones and those of ties would be
   * estimated at twice the records, and the whole table be hashed for it.
   */
  private RelNode rowIds(RelNode latest) {
    builder.push(latest).push(ofTies(latest));
    builder.join(
        JoinRelType.LEFT,
        builder.equals(builder.field(2, 0, ids), builder.field(2, 1, LATEST_ROW_ID)));
    return builder
        .project(
            builder.call(
                SqlStdOperatorTable.CASE,
                isTied(),
                builder.field(builder.fields().size() - 1),
                builder.field(ids)))
        .build();
  }

  /**
   * Of the records with more than one latest row, the one that came out and the current version.
   */
  private RelNode ofTies(RelNode latest) {
    int columns = current.columnsRead().cardinality();
    ImmutableBitSet idColumns = current.idColumnsRead();
    builder.push(current.getInput());
    builder.project(builder.fields(current.columnsRead()));
    builder.push(latest);
    builder.filter(isTied());
    List<RexNode> sameIds = new ArrayList<>();
    for (int i = 0; i < ids; i++) {
      sameIds.add(
          rexBuilder.makeCall(
              StoreOperators.SAME_ID,
              builder.field(2, 0, idColumns.nth(i)),
              builder.field(2, 1, i)));
    }
    builder.join(JoinRelType.INNER, builder.and(sameIds));
    List<RexNode> tied = new ArrayList<>(builder.fields().subList(0, columns));
    tied.add(builder.alias(builder.field(columns + ids), LATEST_ROW_ID));
    builder.push(current.copy(builder.project(tied).build(), idColumns).window(builder));
    return builder.project(builder.field(LATEST_ROW_ID), builder.field(StoreTables.ROW_ID)).build();
  }

  private RexNode isTied() {
    return builder.field(ids + 1);
  }

  private RexNode rowId() {
    return builder.field(current.rowId().orElseThrow());
  }
}
