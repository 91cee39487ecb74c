package org.metaxyjdbc.jdbc;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;
import org.metaxyjdbc.plan.Plan;
import org.metaxyjdbc.plan.RecordRows;
import org.metaxyjdbc.session.CurrentCopies;
import org.metaxyjdbc.session.Session;
import org.metaxyjdbc.session.SessionSetting;
import org.metaxyjdbc.session.StoreStatements;
import org.metaxyjdbc.store.StoreTable;
import org.metaxyjdbc.store.StoreTypes;
import org.metaxyjdbc.store.StoreValues;
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
  private final OpenCatalog catalog;
  private final Session session;
  private final MetaxyStatement user;
  private final RunningStatement running = new RunningStatement();
  private volatile boolean isCancelled;
  private @Nullable OffsetDateTime time;

  StatementRunner(MetaxyConnection connection, OpenCatalog catalog, MetaxyStatement user) {
    this.connection = connection;
    this.catalog = catalog;
    this.session = catalog.session();
    this.user = user;
  }

  OpenCatalog catalog() {
    return catalog;
  }

  /** Cancels what runs in the store, from any thread; what ends meanwhile needs none. */
  void cancel() throws SQLException {
    isCancelled = true;
    try {
      running.cancel(session.dialect());
    } catch (SQLException e) {
      throw StoreErrors.translate(e, session.dialect());
    }
  }

  Outcome run(Plan plan, List<ParameterBinding> values) throws SQLException {
    if (values.size() < plan.parameterCount() && !(plan instanceof Plan.Explanation)) {
      throw new MetaxyException(
              SqlState.SEQUENCE_ERROR,
              "The statement has %d parameters; prepare it and give them values"
                  .formatted(plan.parameterCount()))
          .toSqlException();
    }
    isCancelled = false;
    time = null;
    return translated(
        () -> {
          session.finishReading();
          return outcome(plan, values);
        });
  }

  private <T> T translated(Session.Work<T> work) throws SQLException {
    try {
      return work.run();
    } catch (MetaxyException e) {
      throw StoreErrors.translate(e.toSqlException(), session.dialect());
    } catch (SQLException e) {
      throw StoreErrors.translate(e, session.dialect());
    }
  }

  /** Runs work that is wholly done or not at all. */
  <T> T allOrNothing(Session.Work<T> work) throws SQLException {
    isCancelled = false;
    return translated(
        () -> {
          session.finishReading();
          return session.allOrNothing(work);
        });
  }

  private void requireWritable() {
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
  }

  private Outcome outcome(Plan plan, List<ParameterBinding> values) throws SQLException {
    if (plan instanceof Plan.Query query) {
      lock(query.locked());
      return query(query, values);
    }
    if (plan instanceof Plan.Computed computed) {
      lock(computed.locked());
      return computed(computed, values);
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
      return new Outcome(MetaxyResultSet.ofText(user, "PLAN", explanation.text()), -1);
    }
    requireWritable();
    if (plan instanceof Plan.Update update) {
      Session.Work<Long> work =
          () -> session.writing(update.target(), () -> update(update, values));
      return Outcome.updated(update.countFromResult() ? session.atomically(work) : work.run());
    }
    if (plan instanceof Plan.UpdateEach update) {
      return Outcome.updated(
          session.allOrNothing(
              () -> session.writing(update.each().target(), () -> updateEach(update, values))));
    }
    if (plan instanceof Plan.Append append) {
      return Outcome.updated(append(append, List.of(values), execution -> {})[0]);
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

  /** Whether the rows are to be fetched bit by bit, in a transaction for that. */
  private boolean beginsReading() throws SQLException {
    return user.getFetchSize() > 0
        && user.records() == null
        && user.getResultSetType() == ResultSet.TYPE_FORWARD_ONLY
        && session.beginReading(user.getResultSetHoldability());
  }

  private Outcome query(Plan.Query query, List<ParameterBinding> values) throws SQLException {
    RecordRows records = user.records();
    boolean reading = beginsReading();
    Plan.StoreStatement store = chosen(query);
    StoreStatements.Lease lease = session.statements().lease(store.sql());
    boolean opened = false;
    try {
      PreparedStatement statement = bound(lease, store, values);
      lease.limit(user.getQueryTimeout(), user.getLargeMaxRows(), user.getFetchSize());
      ResultSet rows = statement.executeQuery();
      MetaxyResultSet result =
          records == null
              ? MetaxyResultSet.ofStore(user, session, rows, lease, query.columns())
              : updatable(rows, lease, query.columns(), session.dialect().types(), records);
      if (reading) {
        session.reading(result);
      }
      opened = true;
      return new Outcome(result, -1);
    } finally {
      running.end(session.dialect());
      if (!opened) {
        lease.fail();
        lease.close();
        if (reading) {
          session.endReading();
        }
      }
    }
  }

  private MetaxyResultSet updatable(
      ResultSet rows,
      StoreStatements.@Nullable Lease lease,
      List<Plan.Column> columns,
      StoreTypes types,
      RecordRows records)
      throws SQLException {
    return UpdatableResultSet.of(
        user, MetaxyResultSet.copy(user, rows, lease, columns, types), columns, records);
  }

  private ResultSet computed(Plan.ComputedRows rows, List<ParameterBinding> values)
      throws SQLException {
    return ComputedResult.of(rows.query(), new ComputedSource(this, session, user, rows, values));
  }

  private Outcome computed(Plan.Computed plan, List<ParameterBinding> values) throws SQLException {
    boolean reading = beginsReading();
    boolean opened = false;
    try {
      ResultSet rows = computed(plan.rows(), values);
      RecordRows records = user.records();
      MetaxyResultSet result =
          records == null
              ? MetaxyResultSet.ofComputed(user, session, rows, plan.columns())
              : updatable(rows, null, plan.columns(), StoreTypes.IN_MEMORY, records);
      if (reading) {
        session.reading(result);
      }
      opened = true;
      return new Outcome(result, -1);
    } finally {
      if (!opened && reading) {
        session.endReading();
      }
    }
  }

  /** A lock ends with the transaction; where each statement is one, there is nothing to keep. */
  private void lock(List<StoreTable> tables) throws SQLException {
    if (!tables.isEmpty() && !session.isAutoCommit()) {
      requireWritable();
      for (StoreTable table : tables) {
        session.lockForWriting(table);
      }
    }
  }

  /** The statement of a query that is faster now. */
  private Plan.StoreStatement chosen(Plan.Query query) throws SQLException {
    Plan.CopiedStatement copied = query.copied();
    return copied != null && catalog.copies().areCurrent(session, copied.copies())
        ? copied.statement()
        : query.statement();
  }

  /** The columns of what a plan gives; null where that is no result set. */
  @Nullable ResultSetMetaData describe(Plan plan) throws SQLException {
    if (plan instanceof Plan.Computed computed) {
      return new MetaxyResultSetMetaData(
          ComputedResult.columns(computed.rows().query()).getMetaData(),
          computed.columns(),
          StoreTypes.IN_MEMORY);
    }
    if (!(plan instanceof Plan.Query query)) {
      return null;
    }
    try (StoreStatements.Lease lease = session.statements().lease(query.statement().sql())) {
      ResultSetMetaData columns = lease.statement().getMetaData();
      return columns == null
          ? null
          : new MetaxyResultSetMetaData(columns, query.columns(), session.dialect().types());
    } catch (SQLException e) {
      throw StoreErrors.translate(e, session.dialect());
    }
  }

  private long update(Plan.Update update, List<ParameterBinding> values) throws SQLException {
    if (session.settings().is(SessionSetting.HARD_DELETE)) {
      CurrentCopies.clear(session, update.target());
    }
    return leased(
        update.statement(),
        values,
        statement -> update.countFromResult() ? count(statement) : statement.executeUpdate());
  }

  /** All ids are read before the first record is changed. */
  private long updateEach(Plan.UpdateEach plan, List<ParameterBinding> values) throws SQLException {
    List<List<ParameterBinding>> records = new ArrayList<>();
    try (ResultSet ids = computed(plan.ids(), values)) {
      StoreValues read = StoreValues.of(ids, StoreTypes.IN_MEMORY);
      while (ids.next()) {
        List<ParameterBinding> record = new ArrayList<>(values);
        for (int i = 1; i <= ids.getMetaData().getColumnCount(); i++) {
          record.add(ParameterBinding.of(session.dialect().types(), read.value(i)));
        }
        records.add(record);
      }
    }
    long count = 0;
    for (List<ParameterBinding> record : records) {
      requireGoing();
      boolean hasNull =
          record.subList(values.size(), record.size()).stream()
              .anyMatch(ParameterBinding.OfNull.class::isInstance);
      count += update(hasNull ? plan.eachWithNull() : plan.each(), record);
    }
    return count;
  }

  /** Something done with a statement of the store. */
  private interface StatementWork {
    long run(PreparedStatement statement) throws SQLException;
  }

  private long leased(Plan.StoreStatement store, List<ParameterBinding> values, StatementWork work)
      throws SQLException {
    return session
        .statements()
        .use(
            store.sql(),
            lease -> {
              PreparedStatement statement = bound(lease, store, values);
              try {
                lease.limit(user.getQueryTimeout(), 0, 0);
                return work.run(statement);
              } finally {
                running.end(session.dialect());
              }
            });
  }

  /**
   * Appends what each set of values gives, all of it at one time.
   *
   * @param progress is told which one is being read
   * @return the number of rows of each
   */
  long[] append(Plan.Append append, List<List<ParameterBinding>> executions, IntConsumer progress)
      throws SQLException {
    requireWritable();
    return session.allOrNothing(
        () -> {
          StoreTable table = append.target().storeTable();
          session.lockForWriting(table);
          if (table.kind() == StoreTable.Kind.ABSENT) {
            table = new FeatureTables(session).createDeclared(append.target());
          }
          long[] counts = new long[executions.size()];
          VersionAppender appender =
              new VersionAppender(session, append, table, now(), this::requireGoing);
          GeneratedKeys keys = user.generatedKeys();
          if (keys != null) {
            keys.keep(append, appender);
          }
          if (!append.given().isEmpty() && ParameterRows.areKnown(executions)) {
            ResultSet rows =
                ParameterRows.of(
                    append.given(),
                    executions,
                    i -> {
                      progress.accept(i);
                      appender.nextExecution();
                    });
            appender.append(rows, StoreTypes.IN_MEMORY);
            Arrays.fill(counts, 1);
            appender.finish();
            return counts;
          }
          for (int i = 0; i < counts.length; i++) {
            progress.accept(i);
            if (counts.length > 1) {
              appender.nextExecution();
            }
            counts[i] = append(append.rows(), executions.get(i), appender);
            // Where a query is cancelled its rows may just end.
            requireGoing();
          }
          appender.finish();
          return counts;
        });
  }

  private long append(Plan.Rows source, List<ParameterBinding> values, VersionAppender appender)
      throws SQLException {
    if (source instanceof Plan.ComputedRows computed) {
      try (ResultSet rows = computed(computed, values)) {
        return appender.append(rows, StoreTypes.IN_MEMORY);
      }
    }
    return leased(
        (Plan.StoreStatement) source,
        values,
        statement -> {
          try (ResultSet rows = statement.executeQuery()) {
            return appender.append(rows, session.dialect().types());
          }
        });
  }

  /** What is cancelled while it writes what it has read is not running in the store. */
  void requireGoing() {
    if (isCancelled) {
      throw new MetaxyException(SqlState.QUERY_CANCELED, "The statement was cancelled");
    }
  }

  private static long count(PreparedStatement statement) throws SQLException {
    try (ResultSet count = statement.executeQuery()) {
      count.next();
      return count.getLong(1);
    }
  }

  /** Says that what was {@linkplain #bound bound} has run. */
  void ran() throws SQLException {
    running.end(session.dialect());
  }

  /** The store's statement with its parameters; it is what {@link #cancel} cancels. */
  PreparedStatement bound(
      StoreStatements.Lease lease, Plan.StoreStatement store, List<ParameterBinding> values)
      throws SQLException {
    PreparedStatement statement = lease.statement();
    List<Plan.Parameter> parameters = store.parameters();
    if (time == null && parameters.contains(Plan.Parameter.OfSession.NOW)) {
      time = now();
    }
    for (int i = 0; i < parameters.size(); i++) {
      Plan.Parameter parameter = parameters.get(i);
      if (parameter instanceof Plan.Parameter.OfLiteral literal) {
        bind(statement, i + 1, literal.type(), store.literals().get(literal.index()));
      } else {
        bind(statement, i + 1, parameter, values);
      }
    }
    running.begin(statement);
    return statement;
  }

  private void bind(
      PreparedStatement statement, int i, Plan.Parameter parameter, List<ParameterBinding> values)
      throws SQLException {
    if (parameter instanceof Plan.Parameter.OfUser user) {
      values.get(user.index()).bind(statement, i, user.type());
    } else if (parameter == Plan.Parameter.OfSession.NOW) {
      statement.setObject(i, time);
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

  /** Binds a literal as the store would have understood it. */
  private void bind(PreparedStatement statement, int i, SqlTypeName type, Object literal)
      throws SQLException {
    if (literal instanceof String text) {
      statement.setString(i, text);
    } else if (type == SqlTypeName.DOUBLE) {
      statement.setDouble(i, ((Number) literal).doubleValue());
    } else if (type == SqlTypeName.DECIMAL) {
      session.dialect().types().bind(statement, i, new BigDecimal(literal.toString()), type);
    } else {
      statement.setLong(i, (Long) literal);
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
