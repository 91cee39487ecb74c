package org.metaxyjdbc.adapter;

import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.ToLogicalConverter;

/**
 * Turns a plan in a store's convention back into logical algebra, which {@link StoreSql} takes. The
 * {@link StoreScan}s in it stay.
 */
final class ToStoreAlgebra extends ToLogicalConverter {
  private ToStoreAlgebra(RelNode rel) {
    super(RelFactories.LOGICAL_BUILDER.create(rel.getCluster(), null));
  }

  static RelNode convert(RelNode rel) {
    return rel.accept(new ToStoreAlgebra(rel));
  }

  @Override
  public RelNode visit(TableScan scan) {
    return scan;
  }
}
