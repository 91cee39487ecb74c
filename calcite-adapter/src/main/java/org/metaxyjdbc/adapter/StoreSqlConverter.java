package org.metaxyjdbc.adapter;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.RepeatUnion;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableSpool;
import org.apache.calcite.rel.rel2sql.RelToSqlConverter;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlDialect;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.Util;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;

/** Calcite's converter, for our own operators as well. */
public final class StoreSqlConverter extends RelToSqlConverter {
  StoreSqlConverter(SqlDialect dialect) {
    super(dialect);
  }

  /** A field of a row value that is aggregated is taken in a query around the aggregation. */
  @Override
  public Result visit(Aggregate aggregate) {
    Result result = super.visit(aggregate);
    boolean ofRows =
        aggregate.getRowType().getFieldList().stream()
            .anyMatch(field -> field.getType().getSqlTypeName() == SqlTypeName.ROW);
    return ofRows ? result(result.asSelect(), List.of(Clause.OFFSET), aggregate, null) : result;
  }

  /**
   * The columns of a correlated projection are known by the name of the query that they come from,
   * so there must be one.
   */
  @Override
  public Result visit(Project project) {
    return project.getVariablesSet().isEmpty() || project.getInput() instanceof QueryInFrom
        ? super.visit(project)
        : super.visit(
            project.copy(
                project.getTraitSet(),
                new QueryInFrom(project.getInput()),
                project.getProjects(),
                project.getRowType()));
  }

  /** Calcite writes an inner join, whatever the join is. */
  @Override
  public Result visit(Correlate correlate) {
    Result result = super.visit(correlate);
    if (correlate.getJoinType() == JoinRelType.LEFT
        && result.asSelect().getFrom() instanceof SqlJoin join) {
      join.setOperand(2, JoinType.LEFT.symbol(SqlParserPos.ZERO));
      join.setOperand(4, JoinConditionType.ON.symbol(SqlParserPos.ZERO));
      join.setOperand(5, SqlLiteral.createBoolean(true, SqlParserPos.ZERO));
    }
    return result;
  }

  /** Calcite finds this method by reflection. */
  public Result visit(QueryInFrom query) {
    Result input = visitInput(query, 0);
    if (query.getInput() instanceof Join) {
      Builder builder = input.builder(query);
      List<SqlNode> columns = new ArrayList<>();
      for (int i = 0; i < query.getRowType().getFieldCount(); i++) {
        addSelect(columns, builder.context.field(i), query.getRowType());
      }
      builder.setSelect(new SqlNodeList(columns, SqlParserPos.ZERO));
      input = builder.result();
    }
    return result(input.asSelect(), List.of(Clause.OFFSET), query, null);
  }

  /** Rows are in no other order by a constant, and a store may refuse it. */
  @Override
  public Result visit(Sort sort) {
    if (!(sort.getInput() instanceof Project project)) {
      return super.visit(sort);
    }
    List<RelFieldCollation> keys =
        sort.getCollation().getFieldCollations().stream()
            .filter(key -> !(project.getProjects().get(key.getFieldIndex()) instanceof RexLiteral))
            .toList();
    if (keys.size() == sort.getCollation().getFieldCollations().size()) {
      return super.visit(sort);
    }
    return keys.isEmpty() && sort.offset == null && sort.fetch == null
        ? visitInput(sort, 0)
        : super.visit(
            sort.copy(
                sort.getTraitSet(),
                sort.getInput(),
                RelCollations.of(keys),
                sort.offset,
                sort.fetch));
  }

  /** Calcite finds this method by reflection. */
  public Result visit(ConstantRows rows) {
    Context context =
        new SimpleContext(
            dialect,
            i -> {
              throw new IllegalStateException("a column of no table");
            });
    SqlNode written = rows.toSql(dialect, value -> context.toSql(null, value));
    return result(select(List.of(SqlIdentifier.STAR), written), List.of(Clause.SELECT), rows, null);
  }

  /** {@code WITH RECURSIVE}. Calcite finds this method by reflection. */
  public Result visit(RepeatUnion union) {
    if (union.getTransientTable() == null || union.iterationLimit >= 0) {
      throw MetaxyException.unsupported("There is no recursive query with a limit");
    }
    SqlNode rows =
        (union.all ? SqlStdOperatorTable.UNION_ALL : SqlStdOperatorTable.UNION)
            .createCall(
                SqlParserPos.ZERO,
                visitInput(union, 0).asStatement(),
                visitInput(union, 1).asStatement());
    RelOptTable found = union.getTransientTable();
    String name = Util.last(found.getQualifiedName());
    List<SqlNode> columns = new ArrayList<>();
    List<SqlNode> selected = new ArrayList<>();
    for (int i = 0; i < union.getRowType().getFieldCount(); i++) {
      SqlIdentifier column =
          new SqlIdentifier(found.getRowType().getFieldNames().get(i), SqlParserPos.ZERO);
      columns.add(column);
      selected.add(
          SqlStdOperatorTable.AS.createCall(
              SqlParserPos.ZERO,
              column,
              new SqlIdentifier(union.getRowType().getFieldNames().get(i), SqlParserPos.ZERO)));
    }
    return named(
        union,
        name,
        item(name, new SqlNodeList(columns, SqlParserPos.ZERO), rows, true),
        select(selected, new SqlIdentifier(name, SqlParserPos.ZERO)));
  }

  /** The rows that a recursive query has found. Calcite finds this method by reflection. */
  public Result visit(TableSpool spool) {
    return visitInput(spool, 0);
  }

  /** Calcite finds this method by reflection. */
  public Result visit(NamedQuery query) {
    return named(
        query,
        query.name(),
        item(query.name(), null, visitRoot(query.query()).asStatement(), false),
        visitRoot(query.body()).asStatement());
  }

  private Result named(RelNode rel, String name, SqlWithItem item, SqlNode body) {
    SqlWith with =
        new SqlWith(SqlParserPos.ZERO, new SqlNodeList(List.of(item), SqlParserPos.ZERO), body);
    SqlNode named =
        SqlStdOperatorTable.AS.createCall(
            SqlParserPos.ZERO, with, new SqlIdentifier(name, SqlParserPos.ZERO));
    return result(select(List.of(SqlIdentifier.STAR), named), List.of(Clause.SELECT), rel, null);
  }

  private static SqlWithItem item(
      String name, @Nullable SqlNodeList columns, SqlNode query, boolean recursive) {
    return new SqlWithItem(
        SqlParserPos.ZERO,
        new SqlIdentifier(name, SqlParserPos.ZERO),
        columns,
        query,
        SqlLiteral.createBoolean(recursive, SqlParserPos.ZERO));
  }

  private static SqlSelect select(List<SqlNode> columns, SqlNode from) {
    return new SqlSelect(
        SqlParserPos.ZERO,
        null,
        new SqlNodeList(columns, SqlParserPos.ZERO),
        from,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  /** A query that stands in parentheses and under a name of its own. */
  private static final class QueryInFrom extends SingleRel {
    QueryInFrom(RelNode input) {
      super(input.getCluster(), input.getTraitSet(), input);
    }
  }
}
