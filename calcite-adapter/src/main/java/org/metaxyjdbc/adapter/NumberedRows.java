package org.metaxyjdbc.adapter;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Intersect;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;

/**
 * {@code INTERSECT ALL} and {@code EXCEPT ALL} by INTERSECT and EXCEPT: equal rows are numbered, so
 * that the n-th of one input meets the n-th of the other.
 *
 * <p>Two inputs at a time, each result numbered anew: {@code a EXCEPT ALL b EXCEPT ALL c} takes
 * away as many rows as b and c have together, not as many as the greater of them has.
 */
final class NumberedRows {
  private NumberedRows() {}

  static RelNode of(SetOp operation, RelBuilder builder) {
    List<RelNode> inputs = operation.getInputs();
    RelNode rows = inputs.get(0);
    for (RelNode other : inputs.subList(1, inputs.size())) {
      number(rows, builder);
      number(other, builder);
      if (operation instanceof Intersect) {
        builder.intersect(false);
      } else {
        builder.minus(false);
      }
      rows = builder.project(builder.fields().subList(0, columns(rows))).build();
    }
    return builder.push(rows).convert(operation.getRowType(), true).build();
  }

  private static void number(RelNode rows, RelBuilder builder) {
    builder.push(rows);
    List<RexNode> numbered = new ArrayList<>(builder.fields());
    numbered.add(
        builder
            .aggregateCall(SqlStdOperatorTable.ROW_NUMBER)
            .over()
            .partitionBy(builder.fields())
            .as("metaxy_row_number"));
    builder.project(numbered);
  }

  private static int columns(RelNode rows) {
    return rows.getRowType().getFieldCount();
  }
}
