package org.metaxyjdbc.adapter;

import java.util.List;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableScan;

/**
 * Reads a table as one of the schemas shows it. It stays what it is while Calcite plans around it;
 * {@link StoreSql} puts {@link #expand} in its place.
 */
abstract class StoreScan extends TableScan {
  /** Creates a scan; {@code convention} is NONE where {@link StoreSql} does all the planning. */
  StoreScan(RelOptCluster cluster, Convention convention, RelOptTable table) {
    super(cluster, cluster.traitSetOf(convention), List.of(), table);
  }

  /** The same rows in terms of physical ones. */
  abstract RelNode expand();

  @Override
  public RelNode copy(RelTraitSet traitSet, List<RelNode> inputs) {
    return this;
  }
}
