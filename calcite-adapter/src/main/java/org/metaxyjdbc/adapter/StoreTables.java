package org.metaxyjdbc.adapter;

import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.prepare.RelOptTableImpl;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalTableScan;
import org.apache.calcite.rel.type.RelDataType;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;
import org.metaxyjdbc.store.StoreTable;

/** Physical tables as the planner sees them. */
final class StoreTables {
  private StoreTables() {}

  /** Every physical row of a table, with the row id as a last column where the store has one. */
  static RelNode scan(RelOptCluster cluster, StoreTable table) {
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
