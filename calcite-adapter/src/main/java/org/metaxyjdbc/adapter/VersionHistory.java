package org.metaxyjdbc.adapter;

import java.util.Optional;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;
import org.metaxyjdbc.store.StoreDialect;

/**
 * Adds to each version {@link HistoryColumn}s: since when it was current, until when, and whether
 * it still is.
 */
final class VersionHistory extends RecordVersions {
  VersionHistory(RelNode input, ImmutableBitSet idColumns, Optional<String> rowId) {
    super(
        input.getCluster(),
        input.getCluster().traitSetOf(Convention.NONE),
        input,
        idColumns,
        rowId.orElse(null));
  }

  @Override
  VersionHistory copy(RelNode input, ImmutableBitSet idColumns) {
    return new VersionHistory(input, idColumns, rowId());
  }

  @Override
  protected RelDataType deriveRowType() {
    return toRel(RelFactories.LOGICAL_BUILDER.create(getCluster(), null)).getRowType();
  }

  @Override
  RelNode toRel(RelBuilder builder, StoreDialect dialect) {
    return toRel(builder);
  }

  /** In the order newest first, a version ceases to be current when the one before it begins. */
  private RelNode toRel(RelBuilder builder) {
    builder.push(getInput());
    RexNode time = VersionOrder.time(builder);
    RexNode isCurrent =
        builder.equals(over(builder, SqlStdOperatorTable.ROW_NUMBER), builder.literal(1));
    return builder
        .projectPlus(
            builder.alias(time, HistoryColumn.METAXY_VALID_FROM.columnName()),
            builder.alias(
                over(builder, SqlStdOperatorTable.LAG, time),
                HistoryColumn.METAXY_VALID_TO.columnName()),
            builder.alias(isCurrent, HistoryColumn.METAXY_IS_CURRENT.columnName()))
        .build();
  }
}
