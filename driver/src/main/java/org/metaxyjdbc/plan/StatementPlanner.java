package org.metaxyjdbc.plan;

import java.sql.SQLException;
import java.util.BitSet;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.sql.SqlExplain;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSetOption;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.adapter.FeatureView;
import org.metaxyjdbc.adapter.MetaxySchema;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;
import org.metaxyjdbc.parser.SqlTransactionControl;
import org.metaxyjdbc.session.PlanSettings;
import org.metaxyjdbc.session.Session;
import org.metaxyjdbc.session.SessionSetting;
import org.metaxyjdbc.store.ConnectionSource;
import org.metaxyjdbc.store.StoreSnapshot;

/**
 * Plans statements of one session: Calcite's parser, validator and converter to algebra, our
 * rewriting over physical rows, and Calcite's converter back to SQL. What comes out is one
 * statement of the store.
 */
public final class StatementPlanner {
  private final Session session;
  private final PlanCache cache;
  private @Nullable StoreSnapshot lastSeen;

  public StatementPlanner(Session session, OpenStore store) {
    this.session = session;
    this.cache = store.plans();
  }

  /**
   * A plan and what it was made for.
   *
   * @param snapshot the state of the registry
   */
  public record Known(Plan plan, @Nullable StoreSnapshot snapshot, PlanSettings settings) {}

  /**
   * Plans a statement that runs again.
   *
   * @param before what this gave the last time; null for the first time
   */
  public Known plan(String sql, @Nullable Known before) throws SQLException {
    PlanSettings settings = session.settings().ofPlans();
    Plan change = before == null ? sessionChange(sql) : before.plan;
    if (change instanceof Plan.SessionChange) {
      return new Known(change, null, settings);
    }
    StoreSnapshot recent = recent();
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
      throw StatementErrors.tooDeep(e);
    }
  }

  private Plan planOrFind(String sql) throws SQLException {
    Plan change = sessionChange(sql);
    if (change != null) {
      return change;
    }
    StoreSnapshot recent = recent();
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

  /**
   * What the rows of a query are, for a result set that changes them.
   *
   * @param columns what its plan says of them
   * @throws MetaxyException 0A000 where they cannot be changed; the message says why
   */
  public RecordRows recordRows(String sql, List<Plan.Column> columns) throws SQLException {
    return RecordRows.of(
        StatementParser.statement(sql), columns, schema(recent(), session.settings().view()));
  }

  private StoreSnapshot recent() throws SQLException {
    return seen(session.store().recentSnapshot(session.registryConnection()));
  }

  private StoreSnapshot current() throws SQLException {
    return seen(session.store().snapshot(session.registryConnection()));
  }

  /** Another registry is a hint that tables are others too. */
  private StoreSnapshot seen(StoreSnapshot snapshot) throws SQLException {
    if (snapshot != lastSeen) {
      if (lastSeen != null) {
        session.forgetStatements();
      }
      lastSeen = snapshot;
    }
    return snapshot;
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
    return !(statement instanceof SqlExplain || DefinitionPlanner.isDefinition(statement));
  }

  /** The catalog of all that the session sees: the store. */
  public String catalog() {
    return session.store().name();
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
    return new Translation(session, schema(snapshot, view), statement, parameters);
  }

  /** The words that SQL-92 does not reserve and this SQL does, separated by commas. */
  public static String keywords() {
    return StatementParser.keywords();
  }

  private Plan plan(SqlNode statement, StoreSnapshot snapshot) throws SQLException {
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

  private static @Nullable Plan sessionChange(String sql) {
    SqlNode statement = StatementParser.ofSession(sql);
    if (statement instanceof SqlTransactionControl control) {
      return new Plan.Transaction(control.kind());
    }
    return statement instanceof SqlSetOption option ? setting(option) : null;
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

  static String algebraText(RelNode rel) {
    return RelOptUtil.toString(rel).stripTrailing();
  }
}
