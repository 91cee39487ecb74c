package org.metaxyjdbc.adapter;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;
import org.metaxyjdbc.store.CurrentVersionShape;
import org.metaxyjdbc.store.StoreOperators;

/**
 * {@link CurrentVersionShape#GREATEST_ROW}: the greatest row value of each record, which begins
 * with what versions are ordered by and holds all columns. The ids come from the grouping, into
 * which the store takes a predicate on them, such as that of a join.
 */
final class GreatestRow {
  private GreatestRow() {}

  static RelNode of(CurrentVersion current, RelBuilder builder) {
    builder.push(current.getInput());
    List<RelDataTypeField> columns = builder.peek().getRowType().getFieldList();
    List<RexNode> values = new ArrayList<>(VersionOrder.values(builder, current.rowId()));
    List<RexNode> ids = List.copyOf(builder.fields(current.idColumns()));
    for (RexNode column : builder.fields()) {
      if (!values.contains(column) && !ids.contains(column)) {
        values.add(column);
      }
    }
    List<RexNode> grouped = new ArrayList<>(ids);
    grouped.add(builder.call(SqlStdOperatorTable.ROW, values));
    List<RexNode> all = List.copyOf(builder.fields());
    builder.project(grouped);
    builder.aggregate(
        builder.groupKey(builder.fields().subList(0, ids.size())),
        builder.aggregateCall(SqlStdOperatorTable.MAX, builder.field(ids.size())));
    RexNode greatest = builder.field(ids.size());
    RexBuilder rexBuilder = builder.getRexBuilder();
    List<RexNode> fields = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      RexNode column = all.get(i);
      fields.add(
          builder.alias(
              ids.contains(column)
                  ? builder.field(ids.indexOf(column))
                  : rexBuilder.makeCall(
                      columns.get(i).getType(),
                      StoreOperators.ROW_FIELD,
                      List.of(
                          greatest,
                          rexBuilder.makeExactLiteral(
                              BigDecimal.valueOf(values.indexOf(column) + 1)))),
              columns.get(i).getName()));
    }
    return builder.project(fields).build();
  }
}
