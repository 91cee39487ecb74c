package org.metaxyjdbc.adapter;

import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.store.StoreDialect;

/**
 * Groups the rows of a feature into records and orders the versions of each, by {@link
 * VersionOrder}.
 *
 * <p>Records are independent of each other: a predicate that reads only id columns gives the same
 * result above and below ({@link FilterRecordVersionsTransposeRule}). Two NULLs are the same id.
 */
abstract class RecordVersions extends SingleRel {
  private final ImmutableBitSet idColumns;
  private final @Nullable String rowId;

  RecordVersions(
      RelOptCluster cluster,
      RelTraitSet traits,
      RelNode input,
      ImmutableBitSet idColumns,
      @Nullable String rowId) {
    super(cluster, traits, input);
    this.idColumns = idColumns;
    this.rowId = rowId;
  }

  /** Ordinals of the id columns in the input. */
  ImmutableBitSet idColumns() {
    return idColumns;
  }

  /** The name of the row id among the columns of the input, where the store has one. */
  Optional<String> rowId() {
    return Optional.ofNullable(rowId);
  }

  /**
   * The columns of the input that this operator reads itself: what is the same in all rows is not.
   */
  ImmutableBitSet columnsRead() {
    return VersionOrder.columns(getInput().getRowType(), rowId())
        .except(FixedColumns.of(getInput()))
        .union(idColumns);
  }

  /** Ordinals of the id columns among the {@link #columnsRead}. */
  ImmutableBitSet idColumnsRead() {
    List<Integer> columns = columnsRead().asList();
    return ImmutableBitSet.of(idColumns.asList().stream().map(columns::indexOf).toList());
  }

  /** The same over another input, whose id columns stand at other ordinals. */
  abstract RecordVersions copy(RelNode input, ImmutableBitSet idColumns);

  @Override
  public RelNode copy(RelTraitSet traitSet, List<RelNode> inputs) {
    return copy(inputs.get(0), idColumns);
  }

  /** The same rows in terms of operators that the store's SQL has. */
  abstract RelNode toRel(RelBuilder builder, StoreDialect dialect);

  /**
   * {@code function OVER (PARTITION BY ids ORDER BY newest version first)} for the rows on the
   * builder.
   */
  RexNode over(RelBuilder builder, SqlAggFunction function, RexNode... operands) {
    return builder
        .aggregateCall(function, operands)
        .over()
        .partitionBy(builder.fields(idColumns))
        .orderBy(VersionOrder.keys(builder, rowId()))
        .toRex();
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    return super.explainTerms(writer)
        .item(
            "ids",
            idColumns.asList().stream()
                .map(i -> input.getRowType().getFieldNames().get(i))
                .toList());
  }
}
