package org.metaxyjdbc.adapter;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlDialect;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * Rows that no table gives, such as those of an INSERT of many rows of parameters, which Calcite
 * has as a union of as many queries. They become one list of rows: a planner copies the inputs of a
 * union for each of them, and a query with a thousand parts is more than a parser's stack holds,
 * Calcite's or a store's.
 */
final class ConstantRows extends AbstractRelNode {
  private final List<List<RexNode>> rows;

  private ConstantRows(RelOptCluster cluster, RelDataType rowType, List<List<RexNode>> rows) {
    super(cluster, cluster.traitSet());
    this.rowType = rowType;
    this.rows = rows;
  }

  /** Rows of literals, at least one. */
  static RelNode of(RelOptCluster cluster, RelDataType rowType, List<List<RexNode>> rows) {
    return new ConstantRows(cluster, rowType, rows);
  }

  /** The same query with all such unions in it as lists of rows. */
  static RelNode in(RelNode rel) {
    return rel.accept(
        new RelHomogeneousShuttle() {
          @Override
          public RelNode visit(RelNode other) {
            RelNode rows = other instanceof Union union ? of(union) : null;
            return rows == null ? super.visit(other) : rows;
          }
        });
  }

  /** Null where a part of the union reads rows. */
  private static @Nullable RelNode of(Union union) {
    List<List<RexNode>> rows = new ArrayList<>();
    for (RelNode input : union.getInputs()) {
      List<? extends List<? extends RexNode>> tuples = rows(input);
      if (!union.all || tuples == null) {
        return null;
      }
      tuples.forEach(tuple -> rows.add(List.copyOf(tuple)));
    }
    return new ConstantRows(union.getCluster(), union.getRowType(), rows);
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

  /** The same rows with other values. */
  RelNode with(UnaryOperator<RexNode> change) {
    return new ConstantRows(
        getCluster(),
        getRowType(),
        rows.stream().map(row -> row.stream().map(change).toList()).toList());
  }

  @Override
  public RelNode accept(RexShuttle shuttle) {
    return with(value -> value.accept(shuttle));
  }

  @Override
  public double estimateRowCount(RelMetadataQuery mq) {
    return rows.size();
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    return super.explainTerms(writer).item("rows", rows);
  }

  /**
   * {@code (VALUES (…), (…)) AS t (columns)}.
   *
   * @param writer how an expression without columns is written
   */
  SqlNode toSql(SqlDialect dialect, Function<RexNode, SqlNode> writer) {
    List<SqlNode> written = new ArrayList<>();
    for (List<RexNode> row : rows) {
      List<SqlNode> values = row.stream().map(value -> value(value, dialect, writer)).toList();
      written.add(SqlStdOperatorTable.ROW.createCall(SqlParserPos.ZERO, values));
    }
    List<SqlNode> named = new ArrayList<>();
    named.add(SqlStdOperatorTable.VALUES.createCall(SqlParserPos.ZERO, written));
    named.add(new SqlIdentifier("t", SqlParserPos.ZERO));
    for (String column : getRowType().getFieldNames()) {
      named.add(new SqlIdentifier(column, SqlParserPos.ZERO));
    }
    return SqlStdOperatorTable.AS.createCall(SqlParserPos.ZERO, named);
  }

  /** NULL with its type: a store takes it for text. */
  private static SqlNode value(
      RexNode value, SqlDialect dialect, Function<RexNode, SqlNode> writer) {
    SqlNode written = writer.apply(value);
    SqlNode type = RexLiteral.isNullLiteral(value) ? dialect.getCastSpec(value.getType()) : null;
    return type == null
        ? written
        : SqlStdOperatorTable.CAST.createCall(SqlParserPos.ZERO, written, type);
  }
}
