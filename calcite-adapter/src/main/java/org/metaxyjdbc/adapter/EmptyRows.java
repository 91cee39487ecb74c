package org.metaxyjdbc.adapter;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.tools.RelBuilder;

/**
 * No rows, with the types of the columns: what tools read from {@code SELECT … WHERE 1 = 0}, and
 * what a feature shows that was never written. Calcite's own SQL for it has columns of no type.
 */
final class EmptyRows {
  private EmptyRows() {}

  static RelNode of(RelNode rows) {
    RelBuilder builder = RelFactories.LOGICAL_BUILDER.create(rows.getCluster(), null);
    RexBuilder rexBuilder = builder.getRexBuilder();
    builder.values(new String[] {"none"}, 0);
    builder.push(LogicalFilter.create(builder.build(), rexBuilder.makeLiteral(false)));
    List<RexNode> columns = new ArrayList<>();
    rows.getRowType()
        .getFieldList()
        .forEach(
            field -> columns.add(rexBuilder.makeNullLiteral(castable(field.getType(), builder))));
    return builder.project(columns, rows.getRowType().getFieldNames(), true).build();
  }

  /** Text where stores do not agree on the name of the type. */
  private static RelDataType castable(RelDataType type, RelBuilder builder) {
    return switch (type.getSqlTypeName()) {
      case ANY, NULL, BINARY, VARBINARY, ARRAY, MAP, ROW, MULTISET ->
          builder.getTypeFactory().createSqlType(SqlTypeName.VARCHAR);
      default -> type;
    };
  }
}
