package org.metaxyjdbc.adapter;

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
final class SystemTable extends AbstractTable implements TranslatableTable {
  private final StoreTable table;

  SystemTable(StoreTable table) {
    this.table = table;
  }

  @Override
  public RelDataType getRowType(RelDataTypeFactory typeFactory) {
    return table.getInsertRowType(typeFactory);
  }

  @Override
  public RelNode toRel(RelOptTable.ToRelContext context, RelOptTable relOptTable) {
    RelBuilder builder = RelFactories.LOGICAL_BUILDER.create(context.getCluster(), null);
    return builder
        .push(StoreTables.scan(context.getCluster(), table))
        .project(builder.fields(ImmutableBitSet.range(table.columns().size())))
        .build();
  }
}
