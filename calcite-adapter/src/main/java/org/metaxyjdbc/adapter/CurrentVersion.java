package org.metaxyjdbc.adapter;

import java.util.Optional;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;

/** Keeps of each record its current version: exactly one row, a tombstone as it may be. */
final class CurrentVersion extends RecordVersions {
  private static final String RANK = "metaxy_version_rank";

  CurrentVersion(RelNode input, ImmutableBitSet idColumns, Optional<String> rowId) {
    super(
        input.getCluster(),
        input.getCluster().traitSetOf(Convention.NONE),
        input,
        idColumns,
        rowId.orElse(null));
  }

  @Override
  CurrentVersion copy(RelNode input, ImmutableBitSet idColumns) {
    return new CurrentVersion(input, idColumns, rowId());
  }

  @Override
  RelNode toRel(RelBuilder builder) {
    builder.push(getInput());
    int columns = getInput().getRowType().getFieldCount();
    RexNode rank = over(builder, SqlStdOperatorTable.ROW_NUMBER);
    return builder
        .projectPlus(builder.alias(rank, RANK))
        .filter(builder.equals(builder.field(columns), builder.literal(1)))
        .project(builder.fields(ImmutableBitSet.range(columns)))
        .build();
  }
}
