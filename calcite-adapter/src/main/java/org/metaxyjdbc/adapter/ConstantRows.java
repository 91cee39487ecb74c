package org.metaxyjdbc.adapter;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlDialect;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * Rows that no table gives, such as those of an INSERT of many rows of parameters, which Calcite
 * has as a union of as many queries. They become one list of rows: a query with a thousand parts is
 * more than a parser's stack holds, Calcite's or a store's.
 */
final class ConstantRows {
  private final SqlDialect dialect;
  private final Function<RexNode, SqlNode> writer;

  /** Creates it with how an expression without columns is written. */
  ConstantRows(SqlDialect dialect, Function<RexNode, SqlNode> writer) {
    this.dialect = dialect;
    this.writer = writer;
  }

  /** {@code (VALUES (…), (…)) AS t (columns)}; null where a part of the union reads rows. */
  @Nullable SqlNode of(Union union) {
    List<SqlNode> rows = new ArrayList<>();
    for (RelNode input : union.getInputs()) {
      List<? extends List<? extends RexNode>> tuples = rows(input);
      if (!union.all || tuples == null) {
        return null;
      }
      for (List<? extends RexNode> tuple : tuples) {
        List<SqlNode> values = new ArrayList<>();
        for (RexNode value : tuple) {
          values.add(value(value));
        }
        rows.add(SqlStdOperatorTable.ROW.createCall(SqlParserPos.ZERO, values));
      }
    }
    List<SqlNode> named = new ArrayList<>();
    named.add(SqlStdOperatorTable.VALUES.createCall(SqlParserPos.ZERO, rows));
    named.add(new SqlIdentifier("t", SqlParserPos.ZERO));
    for (String column : union.getRowType().getFieldNames()) {
      named.add(new SqlIdentifier(column, SqlParserPos.ZERO));
    }
    return SqlStdOperatorTable.AS.createCall(SqlParserPos.ZERO, named);
  }

  private static @Nullable List<? extends List<? extends RexNode>> rows(RelNode rel) {
    if (rel instanceof Values values) {
      return values.getTuples();
    }
    return rel instanceof Project project
            && project.getInput() instanceof Values one
            && one.getTuples().size() == 1
            && project.getProjects().stream().allMatch(ConstantRows::isConstant)
        ? List.of(project.getProjects())
        : null;
  }

  private static boolean isConstant(RexNode expression) {
    return RelOptUtil.InputFinder.bits(expression).isEmpty()
        && RexUtil.SubQueryFinder.find(expression) == null
        && !RexOver.containsOver(expression);
  }

  /** NULL with its type: a store takes it for text. */
  private SqlNode value(RexNode value) {
    SqlNode written = writer.apply(value);
    SqlNode type = RexLiteral.isNullLiteral(value) ? dialect.getCastSpec(value.getType()) : null;
    return type == null
        ? written
        : SqlStdOperatorTable.CAST.createCall(SqlParserPos.ZERO, written, type);
  }
}
