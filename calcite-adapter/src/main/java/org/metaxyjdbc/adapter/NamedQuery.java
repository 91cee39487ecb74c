package org.metaxyjdbc.adapter;

import java.util.List;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.prepare.RelOptTableImpl;
import org.apache.calcite.rel.BiRel;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.logical.LogicalTableScan;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.impl.AbstractTable;

/**
 * {@code WITH name AS (query) body}: the body reads the query, once or several times, by {@link
 * #reference}.
 */
final class NamedQuery extends BiRel {
  private final String name;

  NamedQuery(String name, RelNode query, RelNode body) {
    super(body.getCluster(), body.getCluster().traitSetOf(Convention.NONE), query, body);
    this.name = name;
  }

  /** The rows of the query with that name. */
  static RelNode reference(RelOptCluster cluster, String name, RelDataType row) {
    return LogicalTableScan.create(
        cluster,
        RelOptTableImpl.create(null, row, List.of(name), new Reference(row), tableClass -> null),
        List.of());
  }

  String name() {
    return name;
  }

  RelNode query() {
    return getLeft();
  }

  RelNode body() {
    return getRight();
  }

  @Override
  protected RelDataType deriveRowType() {
    return body().getRowType();
  }

  @Override
  public RelNode copy(RelTraitSet traitSet, List<RelNode> inputs) {
    return new NamedQuery(name, inputs.get(0), inputs.get(1));
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    return super.explainTerms(writer).item("name", name);
  }

  private static final class Reference extends AbstractTable {
    private final RelDataType row;

    Reference(RelDataType row) {
      this.row = row;
    }

    @Override
    public RelDataType getRowType(RelDataTypeFactory typeFactory) {
      return row;
    }
  }
}
