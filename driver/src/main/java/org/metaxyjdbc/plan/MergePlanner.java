package org.metaxyjdbc.plan;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.core.TableModify;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlMerge;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUpdate;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.apache.calcite.util.Util;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.adapter.FeatureAppend;
import org.metaxyjdbc.adapter.FeatureTable;
import org.metaxyjdbc.adapter.MergeSchema;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;
import org.metaxyjdbc.store.StoreTable;

/**
 * Plans {@code MERGE} as one INSERT into {@link MergeSchema#VERSIONS}: the source's rows, each with
 * the record that it matches if there is one, and of both branches what they would append.
 */
final class MergePlanner {
  /** Says which columns a query has. */
  @FunctionalInterface
  interface Columns {
    List<String> of(SqlNode query);
  }

  private static final String SOURCE = "metaxy_source";
  private static final SqlParserPos NOWHERE = SqlParserPos.ZERO;

  private final SqlMerge merge;
  private final FeatureTable table;
  private final List<String> shown;
  private final Columns columnsOf;
  private final String alias;
  private final String sourceName;
  private final SqlNode source;
  private final List<String> inserted = new ArrayList<>();
  private final List<String> changed = new ArrayList<>();
  private final SqlNodeList columns = new SqlNodeList(NOWHERE);
  private final SqlNodeList values = new SqlNodeList(NOWHERE);

  /**
   * Creates a planner of one statement.
   *
   * @param table the feature that is merged into
   * @param row its columns
   */
  MergePlanner(SqlMerge merge, FeatureTable table, RelDataType row, Columns columnsOf) {
    this.merge = merge;
    this.table = table;
    this.columnsOf = columnsOf;
    this.shown = row.getFieldNames();
    SqlIdentifier name = (SqlIdentifier) merge.getTargetTable();
    this.alias = merge.getAlias() == null ? Util.last(name.names) : merge.getAlias().getSimple();
    SqlNode typed = MergeSource.typed(merge, row);
    String given = SqlValidatorUtil.alias(typed);
    this.sourceName = given == null ? SOURCE : given;
    this.source = given == null ? SqlValidatorUtil.addAlias(typed, SOURCE) : typed;
  }

  /** The INSERT; null where there is no record that could match, and nothing else is said. */
  @Nullable SqlInsert insert() {
    SqlInsert insert = merge.getInsertCall();
    SqlUpdate update =
        table.storeTable().kind() == StoreTable.Kind.ABSENT ? null : merge.getUpdateCall();
    if (insert == null && update == null) {
      return null;
    }
    if (insert != null) {
      insert(insert);
    }
    if (update != null) {
      update(update);
    }
    columns.add(new SqlIdentifier(MergeSchema.MATCHED, NOWHERE));
    values.add(ofRecord(MergeSchema.MATCHED));
    SqlNode from =
        new SqlJoin(
            NOWHERE,
            source,
            SqlLiteral.createBoolean(false, NOWHERE),
            (insert == null ? JoinType.INNER : JoinType.LEFT).symbol(NOWHERE),
            SqlValidatorUtil.addAlias(records(), alias),
            JoinConditionType.ON.symbol(NOWHERE),
            merge.getCondition());
    return new SqlInsert(
        merge.getParserPosition(),
        SqlNodeList.EMPTY,
        new SqlIdentifier(List.of(MergeSchema.NAME, MergeSchema.VERSIONS), NOWHERE),
        select(values, from, update == null ? matchesNone() : null),
        columns);
  }

  /** What it appends. */
  FeatureAppend rows(TableModify modify) {
    return FeatureAppend.ofMerge(modify, table, inserted, changed);
  }

  /** Only the columns that it gives: the store has the defaults of the others. */
  private void insert(SqlInsert insert) {
    DefaultValues.leaveOut(insert, () -> shown);
    List<SqlNode> row = ((SqlCall) ((SqlCall) insert.getSource()).operand(0)).getOperandList();
    if (insert.getTargetColumnList() != null && insert.getTargetColumnList().size() != row.size()) {
      throw new MetaxyException(
          SqlState.SYNTAX_ERROR,
          "INSERT names %d columns and gives %d values"
              .formatted(insert.getTargetColumnList().size(), row.size()));
    }
    List<String> given = AppendPlanner.givenColumns(insert, shown, row.size());
    inserted.addAll(given);
    for (int i = 0; i < given.size(); i++) {
      columns.add(new SqlIdentifier(given.get(i), NOWHERE));
      values.add(ofSource(row.get(i)));
    }
  }

  /** What the record holds, with the changes. */
  private void update(SqlUpdate update) {
    Map<String, SqlNode> changes = new LinkedHashMap<>();
    for (int i = 0; i < update.getTargetColumnList().size(); i++) {
      SqlIdentifier column = (SqlIdentifier) update.getTargetColumnList().get(i);
      String name = AppendPlanner.spelled(column, shown);
      if (changes.put(name, update.getSourceExpressionList().get(i)) != null) {
        throw new MetaxyException(
            SqlState.SYNTAX_ERROR, "Column '%s' is set twice".formatted(name));
      }
    }
    changed.addAll(changes.keySet());
    for (String name : FeatureAppend.columnsOfUpdate(table, changed)) {
      columns.add(new SqlIdentifier(MergeSchema.updated(name), NOWHERE));
      values.add(changes.getOrDefault(name, ofRecord(name)));
    }
    if (table.storeTable().rowId().isPresent()) {
      columns.add(new SqlIdentifier(MergeSchema.ROW_ID, NOWHERE));
      values.add(ofRecord(MergeSchema.ROW_ID));
    }
  }

  private static SqlSelect records() {
    return select(
        SqlNodeList.of(
            SqlIdentifier.star(NOWHERE),
            SqlStdOperatorTable.AS.createCall(
                NOWHERE,
                SqlLiteral.createBoolean(true, NOWHERE),
                new SqlIdentifier(MergeSchema.MATCHED, NOWHERE))),
        new SqlIdentifier(List.of(MergeSchema.NAME, MergeSchema.RECORDS), NOWHERE),
        null);
  }

  private SqlIdentifier ofRecord(String column) {
    return new SqlIdentifier(List.of(alias, column), NOWHERE);
  }

  private SqlNode matchesNone() {
    return SqlStdOperatorTable.IS_NULL.createCall(NOWHERE, ofRecord(MergeSchema.MATCHED));
  }

  /** A value of WHEN NOT MATCHED, where names without a table are the source's. */
  private SqlNode ofSource(SqlNode value) {
    return requireNonNull(
        value.accept(
            new SqlShuttle() {
              @Override
              public SqlNode visit(SqlIdentifier name) {
                if (name.names.size() > 1 && name.names.get(0).equalsIgnoreCase(alias)) {
                  throw new MetaxyException(
                      SqlState.COLUMN_NOT_FOUND,
                      "Column '%s' not found (line %d, column %d): there is no record of '%s' where a row does not match; the values are those of '%s'"
                          .formatted(
                              name,
                              name.getParserPosition().getLineNum(),
                              name.getParserPosition().getColumnNum(),
                              alias,
                              sourceName));
                }
                return name.isSimple() && isOfSource(name.getSimple())
                    ? new SqlIdentifier(
                        List.of(sourceName, name.getSimple()), name.getParserPosition())
                    : name;
              }

              @Override
              public @Nullable SqlNode visit(SqlCall call) {
                return call.isA(SqlKind.QUERY) ? call : super.visit(call);
              }
            }));
  }

  private boolean isOfSource(String column) {
    SqlNode all = select(SqlNodeList.of(SqlIdentifier.star(NOWHERE)), source, null);
    return columnsOf.of(requireNonNull(all.accept(new DeepCopy()))).stream()
        .anyMatch(column::equalsIgnoreCase);
  }

  private static SqlSelect select(SqlNodeList list, SqlNode from, @Nullable SqlNode where) {
    return new SqlSelect(
        NOWHERE, null, list, from, where, null, null, null, null, null, null, null, null);
  }
}
