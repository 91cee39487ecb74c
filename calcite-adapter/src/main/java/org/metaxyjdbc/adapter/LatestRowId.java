package org.metaxyjdbc.adapter;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;
import org.metaxyjdbc.store.CurrentVersionShape;
import org.metaxyjdbc.store.StoreOperators;

/**
 * {@link CurrentVersionShape#LATEST_ROW_ID}: the rows whose row ids are among the latest.
 *
 * <p>A time and a row id fit in one number, so the greatest of these gives a latest row of each
 * record without a comparison of rows. A second number, with the row ids the other way round, shows
 * the records that have more than one latest row; only those go through a window.
 */
final class LatestRowId {
  private static final String LATEST = "metaxy_latest";

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
    RelNode rowIds = builder.push(single(name)).push(ofTies(name)).union(true).build();
    builder.push(current.getInput());
    RexNode rowId = rowId();
    return builder
        .filter(RexSubQuery.in(new NamedQuery(LATEST, latest, rowIds), ImmutableList.of(rowId)))
        .build();
  }

  /** Of each record its ids and the two numbers. */
  private RelNode latest() {
    builder.push(current.getInput());
    RexNode time = VersionOrder.time(builder);
    RexNode rowId = rowId();
    List<RexNode> columns = new ArrayList<>(builder.fields(current.idColumns()));
    columns.add(builder.alias(packed(StoreOperators.LATEST_ROW, time, rowId), "metaxy_last"));
    columns.add(
        builder.alias(packed(StoreOperators.LATEST_FIRST_ROW, time, rowId), "metaxy_first"));
    return builder
        .project(columns)
        .aggregate(
            builder.groupKey(builder.fields().subList(0, ids)),
            builder.aggregateCall(SqlStdOperatorTable.MAX, builder.field(ids)).as("metaxy_last"),
            builder
                .aggregateCall(SqlStdOperatorTable.MAX, builder.field(ids + 1))
                .as("metaxy_first"))
        .build();
  }

  private RelNode single(RelNode latest) {
    builder.push(latest).filter(isOneRow());
    RexNode rowId =
        rexBuilder.makeCall(
            rexBuilder.getTypeFactory().createSqlType(SqlTypeName.BIGINT),
            StoreOperators.ROW_ID_OF,
            List.of(builder.field(ids)));
    return builder.project(builder.alias(rowId, StoreTables.ROW_ID)).build();
  }

  /** The current versions of the records with more than one latest row. */
  private RelNode ofTies(RelNode latest) {
    List<Integer> columns = current.columnsRead().asList();
    ImmutableBitSet idColumns =
        ImmutableBitSet.of(current.idColumns().asList().stream().map(columns::indexOf).toList());
    builder.push(current.getInput());
    builder.project(builder.fields(current.columnsRead()));
    builder.push(latest);
    builder.filter(builder.not(isOneRow()));
    List<RexNode> sameIds = new ArrayList<>();
    for (int i = 0; i < ids; i++) {
      sameIds.add(
          rexBuilder.makeCall(
              StoreOperators.SAME_ID,
              builder.field(2, 0, idColumns.nth(i)),
              builder.field(2, 1, i)));
    }
    builder.join(JoinRelType.INNER, builder.and(sameIds));
    RelNode tied = builder.project(builder.fields().subList(0, columns.size())).build();
    builder.push(current.copy(tied, idColumns).window(builder));
    return builder.project(builder.field(StoreTables.ROW_ID)).build();
  }

  private RexNode isOneRow() {
    return rexBuilder.makeCall(
        rexBuilder.getTypeFactory().createSqlType(SqlTypeName.BOOLEAN),
        StoreOperators.IS_ONE_ROW,
        List.of(builder.field(ids), builder.field(ids + 1)));
  }

  private RexNode packed(SqlOperator operator, RexNode time, RexNode rowId) {
    RelDataType number = rexBuilder.getTypeFactory().createSqlType(SqlTypeName.DECIMAL, 38, 0);
    return rexBuilder.makeCall(number, operator, List.of(time, rowId));
  }

  private RexNode rowId() {
    return builder.field(current.rowId().orElseThrow());
  }
}
