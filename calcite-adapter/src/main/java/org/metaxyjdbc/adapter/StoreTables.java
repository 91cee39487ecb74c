package org.metaxyjdbc.adapter;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.prepare.RelOptTableImpl;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalTableScan;
import org.apache.calcite.rel.logical.LogicalValues;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.tools.RelBuilder;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;
import org.metaxyjdbc.store.StoreTable;

/** Physical tables as the planner sees them. */
final class StoreTables {
  /**
   * What the store's row id is called outside of the scan: the store's own name means it only
   * beside the table itself, and in H2 not even in quotes.
   */
  static final String ROW_ID = "metaxy_row_id";

  private StoreTables() {}

  /** Every physical row of a table, with {@link #ROW_ID} as a last column where there is one. */
  static RelNode scan(RelOptCluster cluster, StoreTable table) {
    RelNode physical = physical(cluster, table);
    if (table.rowId().isEmpty()) {
      return physical;
    }
    RelBuilder builder = RelFactories.LOGICAL_BUILDER.create(cluster, null);
    builder.push(physical);
    List<RexNode> columns = new ArrayList<>(builder.fields());
    columns.add(builder.alias(columns.remove(0), ROW_ID));
    return builder.project(columns).build();
  }

  /** No rows, of these types: those of an empty VALUES are lost in SQL. */
  static RelNode noRows(RelOptCluster cluster, RelDataType row) {
    RelNode filtered =
        LogicalFilter.create(
            LogicalValues.createOneRow(cluster), cluster.getRexBuilder().makeLiteral(false));
    List<RexNode> nulls = new ArrayList<>();
    for (RelDataTypeField field : row.getFieldList()) {
      nulls.add(cluster.getRexBuilder().makeNullLiteral(field.getType()));
    }
    return LogicalProject.create(filtered, List.of(), nulls, row.getFieldNames(), Set.of());
  }

  /** The table itself, with the row id under the store's own name as its first column. */
  static LogicalTableScan physical(RelOptCluster cluster, StoreTable table) {
    return LogicalTableScan.create(
        cluster, relOptTable(table, table.getRowType(cluster.getTypeFactory())), List.of());
  }

  /** The table as the target of an INSERT: without the row id. */
  static RelOptTable insertTarget(RelOptCluster cluster, StoreTable table) {
    return relOptTable(table, table.getInsertRowType(cluster.getTypeFactory()));
  }

  private static RelOptTable relOptTable(StoreTable table, RelDataType row) {
    return RelOptTableImpl.create(null, row, table.path(), table, tableClass -> null);
  }

  static MetaxyException missingIdColumn(FeatureTable table, String id) {
    return new MetaxyException(
        SqlState.COLUMN_NOT_FOUND,
        "The id column '%s' of feature '%s' is not a column of its table; the table has %s"
            .formatted(id, table.feature().key(), FeatureScan.names(table)));
  }
}
