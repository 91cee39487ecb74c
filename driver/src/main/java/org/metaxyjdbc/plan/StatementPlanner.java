package org.metaxyjdbc.plan;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.config.CalciteConnectionProperty;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.plan.RelOptCluster;
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
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlExplain;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSetOption;
import org.apache.calcite.sql.ddl.SqlCreateTable;
import org.apache.calcite.sql.ddl.SqlDropTable;
import org.apache.calcite.sql.fun.SqlLibrary;
import org.apache.calcite.sql.fun.SqlLibraryOperatorTableFactory;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.util.SqlString;
import org.apache.calcite.sql.validate.SqlConformance;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlDelegatingConformance;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.apache.calcite.util.Util;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.adapter.FeatureAppend;
import org.metaxyjdbc.adapter.FeatureModification;
import org.metaxyjdbc.adapter.FeatureTable;
import org.metaxyjdbc.adapter.MetaxySchema;
import org.metaxyjdbc.adapter.Rows;
import org.metaxyjdbc.adapter.StoreSql;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;
import org.metaxyjdbc.parser.SqlTransactionControl;
import org.metaxyjdbc.session.Session;
import org.metaxyjdbc.session.SessionSetting;
import org.metaxyjdbc.store.ConnectionSource;
import org.metaxyjdbc.store.MetaxyTypeFactory;
import org.metaxyjdbc.store.MetaxyTypeSystem;
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
  private static final int SESSION_PARAMETERS = 2;

  private static final SqlOperatorTable OPERATORS =
      SqlLibraryOperatorTableFactory.INSTANCE.getOperatorTable(
          SqlLibrary.STANDARD, SqlLibrary.POSTGRESQL);

  /** The stores refuse a column that is neither grouped nor aggregated. */
  private static final SqlConformance STRICT_GROUPS =
      new SqlDelegatingConformance(SqlConformanceEnum.BABEL) {
        @Override
        public boolean isNonStrictGroupBy() {
          return false;
        }
      };

  private final Session session;
  private final PlanCache cache;

  public StatementPlanner(Session session, OpenStore store) {
    this.session = session;
    this.cache = store.plans();
  }

  /**
   * Plans a statement, or finds the plan that it had before.
   *
   * @throws MetaxyException 42xxx for what is wrong with it, 0A000 for what the store cannot do
   */
  public Plan plan(String sql) throws SQLException {
    StoreSnapshot recent = session.store().recentSnapshot(session.connection());
    Plan known = cache.get(recent, sql, session.settings());
    if (known != null) {
      return known;
    }
    SqlNode statement = StatementParser.statement(sql);
    StoreSnapshot snapshot = session.store().snapshot(session.connection());
    Plan plan = plan(statement, snapshot);
    if (!(plan instanceof Plan.Definition)) {
      cache.put(snapshot, sql, session.settings(), plan);
    }
    return plan;
  }

  /** The schema as this session sees it now. */
  public MetaxySchema schema() throws SQLException {
    return schema(session.store().snapshot(session.connection()));
  }

  private MetaxySchema schema(StoreSnapshot snapshot) {
    return new MetaxySchema(
        snapshot,
        session.settings().get(SessionSetting.PROJECT),
        session.settings().view(),
        ConnectionSource.of(session.connection()));
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
    MetaxySchema schema = schema(snapshot);
    try {
      return new Translation(schema, statement).plan();
    } catch (MetaxyException e) {
      throw e;
    } catch (RuntimeException | AssertionError e) {
      RuntimeException failure = e instanceof RuntimeException r ? r : new IllegalStateException(e);
      throw new StatementErrors(schema, statement).ofValidation(failure);
    }
  }

  /** The SQL and the algebra of a statement. */
  Explainer.Explained explain(SqlNode statement) throws SQLException {
    MetaxySchema schema = schema();
    try {
      Translation translation = new Translation(schema, statement);
      Plan plan = translation.plan();
      return new Explainer.Explained(plan, translation.algebra());
    } catch (MetaxyException e) {
      throw e;
    } catch (RuntimeException | AssertionError e) {
      RuntimeException failure = e instanceof RuntimeException r ? r : new IllegalStateException(e);
      throw new StatementErrors(schema, statement).ofValidation(failure);
    }
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
    private final int parameterCount;
    private final SqlValidator validator;
    private final StoreCatalogReader catalogReader;
    private final RelOptCluster cluster;
    private final List<SqlTypeName> parameterTypes = new ArrayList<>();
    private @Nullable RelNode algebra;

    Translation(MetaxySchema schema, SqlNode statement) {
      this.schema = schema;
      this.statement = statement;
      this.parameterCount = countParameters(statement);
      CalciteSchema root = CalciteSchema.createRootSchema(false, false);
      root.add(CATALOG, schema);
      Properties properties = new Properties();
      properties.setProperty(CalciteConnectionProperty.CASE_SENSITIVE.camelName(), "false");
      this.catalogReader =
          new StoreCatalogReader(
              root, session.settings().schema(), new CalciteConnectionConfigImpl(properties));
      this.validator =
          SqlValidatorUtil.newValidator(
              OPERATORS,
              catalogReader,
              MetaxyTypeFactory.INSTANCE,
              SqlValidator.Config.DEFAULT
                  .withIdentifierExpansion(true)
                  .withTypeCoercionFactory(StoreTypeCoercion::new)
                  .withConformance(STRICT_GROUPS));
      HepPlanner planner = new HepPlanner(HepProgram.builder().build());
      planner.setExecutor((rexBuilder, constants, reduced) -> reduced.addAll(constants));
      this.cluster = RelOptCluster.create(planner, new RexBuilder(MetaxyTypeFactory.INSTANCE));
      cluster.setMetadataQuerySupplier(
          () ->
              new RelMetadataQuery(
                  new ProxyingMetadataHandlerProvider(DefaultRelMetadataProvider.INSTANCE)) {});
    }

    Plan plan() {
      if (statement instanceof SqlCreateTable create) {
        return new DefinitionPlanner(schema, validator).create(create);
      }
      if (statement instanceof SqlDropTable drop) {
        return new DefinitionPlanner(schema, validator).drop(drop);
      }
      if (statement instanceof SqlInsert insert
          && insert.getTargetTable() instanceof SqlIdentifier target) {
        requireActive(target);
        requireValues(insert.getSource());
      }
      SqlNode validated = validator.validate(statement);
      for (RelDataTypeField parameter : validator.getParameterRowType(validated).getFieldList()) {
        parameterTypes.add(parameter.getType().getSqlTypeName());
      }
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
                  .withInSubQueryThreshold(IN_LIST_LIMIT));
      RelRoot root = converter.convertQuery(validated, false, true);
      if (root.rel instanceof TableModify modify) {
        return appends(modify) ? append(validated, modify) : modification(modify);
      }
      return new Plan.Query(toStore(root.project(true)), columns(validated), parameterCount);
    }

    RelNode algebra() {
      if (algebra == null) {
        throw new IllegalStateException("not planned yet");
      }
      return algebra;
    }

    private Plan modification(TableModify modify) {
      RelDataType text = MetaxyTypeFactory.INSTANCE.createSqlType(SqlTypeName.VARCHAR);
      FeatureModification.Result result =
          FeatureModification.rewrite(
              modify,
              new FeatureModification.Session(
                  session.settings().is(SessionSetting.HARD_DELETE),
                  session.settings().is(SessionSetting.APPEND_ONLY),
                  sessionParameter(timestamp(), 0),
                  sessionParameter(text, 1)));
      Plan.StoreStatement store = toStore(result.rel());
      if (result.target().kind() == StoreTable.Kind.ABSENT || changesNothing(algebra())) {
        return new Plan.Nothing(parameterCount);
      }
      if (result.countedBy().isEmpty()) {
        return new Plan.Update(store, result.target(), false, parameterCount);
      }
      String counting = session.dialect().countingRecords(store.sql(), result.countedBy());
      return new Plan.Update(
          new Plan.StoreStatement(counting, store.parameters()),
          result.target(),
          true,
          parameterCount);
    }

    /** Before Calcite misses the columns that the other schemas add. */
    private static void requireActive(SqlIdentifier target) {
      List<String> names = target.names;
      String schema = names.size() < 2 ? Rows.ACTIVE.schemaName() : names.get(names.size() - 2);
      for (Rows rows : Rows.values()) {
        if (rows != Rows.ACTIVE && rows.schemaName().equalsIgnoreCase(schema)) {
          throw new MetaxyException(
              SqlState.NOT_ALLOWED,
              "INSERT is not possible in %s; use active.%s"
                  .formatted(rows.schemaName(), Util.last(names)));
        }
      }
    }

    /** A default is the store's, which gives it where a column is left out. */
    private static void requireValues(SqlNode source) {
      source.accept(
          new SqlBasicVisitor<@Nullable Void>() {
            @Override
            public @Nullable Void visit(SqlCall call) {
              if (call.getKind() == SqlKind.DEFAULT) {
                throw MetaxyException.unsupported(
                    "DEFAULT is not possible in VALUES: leave the column out of the INSERT, and it gets its default");
              }
              return super.visit(call);
            }
          });
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
              ? FeatureAppend.ofInsert(modify, givenColumns(insert, modify))
              : FeatureAppend.ofUpdate(modify);
      if (append.update() && append.table().storeTable().kind() == StoreTable.Kind.ABSENT) {
        return new Plan.Nothing(parameterCount);
      }
      RexNode now = sessionParameter(timestamp(), 0);
      Plan.StoreStatement newer = toStore(append.newerVersions(now));
      Plan.StoreStatement newerOfRecord =
          toStore(
              append.newerVersionsOfRecord(
                  now,
                  i ->
                      cluster
                          .getRexBuilder()
                          .makeDynamicParam(
                              MetaxyTypeFactory.INSTANCE.createSqlType(SqlTypeName.ANY),
                              parameterCount + SESSION_PARAMETERS + i)));
      return new Plan.Append(
          toStore(append.source()),
          append.table(),
          append.columns(),
          append.kept(),
          append.copied(),
          append.update(),
          newer,
          newerOfRecord,
          parameterCount);
    }

    /** Without a list of columns, the first ones, as many as the source has. */
    private List<String> givenColumns(SqlInsert insert, TableModify modify) {
      List<String> all = modify.getTable().getRowType().getFieldNames();
      SqlNodeList list = insert.getTargetColumnList();
      if (list == null) {
        return all.subList(0, validator.getValidatedNodeType(insert.getSource()).getFieldCount());
      }
      List<String> names = new ArrayList<>();
      for (SqlNode node : list) {
        String name = Util.last(((SqlIdentifier) node).names);
        names.add(
            all.stream()
                .filter(name::equals)
                .findFirst()
                .or(() -> all.stream().filter(name::equalsIgnoreCase).findFirst())
                .orElseThrow());
      }
      return names;
    }

    /** A parameter that the session gives: 0 is the time, 1 the materialization id. */
    private RexNode sessionParameter(RelDataType type, int i) {
      RexBuilder rexBuilder = cluster.getRexBuilder();
      return rexBuilder.makeAbstractCast(
          type, rexBuilder.makeDynamicParam(type, parameterCount + i), false);
    }

    private RelDataType timestamp() {
      return MetaxyTypeFactory.INSTANCE.createSqlType(
          SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE, MetaxyTypeSystem.TIMESTAMP_PRECISION);
    }

    private Plan.StoreStatement toStore(RelNode rel) {
      algebra = StoreSql.optimize(rel);
      SqlString sql = StoreSql.toSql(algebra, session.dialect());
      List<Plan.Parameter> parameters = new ArrayList<>();
      List<Integer> dynamic = sql.getDynamicParameters();
      if (dynamic != null) {
        for (int index : dynamic) {
          parameters.add(parameter(index));
        }
      }
      return new Plan.StoreStatement(sql.getSql(), List.copyOf(parameters));
    }

    private Plan.Parameter parameter(int index) {
      return index < parameterCount
          ? new Plan.Parameter.OfUser(index, parameterTypes.get(index))
          : switch (index - parameterCount) {
            case 0 -> Plan.Parameter.OfSession.NOW;
            case 1 -> Plan.Parameter.OfSession.MATERIALIZATION_ID;
            default -> new Plan.Parameter.OfRecord(index - parameterCount - SESSION_PARAMETERS);
          };
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

  private static int countParameters(SqlNode statement) {
    int[] count = {0};
    statement.accept(
        new SqlBasicVisitor<@Nullable Void>() {
          @Override
          public @Nullable Void visit(SqlDynamicParam param) {
            count[0] = Math.max(count[0], param.getIndex() + 1);
            return null;
          }
        });
    return count[0];
  }

  static String algebraText(RelNode rel) {
    return RelOptUtil.toString(rel).stripTrailing();
  }
}
