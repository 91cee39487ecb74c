package org.metaxyjdbc.compute;

import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.adapter.enumerable.JavaRowFormat;
import org.apache.calcite.adapter.enumerable.PhysTypeImpl;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.tree.Blocks;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.util.BuiltInMethod;

/** Reads rows of the store, which the context of an execution has under a name. */
final class StoreRowsScan extends AbstractRelNode implements EnumerableRel {
  private static final String NAME = "storeRows";

  private final int index;

  StoreRowsScan(RelOptCluster cluster, int index, RelDataType rowType) {
    super(cluster, cluster.traitSetOf(EnumerableConvention.INSTANCE));
    this.index = index;
    this.rowType = rowType;
  }

  private static String name(int index) {
    return NAME + index;
  }

  /** The number of a query whose rows have that name; -1 where it is another's. */
  static int index(String name) {
    return name.startsWith(NAME) ? Integer.parseInt(name.substring(NAME.length())) : -1;
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    return super.explainTerms(writer).item("query", index + 1);
  }

  @Override
  public Result implement(EnumerableRelImplementor implementor, Prefer prefer) {
    return implementor.result(
        PhysTypeImpl.of(implementor.getTypeFactory(), getRowType(), JavaRowFormat.ARRAY),
        Blocks.toBlock(
            Expressions.convert_(
                Expressions.call(
                    DataContext.ROOT,
                    BuiltInMethod.DATA_CONTEXT_GET.method,
                    Expressions.constant(name(index))),
                Enumerable.class)));
  }
}
