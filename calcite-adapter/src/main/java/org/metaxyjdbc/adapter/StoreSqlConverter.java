package org.metaxyjdbc.adapter;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.rel2sql.RelToSqlConverter;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.SqlDialect;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

/** Calcite's converter, for our own operators as well. */
public final class StoreSqlConverter extends RelToSqlConverter {
  private final Set<RelNode> correlated = Collections.newSetFromMap(new IdentityHashMap<>());

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
   * Below a projection with a correlated sub-query, a query of its own: only that has a name by
   * which the sub-query can call its columns.
   */
  @Override
  protected Result dispatch(RelNode rel) {
    Result result = super.dispatch(rel);
    if (!correlated.contains(rel) || rel instanceof TableScan) {
      return result;
    }
    SqlSelect select = result.asSelect();
    if (rel instanceof Join) {
      List<SqlNode> columns = new ArrayList<>();
      for (RelDataTypeField field : rel.getRowType().getFieldList()) {
        addSelect(columns, result.qualifiedContext().field(field.getIndex()), rel.getRowType());
      }
      select.setSelectList(new SqlNodeList(columns, SqlParserPos.ZERO));
    }
    return result(select, List.of(Clause.OFFSET), rel, null);
  }

  @Override
  public Result visit(Project project) {
    if (!project.getVariablesSet().isEmpty()) {
      correlated.add(project.getInput());
    }
    return super.visit(project);
  }

  /** Calcite finds this method by reflection. */
  public Result visit(NamedQuery query) {
    SqlWithItem item =
        new SqlWithItem(
            SqlParserPos.ZERO,
            new SqlIdentifier(query.name(), SqlParserPos.ZERO),
            null,
            visitRoot(query.query()).asStatement(),
            SqlLiteral.createBoolean(false, SqlParserPos.ZERO));
    SqlWith with =
        new SqlWith(
            SqlParserPos.ZERO,
            new SqlNodeList(List.of(item), SqlParserPos.ZERO),
            visitRoot(query.body()).asStatement());
    SqlNode named =
        SqlStdOperatorTable.AS.createCall(
            SqlParserPos.ZERO, with, new SqlIdentifier(query.name(), SqlParserPos.ZERO));
    SqlNodeList all = new SqlNodeList(List.of(SqlIdentifier.STAR), SqlParserPos.ZERO);
    SqlSelect select =
        new SqlSelect(
            SqlParserPos.ZERO,
            null,
            all,
            named,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null);
    return result(select, List.of(Clause.SELECT), query, null);
  }
}
