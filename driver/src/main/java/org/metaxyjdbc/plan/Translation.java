package org.metaxyjdbc.plan;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableModify;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlMerge;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlString;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.adapter.CopiedQuery;
import org.metaxyjdbc.adapter.FeatureAppend;
import org.metaxyjdbc.adapter.FeatureModification;
import org.metaxyjdbc.adapter.FeatureTable;
import org.metaxyjdbc.adapter.MergeSchema;
import org.metaxyjdbc.adapter.MetaxySchema;
import org.metaxyjdbc.adapter.RecordModification;
import org.metaxyjdbc.adapter.Rows;
import org.metaxyjdbc.adapter.StoreSql;
import org.metaxyjdbc.compute.ComputedQuery;
import org.metaxyjdbc.compute.StoreAbility;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.parser.SqlLockingQuery;
import org.metaxyjdbc.session.Session;
import org.metaxyjdbc.session.SessionSetting;
import org.metaxyjdbc.store.StoreOperators;
import org.metaxyjdbc.store.StoreTable;

/** One statement on its way to the store. */
final class Translation {
  private final Session session;
  private final MetaxySchema schema;
  private final SqlNode statement;
  private final StatementParameters parameters;
  private final StatementAlgebra calcite;
  private final StoreAbility ability;
  private @Nullable RelNode algebra;

  Translation(
      Session session, MetaxySchema schema, SqlNode statement, StatementParameters parameters) {
    this.session = session;
    this.schema = schema;
    this.statement = statement;
    this.parameters = parameters;
    this.ability = StoreAbility.of(session.dialect());
    this.calcite = new StatementAlgebra(schema, session.settings().schema(), parameters);
  }

  /** What the statement is for the store. */
  Plan plan() {
    try {
      return translate();
    } catch (MetaxyException e) {
      throw e;
    } catch (RuntimeException | AssertionError e) {
      RuntimeException failure = e instanceof RuntimeException r ? r : new IllegalStateException(e);
      throw new StatementErrors(schema, statement).ofValidation(failure);
    }
  }

  private Plan translate() {
    if (DefinitionPlanner.isDefinition(statement)) {
      return new DefinitionPlanner(schema, calcite.validator()).plan(statement);
    }
    if (statement instanceof SqlMerge merge) {
      return merge(merge);
    }
    if (statement instanceof SqlInsert insert
        && insert.getTargetTable() instanceof SqlIdentifier target) {
      AppendPlanner.requireActive("INSERT", target);
      DefaultValues.leaveOut(insert, () -> columns(target));
    }
    if (statement instanceof SqlLockingQuery locking) {
      List<StoreTable> locked = LockedTables.of(locking, calcite::table);
      SqlNode query = calcite.validate(locking.query());
      return query(query, calcite.convert(query), locked);
    }
    SqlNode validated = calcite.validate(statement);
    RelRoot root = calcite.convert(validated);
    if (root.rel instanceof TableModify modify) {
      return appends(modify) ? append(validated, modify) : modification(modify);
    }
    return query(validated, root, List.of());
  }

  private Plan query(SqlNode validated, RelRoot root, List<StoreTable> locked) {
    RelNode query = root.project(true);
    List<Plan.Column> columns = calcite.columns(validated);
    if (!ability.canRunAll(query)) {
      return new Plan.Computed(computed(query), columns, locked, parameters.userCount());
    }
    Plan.StoreStatement store = toStore(query);
    return new Plan.Query(store, copied(), columns, locked, parameters.userCount());
  }

  RelNode algebra() {
    if (algebra == null) {
      throw new IllegalStateException("not planned yet");
    }
    return algebra;
  }

  private List<String> columns(SqlIdentifier target) {
    RelOptTable table = calcite.table(target);
    if (table == null) {
      throw new StatementErrors(schema, statement).tableNotFound(target);
    }
    return table.getRowType().getFieldNames();
  }

  private Plan modification(TableModify modify) {
    FeatureTable table = modify.getTable().unwrap(FeatureTable.class);
    return ability.canRunAll(modify)
            || table == null
            || table.storeTable().kind() == StoreTable.Kind.ABSENT
        ? changed(modify)
        : new Plan.UpdateEach(
            computed(RecordModification.ids(modify)),
            eachRecord(modify, SqlStdOperatorTable.EQUALS),
            eachRecord(modify, StoreOperators.SAME_ID),
            parameters.userCount());
  }

  private Plan.Update eachRecord(TableModify modify, SqlOperator same) {
    Plan plan = changed(RecordModification.ofRecord(modify, same, parameters::ofRecord));
    if (!(plan instanceof Plan.Update update)) {
      throw new IllegalStateException("not a change: " + plan);
    }
    List<Plan.Parameter> given =
        update.statement().parameters().stream()
            .map(
                parameter ->
                    parameter instanceof Plan.Parameter.OfRecord id
                        ? new Plan.Parameter.OfUser(
                            parameters.userCount() + id.index(), SqlTypeName.ANY)
                        : parameter)
            .toList();
    return new Plan.Update(
        new Plan.StoreStatement(update.statement().sql(), given, List.of()),
        update.target(),
        update.countFromResult(),
        parameters.userCount());
  }

  private Plan changed(TableModify modify) {
    FeatureModification.Result result =
        FeatureModification.rewrite(
            modify,
            new FeatureModification.Session(
                session.settings().is(SessionSetting.HARD_DELETE),
                session.settings().is(SessionSetting.APPEND_ONLY),
                parameters.ofSession(Plan.Parameter.OfSession.NOW),
                parameters.ofSession(Plan.Parameter.OfSession.MATERIALIZATION_ID)));
    Plan.StoreStatement store = toStore(result.rel());
    if (result.target().kind() == StoreTable.Kind.ABSENT || changesNothing(algebra())) {
      return new Plan.Nothing(parameters.userCount());
    }
    if (result.countedBy().isEmpty()) {
      return new Plan.Update(store, result.target(), false, parameters.userCount());
    }
    String counting = session.dialect().countingRecords(store.sql(), result.countedBy());
    return new Plan.Update(
        new Plan.StoreStatement(counting, store.parameters(), List.of()),
        result.target(),
        true,
        parameters.userCount());
  }

  /** Where a predicate is never true, Calcite leaves no rows of its source. */
  private static boolean changesNothing(RelNode modification) {
    return isEmpty(modification.getInput(0));
  }

  private static boolean isEmpty(RelNode rel) {
    if (rel instanceof Filter filter
        && filter.getCondition() instanceof RexSubQuery rowIds
        && rowIds.getKind() == SqlKind.IN
        && isEmpty(rowIds.rel)) {
      return true;
    }
    if (rel instanceof Project || rel instanceof Filter) {
      return isEmpty(rel.getInput(0));
    }
    return rel instanceof Values values && values.getTuples().isEmpty();
  }

  /** UPDATE in the other schemas changes or copies rows as they are. */
  private static boolean appends(TableModify modify) {
    FeatureTable table = modify.getTable().unwrap(FeatureTable.class);
    return modify.isInsert() || (modify.isUpdate() && table != null && table.rows() == Rows.ACTIVE);
  }

  private Plan append(SqlNode validated, TableModify modify) {
    FeatureAppend append =
        validated instanceof SqlInsert insert
            ? FeatureAppend.ofInsert(
                modify,
                AppendPlanner.givenColumns(
                    insert,
                    modify.getTable().getRowType().getFieldNames(),
                    calcite.columnsOf(insert.getSource()).size()))
            : FeatureAppend.ofUpdate(modify);
    return modify.isUpdate() && append.table().storeTable().kind() == StoreTable.Kind.ABSENT
        ? new Plan.Nothing(parameters.userCount())
        : append(append, false);
  }

  private Plan.Append append(FeatureAppend append, boolean onePerRecord) {
    return new AppendPlanner(parameters, this::toStore, this::rows, this::algebra)
        .plan(append, onePerRecord);
  }

  private Plan merge(SqlMerge merge) {
    SqlIdentifier target = (SqlIdentifier) merge.getTargetTable();
    AppendPlanner.requireActive("MERGE", target);
    RelOptTable table = calcite.table(target);
    if (table == null) {
      throw new StatementErrors(schema, statement).tableNotFound(target);
    }
    FeatureTable feature = FeatureAppend.writable(table, "MERGE");
    calcite.add(MergeSchema.NAME, new MergeSchema(feature));
    MergePlanner planner =
        new MergePlanner(
            merge,
            feature,
            table.getRowType(),
            source -> calcite.columnsOf(calcite.validate(source)));
    SqlInsert insert = planner.insert();
    if (insert == null) {
      return new Plan.Nothing(parameters.userCount());
    }
    RelRoot root = calcite.convert(calcite.validate(insert));
    return append(planner.rows((TableModify) root.rel), true);
  }

  private Plan.StoreStatement toStore(RelNode rel) {
    algebra = StoreSql.optimize(rel, session.dialect());
    return statement(algebra);
  }

  private Plan.Rows rows(RelNode rel) {
    return ability.canRunAll(rel) ? toStore(rel) : computed(rel);
  }

  private Plan.ComputedRows computed(RelNode rel) {
    algebra = rel;
    ComputedQuery.Parts parts = ComputedQuery.of(rel, ability);
    Map<Integer, Plan.Parameter> given = new TreeMap<>();
    parts.query().parameters().forEach(index -> given.put(index, parameters.get(index)));
    return new Plan.ComputedRows(
        parts.query(),
        parts.storeQueries().stream()
            .map(part -> statement(StoreSql.optimize(part, session.dialect())))
            .toList(),
        Collections.unmodifiableMap(given),
        List.of());
  }

  private Plan.@Nullable CopiedStatement copied() {
    return session
        .dialect()
        .copies()
        .flatMap(sql -> CopiedQuery.of(algebra()))
        .map(query -> new Plan.CopiedStatement(statement(query.rel()), query.copies()))
        .orElse(null);
  }

  private Plan.StoreStatement statement(RelNode algebra) {
    SqlString sql = StoreSql.toSql(algebra, session.dialect());
    List<Integer> indexes = sql.getDynamicParameters();
    return new Plan.StoreStatement(
        sql.getSql(),
        indexes == null ? List.of() : indexes.stream().map(parameters::get).toList(),
        List.of());
  }
}
