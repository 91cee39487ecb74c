package org.metaxyjdbc.adapter;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.catalog.SystemColumn;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.store.MetaxyTypeSystem;
import org.metaxyjdbc.store.StoreColumn;
import org.metaxyjdbc.store.StoreDialect;
import org.metaxyjdbc.store.StoreTable;

/**
 * Reads a feature as one of the schemas shows it; {@link #expand} says it in terms of physical
 * rows.
 */
final class FeatureScan extends StoreScan {
  private final FeatureTable featureTable;
  private final boolean withRowId;
  private final @Nullable RexNode asOf;

  /**
   * Creates a scan.
   *
   * @param withRowId whether the store's row id follows as a last column
   * @param asOf the time after which versions are not looked at, a timestamp; null for none
   */
  FeatureScan(
      RelOptCluster cluster,
      RelOptTable table,
      FeatureTable featureTable,
      boolean withRowId,
      @Nullable RexNode asOf) {
    super(cluster, featureTable.convention(), table);
    this.featureTable = featureTable;
    this.withRowId = withRowId;
    this.asOf = asOf;
  }

  FeatureTable featureTable() {
    return featureTable;
  }

  /** The same scan with the store's row id as a last column. */
  FeatureScan withRowId() {
    return new FeatureScan(getCluster(), getTable(), featureTable, true, asOf);
  }

  /**
   * The same scan as it was at a time, whatever time the session looks at.
   *
   * @throws MetaxyException 0A000 where the time is another for each row
   */
  FeatureScan asOf(RexNode time) {
    if (!RexUtil.isConstant(time) || RexUtil.containsCorrelation(time)) {
      throw MetaxyException.unsupported(
          "FOR SYSTEM_TIME AS OF takes one time for all rows of '%s': a literal, a parameter, or an expression such as CURRENT_TIMESTAMP - INTERVAL '1' DAY"
              .formatted(featureTable.feature().tableName()));
    }
    return new FeatureScan(getCluster(), getTable(), featureTable, withRowId, time);
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    return super.explainTerms(writer).itemIf("asOf", asOf, asOf != null);
  }

  @Override
  public RelDataType deriveRowType() {
    RelDataType row = super.deriveRowType();
    Optional<StoreDialect.RowId> rowId = featureTable.storeTable().rowId();
    if (!withRowId || rowId.isEmpty()) {
      return row;
    }
    return getCluster()
        .getTypeFactory()
        .builder()
        .addAll(row.getFieldList())
        .add(StoreTables.ROW_ID, rowId.get().type())
        .build();
  }

  /**
   * The physical rows of the session's feature version, the choice among them, and the columns
   * shown.
   */
  @Override
  RelNode expand() {
    RelBuilder builder =
        RelFactories.LOGICAL_BUILDER.create(getCluster(), getTable().getRelOptSchema());
    if (featureTable.storeTable().kind() == StoreTable.Kind.ABSENT) {
      return builder.values(getRowType()).build();
    }
    builder.push(StoreTables.scan(getCluster(), featureTable.storeTable()));
    ofFeatureVersion(builder, featureTable);
    notAfter(builder, asOf);
    Optional<String> rowId = featureTable.storeTable().rowId().map(id -> StoreTables.ROW_ID);
    if (featureTable.rows() == Rows.HISTORY) {
      history(builder, rowId);
    } else {
      ImmutableBitSet ids = ids(builder);
      builder.push(new CurrentVersion(builder.build(), ids, rowId));
    }
    if (featureTable.rows() == Rows.ACTIVE) {
      builder.filter(builder.isNull(field(builder, SystemColumn.METAXY_DELETED_AT)));
    } else if (featureTable.rows() == Rows.ONLY_DELETED) {
      builder.filter(builder.isNotNull(field(builder, SystemColumn.METAXY_DELETED_AT)));
    }
    List<RexNode> shown = new ArrayList<>();
    for (RelDataTypeField field : getRowType().getFieldList()) {
      shown.add(builder.field(field.getName()));
    }
    return builder.project(shown, getRowType().getFieldNames(), true).build();
  }

  /** Restricts physical rows to the session's feature version. */
  static void ofFeatureVersion(RelBuilder builder, FeatureTable table) {
    table
        .view()
        .versionOf(table.feature())
        .ifPresent(
            version ->
                builder.filter(
                    builder.equals(
                        builder.field(
                            table.systemColumn(SystemColumn.METAXY_FEATURE_VERSION).orElseThrow()),
                        builder.literal(version))));
  }

  /** Leaves out the versions that came after a time: what they replaced is current again. */
  private static void notAfter(RelBuilder builder, @Nullable RexNode time) {
    if (time != null) {
      RelDataType type =
          builder
              .getTypeFactory()
              .createSqlType(
                  SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE, MetaxyTypeSystem.TIMESTAMP_PRECISION);
      builder.filter(
          builder.call(
              SqlStdOperatorTable.LESS_THAN_OR_EQUAL,
              VersionOrder.time(builder),
              builder.getRexBuilder().makeAbstractCast(type, time, false)));
    }
  }

  /** Without id columns nothing says which version is current: the history columns are null. */
  private void history(RelBuilder builder, Optional<String> rowId) {
    if (!featureTable.feature().idColumns().isEmpty()) {
      ImmutableBitSet ids = ids(builder);
      builder.push(new VersionHistory(builder.build(), ids, rowId));
      return;
    }
    List<RexNode> columns = new ArrayList<>();
    columns.add(
        builder.alias(VersionOrder.time(builder), HistoryColumn.METAXY_VALID_FROM.columnName()));
    for (HistoryColumn column :
        List.of(HistoryColumn.METAXY_VALID_TO, HistoryColumn.METAXY_IS_CURRENT)) {
      columns.add(
          builder.alias(
              builder
                  .getRexBuilder()
                  .makeNullLiteral(
                      getRowType().getField(column.columnName(), true, false).getType()),
              column.columnName()));
    }
    builder.projectPlus(columns);
  }

  private ImmutableBitSet ids(RelBuilder builder) {
    RelDataType row = builder.peek().getRowType();
    ImmutableBitSet.Builder ids = ImmutableBitSet.builder();
    for (String id : featureTable.idColumns()) {
      RelDataTypeField field = row.getField(id, true, false);
      if (field == null) {
        throw StoreTables.missingIdColumn(featureTable, id);
      }
      ids.set(field.getIndex());
    }
    return ids.build();
  }

  private RexNode field(RelBuilder builder, SystemColumn column) {
    return builder.field(featureTable.systemColumn(column).orElseThrow());
  }

  /** Names of the physical columns, for messages. */
  static List<String> names(FeatureTable table) {
    return table.columns().stream().map(StoreColumn::name).toList();
  }
}
