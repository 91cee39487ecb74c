package org.metaxyjdbc.plan;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Properties;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.config.CalciteConnectionProperty;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableModify;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.metadata.DefaultRelMetadataProvider;
import org.apache.calcite.rel.metadata.ProxyingMetadataHandlerProvider;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlExplain;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlMerge;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSetOption;
import org.apache.calcite.sql.util.SqlString;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.adapter.CopiedQuery;
import org.metaxyjdbc.adapter.FeatureAppend;
import org.metaxyjdbc.adapter.FeatureModification;
import org.metaxyjdbc.adapter.FeatureTable;
import org.metaxyjdbc.adapter.FeatureView;
import org.metaxyjdbc.adapter.MergeSchema;
import org.metaxyjdbc.adapter.MetaxySchema;
import org.metaxyjdbc.adapter.Rows;
import org.metaxyjdbc.adapter.StoreSql;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;
import org.metaxyjdbc.parser.SqlTransactionControl;
import org.metaxyjdbc.session.PlanSettings;
import org.metaxyjdbc.session.Session;
import org.metaxyjdbc.session.SessionSetting;
import org.metaxyjdbc.store.ConnectionSource;
import org.metaxyjdbc.store.MetaxyTypeFactory;
import org.metaxyjdbc.store.StoreSnapshot;
import org.metaxyjdbc.store.StoreTable;

/**
 * Plans statements of one session: Calcite's parser, validator and converter to algebra, our
 * rewriting over physical rows, and Calcite's converter back to SQL. What comes out is one
 * statement of the store.
 */
public final class StatementPlanner {
  /** The name of the catalog of a store that was opened by its URL. */
  public static final String CATALOG = "metaxy";

  private static final int IN_LIST_LIMIT = 200;

  private final Session session;
  private final PlanCache cache;

  public StatementPlanner(Session session, OpenStore store) {
    this.session = session;
    this.cache = store.plans();
  }

  /**
   * A plan and what it was made for.
   *
   * @param snapshot the state of the registry
   */
  public record Known(Plan plan, StoreSnapshot snapshot, PlanSettings settings) {}

  /**
   * Plans a statement that runs again.
   *
   * @param before what this gave the last time; null for the first time
   */
  public Known plan(String sql, @Nullable Known before) throws SQLException {
    PlanSettings settings = session.settings().ofPlans();
    StoreSnapshot recent = session.store().recentSnapshot(session.registryConnection());
    return before != null && before.snapshot == recent && before.settings.equals(settings)
        ? before
        : new Known(plan(sql), recent, settings);
  }

  /**
   * Plans a statement, or finds the plan that it had before.
   *
   * @throws MetaxyException 42xxx for what is wrong with it, 0A000 for what the store cannot do,
   *     54001 where its parts are nested too deeply
   */
  public Plan plan(String sql) throws SQLException {
    try {
      return planOrFind(sql);
    } catch (StackOverflowError e) {
      throw new MetaxyException(
          SqlState.STATEMENT_TOO_COMPLEX,
          "The statement is nested too deeply; write a long chain of OR as IN (…), and a long chain of UNION as VALUES");
    }
  }

  private Plan planOrFind(String sql) throws SQLException {
    StoreSnapshot recent = session.store().recentSnapshot(session.registryConnection());
    PlanSettings settings = session.settings().ofPlans();
    Plan known = cache.get(recent, sql, settings);
    if (known != null) {
      return known;
    }
    LiteralText text = LiteralText.of(sql);
    if (text == null) {
      StoreSnapshot snapshot = current();
      return keep(sql, snapshot, plan(StatementParser.statement(sql), snapshot));
    }
    BitSet literals = cache.literals(recent, text.skeleton(), settings);
    if (literals != null) {
      known = cache.get(recent, text.key(literals), settings);
      if (known != null) {
        return known.withLiterals(text.values());
      }
    }
    return plan(sql, text, literals == null ? text.all() : literals);
  }

  private StoreSnapshot current() throws SQLException {
    return session.store().snapshot(session.registryConnection());
  }

  private Plan keep(String sql, StoreSnapshot snapshot, Plan plan) {
    if (!(plan instanceof Plan.Definition)) {
      cache.put(snapshot, sql, session.settings().ofPlans(), plan);
    }
    return plan;
  }

  /** Plans a statement with as many of the wanted literals as parameters as is safe. */
  private Plan plan(String sql, LiteralText text, BitSet wanted) throws SQLException {
    StoreSnapshot snapshot = current();
    SqlNode statement = StatementParser.statement(sql);
    if (!isTranslated(statement)) {
      return keep(sql, snapshot, plan(statement, snapshot));
    }
    StatementParameters parameters = StatementParameters.of(statement, text.literals().size());
    BitSet replaced = LiteralParameters.replace(statement, text, wanted, parameters.userCount());
    if (!replaced.isEmpty()) {
      BitSet safe;
      try {
        Plan plan = translation(statement, snapshot, parameters).plan();
        safe = parameters.safeLiterals(text, replaced);
        if (safe.equals(replaced)) {
          cache.putLiterals(snapshot, text.skeleton(), session.settings().ofPlans(), replaced);
          return keep(text.key(replaced), snapshot, plan).withLiterals(text.values());
        }
      } catch (MetaxyException e) {
        // Either the statement is wrong, and the error is to be about what the user wrote, or a
        // literal stands where a parameter cannot.
        safe = new BitSet();
      }
      return plan(sql, text, safe);
    }
    Plan plan = keep(sql, snapshot, plan(statement, snapshot));
    cache.putLiterals(snapshot, text.skeleton(), session.settings().ofPlans(), replaced);
    return plan;
  }

  private static boolean isTranslated(SqlNode statement) {
    return !(statement instanceof SqlTransactionControl
        || statement instanceof SqlSetOption
        || statement instanceof SqlExplain
        || DefinitionPlanner.isDefinition(statement));
  }

  /** The schema as this session sees it now. */
  public MetaxySchema schema() throws SQLException {
    return schema(current(), session.settings().view());
  }

  private MetaxySchema schema(StoreSnapshot snapshot, FeatureView view) {
    return new MetaxySchema(
        snapshot,
        session.settings().get(SessionSetting.PROJECT),
        view,
        ConnectionSource.of(session.registryConnection()));
  }

  private Translation translation(SqlNode statement, StoreSnapshot snapshot) {
    return translation(statement, snapshot, StatementParameters.of(statement, 0));
  }

  private Translation translation(
      SqlNode statement, StoreSnapshot snapshot, StatementParameters parameters) {
    FeatureView view = session.settings().view();
    if (session.settings().asOf() != null) {
      view = view.asOf(parameters.ofSession(Plan.Parameter.OfSession.AS_OF));
    }
    return new Translation(schema(snapshot, view), statement, parameters);
  }

  /** The words that SQL-92 does not reserve and this SQL does, separated by commas. */
  public static String keywords() {
    return StatementParser.keywords();
  }

  private Plan plan(SqlNode statement, StoreSnapshot snapshot) throws SQLException {
    if (statement instanceof SqlTransactionControl control) {
      return new Plan.Transaction(control.kind());
    }
    if (statement instanceof SqlSetOption option) {
      return setting(option);
    }
    if (statement instanceof SqlExplain explain) {
      return new Explainer(this).explain(explain);
    }
    return translation(statement, snapshot).plan();
  }

  /** The SQL and the algebra of a statement. */
  Explainer.Explained explain(SqlNode statement) throws SQLException {
    Translation translation = translation(statement, current());
    Plan plan = translation.plan();
    return new Explainer.Explained(plan, translation.algebra());
  }

  private static Plan setting(SqlSetOption option) {
    SessionSetting setting = SessionSetting.of(option.name().toString());
    SqlNode value = option.getValue();
    if (value == null) {
      return new Plan.Setting(setting, null);
    }
    String text;
    if (value instanceof SqlLiteral literal) {
      text = literal.getValue() == null ? null : literal.toValue();
    } else if (value instanceof SqlIdentifier identifier) {
      text = identifier.toString();
    } else {
      throw new MetaxyException(
          SqlState.INVALID_PARAMETER_VALUE,
          "'%s' can be set to a literal, not to %s".formatted(setting.settingName(), value));
    }
    return new Plan.Setting(setting, text);
  }

  /** One statement on its way to the store. */
  private final class Translation {
    private final MetaxySchema schema;
    private final SqlNode statement;
    private final StatementParameters parameters;
    private final SqlValidator validator;
    private final StoreCatalogReader catalogReader;
    private final RelOptCluster cluster;
    private @Nullable RelNode algebra;

    Translation(MetaxySchema schema, SqlNode statement, StatementParameters parameters) {
      this.schema = schema;
      this.statement = statement;
      this.parameters = parameters;
      CalciteSchema root = CalciteSchema.createRootSchema(false, false);
      root.add(CATALOG, schema);
      Properties properties = new Properties();
      properties.setProperty(CalciteConnectionProperty.CASE_SENSITIVE.camelName(), "false");
      this.catalogReader =
          new StoreCatalogReader(
              root, session.settings().schema(), new CalciteConnectionConfigImpl(properties));
      this.validator =
          new StatementValidator(
              StatementOperators.INSTANCE,
              catalogReader,
              MetaxyTypeFactory.INSTANCE,
              SqlValidator.Config.DEFAULT
                  .withIdentifierExpansion(true)
                  .withTypeCoercionFactory(StoreTypeCoercion::new)
                  .withConformance(StatementConformance.INSTANCE));
      HepPlanner planner = new HepPlanner(HepProgram.builder().build());
      planner.setExecutor((rexBuilder, constants, reduced) -> reduced.addAll(constants));
      this.cluster = RelOptCluster.create(planner, new RexBuilder(MetaxyTypeFactory.INSTANCE));
      cluster.setMetadataQuerySupplier(
          () ->
              new RelMetadataQuery(
                  new ProxyingMetadataHandlerProvider(DefaultRelMetadataProvider.INSTANCE)) {});
    }

    Plan plan() {
      try {
        return translate();
      } catch (MetaxyException e) {
        throw e;
      } catch (RuntimeException | AssertionError e) {
        RuntimeException failure =
            e instanceof RuntimeException r ? r : new IllegalStateException(e);
        throw new StatementErrors(schema, statement).ofValidation(failure);
      }
    }

    private Plan translate() {
      if (DefinitionPlanner.isDefinition(statement)) {
        return new DefinitionPlanner(schema, validator).plan(statement);
      }
      if (statement instanceof SqlMerge merge) {
        return merge(merge);
      }
      if (statement instanceof SqlInsert insert
          && insert.getTargetTable() instanceof SqlIdentifier target) {
        AppendPlanner.requireActive("INSERT", target);
        AppendPlanner.requireValues(insert.getSource());
      }
      SqlNode validated = validator.validate(statement);
      RelRoot root = convert(validated);
      if (root.rel instanceof TableModify modify) {
        return appends(modify) ? append(validated, modify) : modification(modify);
      }
      Plan.StoreStatement store = toStore(root.project(true));
      return new Plan.Query(store, copied(), columns(validated), parameters.userCount());
    }

    /** A longer list is a table of rows, which of parameters would be a UNION of each of them. */
    private int inListLimit() {
      return parameters.userCount() > IN_LIST_LIMIT ? Integer.MAX_VALUE : IN_LIST_LIMIT;
    }

    private RelRoot convert(SqlNode validated) {
      parameters.setTypes(validated, validator);
      SqlToRelConverter converter =
          new SqlToRelConverter(
              (type, sql, schemaPath, viewPath) -> {
                throw new UnsupportedOperationException("views");
              },
              validator,
              catalogReader,
              cluster,
              StoreConvertlets.INSTANCE,
              SqlToRelConverter.config()
                  .withExpand(false)
                  .withTrimUnusedFields(false)
                  .withInSubQueryThreshold(inListLimit()));
      return converter.convertQuery(validated, false, true);
    }

    RelNode algebra() {
      if (algebra == null) {
        throw new IllegalStateException("not planned yet");
      }
      return algebra;
    }

    private Plan modification(TableModify modify) {
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
      return modify.isInsert()
          || (modify.isUpdate() && table != null && table.rows() == Rows.ACTIVE);
    }

    private Plan append(SqlNode validated, TableModify modify) {
      FeatureAppend append =
          validated instanceof SqlInsert insert
              ? FeatureAppend.ofInsert(
                  modify,
                  AppendPlanner.givenColumns(
                      insert,
                      modify.getTable().getRowType().getFieldNames(),
                      validator.getValidatedNodeType(insert.getSource()).getFieldCount()))
              : FeatureAppend.ofUpdate(modify);
      return modify.isUpdate() && append.table().storeTable().kind() == StoreTable.Kind.ABSENT
          ? new Plan.Nothing(parameters.userCount())
          : append(append, false);
    }

    private Plan.Append append(FeatureAppend append, boolean onePerRecord) {
      return new AppendPlanner(parameters, this::toStore, this::algebra).plan(append, onePerRecord);
    }

    private Plan merge(SqlMerge merge) {
      SqlIdentifier target = (SqlIdentifier) merge.getTargetTable();
      AppendPlanner.requireActive("MERGE", target);
      RelOptTable table = catalogReader.getTable(target.names);
      if (table == null) {
        throw new StatementErrors(schema, statement).tableNotFound(target);
      }
      FeatureTable feature = FeatureAppend.writable(table, "MERGE");
      catalogReader.getRootSchema().add(MergeSchema.NAME, new MergeSchema(feature));
      MergePlanner planner =
          new MergePlanner(
              merge,
              feature,
              table.getRowType(),
              source -> validator.getValidatedNodeType(validator.validate(source)).getFieldNames());
      SqlInsert insert = planner.insert();
      if (insert == null) {
        return new Plan.Nothing(parameters.userCount());
      }
      RelRoot root = convert(validator.validate(insert));
      return append(planner.rows((TableModify) root.rel), true);
    }

    private Plan.StoreStatement toStore(RelNode rel) {
      algebra = StoreSql.optimize(rel, session.dialect());
      return statement(algebra);
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

    private List<Plan.Column> columns(SqlNode validated) {
      List<String> labels = validator.getValidatedNodeType(validated).getFieldNames();
      List<? extends @Nullable List<String>> origins = validator.getFieldOrigins(validated);
      List<Plan.Column> columns = new ArrayList<>();
      for (int i = 0; i < labels.size(); i++) {
        List<String> origin = i < origins.size() ? origins.get(i) : null;
        columns.add(
            origin == null || origin.size() < 3
                ? new Plan.Column(labels.get(i), null, null, null)
                : new Plan.Column(
                    labels.get(i),
                    origin.get(origin.size() - 3),
                    origin.get(origin.size() - 2),
                    origin.get(origin.size() - 1)));
      }
      return List.copyOf(columns);
    }
  }

  static String algebraText(RelNode rel) {
    return RelOptUtil.toString(rel).stripTrailing();
  }
}
