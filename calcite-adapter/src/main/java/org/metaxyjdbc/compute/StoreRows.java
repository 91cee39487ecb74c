package org.metaxyjdbc.compute;

import org.apache.calcite.plan.Convention;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;

/** Rows that the store gives, in a query of which the rest is computed here. */
final class StoreRows extends AbstractRelNode {
  private final RelNode query;

  StoreRows(RelNode query) {
    super(query.getCluster(), query.getCluster().traitSetOf(Convention.NONE));
    this.query = query;
    this.rowType = query.getRowType();
  }

  /** What the store runs. */
  RelNode query() {
    return query;
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    return super.explainTerms(writer).item("query", query.getDigest());
  }
}
