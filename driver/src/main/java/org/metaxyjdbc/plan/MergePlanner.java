package org.metaxyjdbc.plan;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.calcite.rel.core.TableModify;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlMerge;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUpdate;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.apache.calcite.util.Util;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.adapter.FeatureAppend;
import org.metaxyjdbc.adapter.FeatureTable;
import org.metaxyjdbc.catalog.SystemColumn;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;
import org.metaxyjdbc.store.StoreColumn;
import org.metaxyjdbc.store.StoreTable;

/**
 * Plans {@code MERGE} as what its two branches append: an INSERT of the source's rows that match no
 * record, and an INSERT of the records that they match, with the changes.
 */
final class MergePlanner {
  /** Plans one of these INSERTs. */
  @FunctionalInterface
  interface Branch {
    /**
     * Plans it.
     *
     * @param rows what it appends
     */
    Plan.Append plan(SqlInsert insert, Function<TableModify, FeatureAppend> rows);
  }

  private static final String MATCHED = "metaxy_matched";
  private static final String SOURCE = "metaxy_source";
  private static final SqlParserPos NOWHERE = SqlParserPos.ZERO;

  private final SqlMerge merge;
  private final FeatureTable table;
  private final List<String> shown;
  private final SqlIdentifier alias;
  private final Branch branch;

  /**
   * Creates a planner of one statement.
   *
   * @param table the feature that is merged into
   * @param row its columns
   */
  MergePlanner(SqlMerge merge, FeatureTable table, RelDataType row, Branch branch) {
    this.merge = merge;
    this.table = table;
    this.branch = branch;
    this.shown = row.getFieldNames();
    SqlIdentifier name = (SqlIdentifier) merge.getTargetTable();
    this.alias =
        merge.getAlias() == null
            ? new SqlIdentifier(Util.last(name.names), NOWHERE)
            : merge.getAlias();
    merge.setOperand(2, MergeSource.typed(merge, row));
  }

  /** The plan; null where there is no record that could match, and nothing else is said. */
  Plan.@Nullable Append plan() {
    List<Plan.Append> branches = new ArrayList<>();
    if (merge.getInsertCall() != null) {
      branches.add(notMatched(merge.getInsertCall()));
    }
    if (merge.getUpdateCall() != null && table.storeTable().kind() != StoreTable.Kind.ABSENT) {
      branches.add(matched(merge.getUpdateCall()));
    }
    if (branches.isEmpty()) {
      return null;
    }
    Plan.Append first = branches.get(0);
    return new Plan.Append(
        branches.stream().flatMap(part -> part.sources().stream()).toList(),
        List.of(),
        table,
        true,
        true,
        first.newer(),
        first.newerOfRecord(),
        first.parameterCount());
  }

  /** All of the user's columns, as the other branch gives them too; NULL where it says nothing. */
  private Plan.Append notMatched(SqlInsert insert) {
    SqlNodeList values = values(insert);
    if (insert.getTargetColumnList() != null
        && insert.getTargetColumnList().size() != values.size()) {
      throw new MetaxyException(
          SqlState.SYNTAX_ERROR,
          "INSERT names %d columns and gives %d values"
              .formatted(insert.getTargetColumnList().size(), values.size()));
    }
    Set<String> columns = new LinkedHashSet<>();
    table.columns().stream()
        .map(StoreColumn::name)
        .filter(name -> SystemColumn.of(name).isEmpty())
        .forEach(columns::add);
    columns.addAll(AppendPlanner.givenColumns(insert, shown, values.size()));
    return branch.plan(
        insert(insert.getTargetColumnList(), select(values, unmatched(), null)),
        modify -> FeatureAppend.ofInsert(modify, List.copyOf(columns)));
  }

  /** The source's rows that match no record, under the source's own name. */
  private SqlNode unmatched() {
    SqlNode flagged =
        select(
            SqlNodeList.of(
                SqlIdentifier.star(NOWHERE),
                SqlStdOperatorTable.AS.createCall(
                    NOWHERE,
                    SqlLiteral.createBoolean(true, NOWHERE),
                    new SqlIdentifier(MATCHED, NOWHERE))),
            merge.getTargetTable(),
            null);
    SqlNode none =
        SqlStdOperatorTable.IS_NULL.createCall(
            NOWHERE, new SqlIdentifier(List.of(alias.getSimple(), MATCHED), NOWHERE));
    String name = SqlValidatorUtil.alias(merge.getSourceTableRef());
    SqlNode source = merge.getSourceTableRef();
    if (name == null) {
      name = SOURCE;
      source = SqlValidatorUtil.addAlias(source, name);
    }
    SqlNodeList columns =
        SqlNodeList.of(SqlIdentifier.star(List.of(name, ""), NOWHERE, List.of(NOWHERE, NOWHERE)));
    return SqlValidatorUtil.addAlias(
        select(columns, join(source, JoinType.LEFT, flagged), none), name);
  }

  private static SqlNodeList values(SqlInsert insert) {
    SqlCall row = ((SqlCall) insert.getSource()).operand(0);
    return new SqlNodeList(row.getOperandList(), row.getParserPosition());
  }

  /** What the record holds, with the changes. */
  private Plan.Append matched(SqlUpdate update) {
    Map<String, SqlNode> changes = new LinkedHashMap<>();
    for (int i = 0; i < update.getTargetColumnList().size(); i++) {
      SqlIdentifier column = (SqlIdentifier) update.getTargetColumnList().get(i);
      String name = AppendPlanner.spelled(column, shown);
      if (changes.put(name, update.getSourceExpressionList().get(i)) != null) {
        throw new MetaxyException(
            SqlState.SYNTAX_ERROR, "Column '%s' is set twice".formatted(name));
      }
    }
    List<String> changed = List.copyOf(changes.keySet());
    SqlNodeList columns = new SqlNodeList(NOWHERE);
    SqlNodeList values = new SqlNodeList(NOWHERE);
    for (String name : FeatureAppend.columnsOfUpdate(table, changed)) {
      columns.add(new SqlIdentifier(name, NOWHERE));
      values.add(
          changes.getOrDefault(name, new SqlIdentifier(List.of(alias.getSimple(), name), NOWHERE)));
    }
    SqlNode from = join(merge.getSourceTableRef(), JoinType.INNER, merge.getTargetTable());
    return branch.plan(
        insert(columns, select(values, from, null)),
        modify -> FeatureAppend.ofMatched(modify, changed));
  }

  private SqlNode join(SqlNode source, JoinType type, SqlNode target) {
    return new SqlJoin(
        NOWHERE,
        source,
        SqlLiteral.createBoolean(false, NOWHERE),
        type.symbol(NOWHERE),
        SqlValidatorUtil.addAlias(target, alias.getSimple()),
        JoinConditionType.ON.symbol(NOWHERE),
        merge.getCondition());
  }

  private static SqlSelect select(SqlNodeList list, SqlNode from, @Nullable SqlNode where) {
    return new SqlSelect(
        NOWHERE, null, list, from, where, null, null, null, null, null, null, null, null);
  }

  /** The branches share parts of the statement, and Calcite changes what it validates. */
  private SqlInsert insert(@Nullable SqlNodeList columns, SqlSelect source) {
    SqlInsert insert =
        new SqlInsert(
            merge.getParserPosition(), SqlNodeList.EMPTY, merge.getTargetTable(), source, columns);
    return (SqlInsert) requireNonNull(insert.accept(new DeepCopy()));
  }
}
