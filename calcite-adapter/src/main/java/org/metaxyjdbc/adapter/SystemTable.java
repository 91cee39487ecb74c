package org.metaxyjdbc.adapter;

import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.TranslatableTable;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;
import org.metaxyjdbc.store.StoreTable;

/** A system table of Metaxy's as it is in the store; read only. */
final class SystemTable extends AbstractTable implements TranslatableTable, MetaxyTable {
  private final StoreTable table;
  private final Convention convention;

  SystemTable(StoreTable table, Convention convention) {
    this.table = table;
    this.convention = convention;
  }

  @Override
  public Convention convention() {
    return convention;
  }

  @Override
  public RelDataType getRowType(RelDataTypeFactory typeFactory) {
    return table.getInsertRowType(typeFactory);
  }

  @Override
  public RelNode toRel(RelOptTable.ToRelContext context, RelOptTable relOptTable) {
    return new SystemScan(context.getCluster(), relOptTable, this);
  }

  /** Every row, without the store's row id. */
  private static final class SystemScan extends StoreScan {
    private final StoreTable storeTable;

    SystemScan(RelOptCluster cluster, RelOptTable table, SystemTable systemTable) {
      super(cluster, systemTable.convention, table);
      this.storeTable = systemTable.table;
    }

    @Override
    RelNode expand() {
      RelBuilder builder = RelFactories.LOGICAL_BUILDER.create(getCluster(), null);
      return builder
          .push(StoreTables.scan(getCluster(), storeTable))
          .project(builder.fields(ImmutableBitSet.range(storeTable.columns().size())))
          .build();
    }
  }
}
