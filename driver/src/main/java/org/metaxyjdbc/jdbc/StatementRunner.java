package org.metaxyjdbc.jdbc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;
import org.metaxyjdbc.plan.Plan;
import org.metaxyjdbc.session.Session;
import org.metaxyjdbc.session.SessionSetting;
import org.metaxyjdbc.session.StoreStatements;
import org.metaxyjdbc.store.StoreTable;
import org.metaxyjdbc.write.FeatureTables;
import org.metaxyjdbc.write.VersionAppender;

/** Runs plans for one statement: binds parameters, forwards limits, and reads the result. */
final class StatementRunner {
  /** What came of a statement: a result set, or an update count. */
  record Outcome(@Nullable MetaxyResultSet resultSet, long updateCount) {
    static Outcome updated(long count) {
      return new Outcome(null, count);
    }
  }

  private final MetaxyConnection connection;
  private final Session session;
  private final StatementState state;
  private volatile @Nullable Statement running;

  StatementRunner(MetaxyConnection connection, StatementState state) {
    this.connection = connection;
    this.session = connection.session();
    this.state = state;
  }

  /** Cancels what runs in the store, from any thread. */
  void cancel() throws SQLException {
    Statement statement = running;
    if (statement != null) {
      statement.cancel();
    }
  }

  void run(Plan plan, List<ParameterBinding> values) throws SQLException {
    if (values.size() < plan.parameterCount()) {
      throw new MetaxyException(
              SqlState.SEQUENCE_ERROR,
              "The statement has %d parameters; prepare it and give them values"
                  .formatted(plan.parameterCount()))
          .toSqlException();
    }
    try {
      state.setOutcome(outcome(plan, values));
    } catch (MetaxyException e) {
      throw e.toSqlException();
    } catch (SQLException e) {
      throw StoreErrors.translate(e, session.dialect());
    }
  }

  private Outcome outcome(Plan plan, List<ParameterBinding> values) throws SQLException {
    if (plan instanceof Plan.Query query) {
      return query(query, values);
    }
    if (plan instanceof Plan.Setting setting) {
      set(setting);
      return Outcome.updated(0);
    }
    if (plan instanceof Plan.Transaction transaction) {
      transact(transaction);
      return Outcome.updated(0);
    }
    if (plan instanceof Plan.Explanation explanation) {
      return new Outcome(MetaxyResultSet.ofText(state.statement(), "PLAN", explanation.text()), -1);
    }
    if (session.settings().is(SessionSetting.READ_ONLY)) {
      throw new MetaxyException(
          SqlState.READ_ONLY, "The session is read-only; SET read_only = false to change data");
    }
    if (session.settings().asOf() != null) {
      throw new MetaxyException(
          SqlState.READ_ONLY,
          "The session looks at the store as of %s and cannot change it; SET as_of = none to change data"
              .formatted(session.settings().get(SessionSetting.AS_OF)));
    }
    if (plan instanceof Plan.Update update) {
      return Outcome.updated(session.atomically(() -> update(update, values)));
    }
    if (plan instanceof Plan.Append append) {
      return Outcome.updated(append(append, List.of(values))[0]);
    }
    if (plan instanceof Plan.CreateFeature create) {
      new FeatureTables(session).create(create.definition());
    } else if (plan instanceof Plan.AddColumn add) {
      new FeatureTables(session).addColumn(add.target(), add.column());
    } else if (plan instanceof Plan.DropFeature drop) {
      new FeatureTables(session).drop(drop.target());
    }
    return Outcome.updated(0);
  }

  private Outcome query(Plan.Query query, List<ParameterBinding> values) throws SQLException {
    StoreStatements.Lease lease = session.statements().lease(query.statement().sql());
    boolean opened = false;
    try {
      ResultSet rows = prepare(lease, query.statement(), values).executeQuery();
      MetaxyResultSet result =
          MetaxyResultSet.ofStore(
              state.statement(), rows, lease, query.columns(), session.dialect().types());
      opened = true;
      return new Outcome(result, -1);
    } finally {
      running = null;
      if (!opened) {
        lease.fail();
        lease.close();
      }
    }
  }

  private long update(Plan.Update update, List<ParameterBinding> values) throws SQLException {
    session.lockForWriting(update.target());
    StoreStatements.Lease lease = session.statements().lease(update.statement().sql());
    boolean done = false;
    try {
      PreparedStatement statement = prepare(lease, update.statement(), values);
      long result = update.countFromResult() ? count(statement) : statement.executeUpdate();
      done = true;
      return result;
    } finally {
      running = null;
      if (!done) {
        lease.fail();
      }
      lease.close();
    }
  }

  /** Appends what each set of parameters gives; returns the number of rows of each. */
  private long[] append(Plan.Append append, List<List<ParameterBinding>> executions)
      throws SQLException {
    return session.allOrNothing(
        () -> {
          StoreTable table = append.target().storeTable();
          session.lockForWriting(table);
          if (table.kind() == StoreTable.Kind.ABSENT) {
            table = new FeatureTables(session).createDeclared(append.target());
          }
          long[] counts = new long[executions.size()];
          try (VersionAppender appender = new VersionAppender(session, append, table, now())) {
            for (int i = 0; i < counts.length; i++) {
              counts[i] = append(appender, append.sources(), executions.get(i));
            }
            appender.finish();
          }
          return counts;
        });
  }

  private long append(
      VersionAppender appender, List<Plan.Source> sources, List<ParameterBinding> values)
      throws SQLException {
    long count = 0;
    for (int i = 0; i < sources.size(); i++) {
      Plan.StoreStatement source = sources.get(i).statement();
      StoreStatements.Lease lease = session.statements().lease(source.sql());
      boolean done = false;
      PreparedStatement statement = prepare(lease, source, values);
      lease.limit(state.statement().getQueryTimeout(), 0, state.statement().getFetchSize());
      try (ResultSet rows = statement.executeQuery()) {
        count += appender.append(i, rows);
        done = true;
      } finally {
        running = null;
        if (!done) {
          lease.fail();
        }
        lease.close();
      }
    }
    return count;
  }

  private static long count(PreparedStatement statement) throws SQLException {
    try (ResultSet count = statement.executeQuery()) {
      count.next();
      return count.getLong(1);
    }
  }

  /** The store's statement with its parameters and with the limits that the user set. */
  private PreparedStatement prepare(
      StoreStatements.Lease lease, Plan.StoreStatement store, List<ParameterBinding> values)
      throws SQLException {
    PreparedStatement statement = lease.statement();
    List<Plan.Parameter> parameters = store.parameters();
    OffsetDateTime now = parameters.contains(Plan.Parameter.OfSession.NOW) ? now() : null;
    for (int i = 0; i < parameters.size(); i++) {
      bind(statement, i + 1, parameters.get(i), values, now);
    }
    Statement user = state.statement();
    lease.limit(user.getQueryTimeout(), user.getLargeMaxRows(), user.getFetchSize());
    running = statement;
    return statement;
  }

  private void bind(
      PreparedStatement statement,
      int i,
      Plan.Parameter parameter,
      List<ParameterBinding> values,
      @Nullable OffsetDateTime now)
      throws SQLException {
    if (parameter instanceof Plan.Parameter.OfUser user) {
      values.get(user.index()).bind(statement, i, user.type());
    } else if (parameter == Plan.Parameter.OfSession.NOW) {
      statement.setObject(i, now);
    } else if (parameter == Plan.Parameter.OfSession.AS_OF) {
      statement.setObject(i, session.settings().asOf());
    } else {
      String id = session.settings().get(SessionSetting.MATERIALIZATION_ID);
      if (id == null) {
        statement.setNull(i, Types.VARCHAR);
      } else {
        statement.setString(i, id);
      }
    }
  }

  /** The time of a statement, with the microseconds that the stores keep. */
  static OffsetDateTime now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
  }

  private void set(Plan.Setting setting) {
    if (setting.value() == null) {
      session.settings().reset(setting.setting());
    } else {
      session.settings().set(setting.setting(), setting.value());
    }
  }

  private void transact(Plan.Transaction transaction) throws SQLException {
    switch (transaction.kind()) {
      case BEGIN -> connection.setAutoCommit(false);
      case COMMIT -> {
        if (!connection.getAutoCommit()) {
          connection.commit();
        }
      }
      case ROLLBACK -> {
        if (!connection.getAutoCommit()) {
          connection.rollback();
        }
      }
    }
  }
}
