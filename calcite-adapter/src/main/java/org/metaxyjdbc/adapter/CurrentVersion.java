package org.metaxyjdbc.adapter;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;
import org.metaxyjdbc.store.CurrentVersionShape;
import org.metaxyjdbc.store.StoreDialect;
import org.metaxyjdbc.store.StoreTable;

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
  RelNode toRel(RelBuilder builder, StoreDialect dialect) {
    return switch (shape(dialect)) {
      case WINDOW -> window(builder);
      case FIRST_OF_RECORD -> firstOfRecord(builder);
      case GREATEST_ROW -> GreatestRow.of(this, builder);
      case LATEST_ROW_ID -> LatestRowId.of(this, builder);
      case NO_LATER_VERSION -> NoLaterVersion.of(this, builder);
    };
  }

  /** How a store finds these rows: one record by its ids, or many. */
  CurrentVersionShape shape(StoreDialect dialect) {
    if (FixedColumns.of(getInput()).contains(idColumns())) {
      return dialect.shapeOfOneRecord();
    }
    return rowId().filter(getInput().getRowType().getFieldNames()::contains).isPresent()
        ? dialect.currentVersionShape(table())
        : CurrentVersionShape.WINDOW;
  }

  private StoreTable table() {
    return requireNonNull(RelOptUtil.findAllTables(getInput()).get(0).unwrap(StoreTable.class));
  }

  /** All rows are versions of one record. */
  private RelNode firstOfRecord(RelBuilder builder) {
    builder.push(getInput());
    ImmutableBitSet fixed = FixedColumns.of(getInput());
    List<String> columns = getInput().getRowType().getFieldNames();
    List<String> index = table().versionIndex();
    boolean isIndexed =
        !index.isEmpty()
            && isOfTable(getInput())
            && index.stream().map(columns::indexOf).allMatch(i -> i >= 0 && fixed.get(i));
    return builder
        .sortLimit(
            0,
            1,
            isIndexed
                ? VersionOrder.indexedKeys(builder, index, rowId())
                : VersionOrder.keys(builder, rowId()))
        .build();
  }

  /** Whether these are rows of the table itself, whose index is known by a column of the table. */
  private static boolean isOfTable(RelNode rows) {
    RelNode rel = rows;
    while (rel instanceof Project) {
      rel = rel.getInput(0);
    }
    while (rel instanceof Filter) {
      rel = rel.getInput(0);
    }
    return rel instanceof TableScan;
  }

  /** The newest in a window over the versions of each record. */
  RelNode window(RelBuilder builder) {
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
