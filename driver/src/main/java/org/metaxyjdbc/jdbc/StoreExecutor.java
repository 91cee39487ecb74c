package org.metaxyjdbc.jdbc;

import java.sql.ParameterMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;
import org.metaxyjdbc.plan.Plan;
import org.metaxyjdbc.plan.StatementPlanner;
import org.metaxyjdbc.session.Session;
import org.metaxyjdbc.store.StoreTypes;

/**
 * Runs the SQL of one statement: on the store that was the current catalog when it was made, or on
 * that of which a text names tables.
 */
final class StoreExecutor implements StatementExecutor {
  private final MetaxyConnection connection;
  private final OpenCatalog current;
  private final MetaxyStatement statement;
  private volatile StatementRunner runner;

  StoreExecutor(MetaxyConnection connection, OpenCatalog current, MetaxyStatement statement) {
    this.connection = connection;
    this.current = current;
    this.statement = statement;
    this.runner = new StatementRunner(connection, current, statement);
  }

  /** The catalog of a text, which {@link #runner} then runs it in. */
  private OpenCatalog catalogOf(String sql) throws SQLException {
    OpenCatalog catalog = connection.catalogOf(sql, current);
    runIn(catalog);
    return catalog;
  }

  private StatementRunner runIn(OpenCatalog catalog) {
    if (runner.catalog() != catalog) {
      runner = new StatementRunner(connection, catalog, statement);
    }
    return runner;
  }

  @Override
  public StatementRunner.Outcome execute(String sql, Wanted wanted) throws SQLException {
    OpenCatalog catalog = catalogOf(sql);
    return execute(catalog, sql, catalog.plan(sql), List.of(), wanted);
  }

  private StatementRunner.Outcome execute(
      OpenCatalog catalog, String sql, Plan plan, List<ParameterBinding> values, Wanted wanted)
      throws SQLException {
    wanted.require(plan.returnsRows());
    statement.begin();
    if (statement.getResultSetConcurrency() != ResultSet.CONCUR_READ_ONLY) {
      change(catalog, sql, plan);
    }
    return keepingKeys(() -> runner.run(plan, values));
  }

  /** What failed has inserted nothing. */
  private <T> T keepingKeys(Session.Work<T> work) throws SQLException {
    boolean done = false;
    try {
      T result = work.run();
      done = true;
      return result;
    } finally {
      if (!done) {
        statement.withoutKeys();
      }
    }
  }

  /**
   * What an updatable result set is to change; where it cannot, it is read only, with a warning.
   */
  private void change(OpenCatalog catalog, String sql, Plan plan) throws SQLException {
    List<Plan.Column> columns;
    if (plan instanceof Plan.Query query) {
      columns = query.columns();
    } else if (plan instanceof Plan.Computed computed) {
      columns = computed.columns();
    } else {
      return;
    }
    try {
      statement.change(catalog.planner().recordRows(sql, columns));
    } catch (MetaxyException e) {
      statement.warn(new SQLWarning(e.getMessage(), SqlState.WARNING.code(), e));
    }
  }

  @Override
  public long[] executeBatch(List<String> statements) throws SQLException {
    for (String sql : statements) {
      if (connection.catalogOf(sql, current) != current) {
        throw MetaxyException.unsupported(
                "A batch is of the current catalog, '%s'".formatted(current.name()))
            .toSqlException();
      }
    }
    return Batch.run(runIn(current), statements.size(), i -> current.plan(statements.get(i)));
  }

  @Override
  public PreparedExecutor prepare(String sql) throws SQLException {
    return new Prepared(sql);
  }

  @Override
  public void cancel() throws SQLException {
    runner.cancel();
  }

  @Override
  public void close() {}

  private final class Prepared implements PreparedExecutor {
    private final String sql;
    private final OpenCatalog catalog;
    private StatementPlanner.Known known;

    Prepared(String sql) throws SQLException {
      this.sql = sql;
      this.catalog = catalogOf(sql);
      this.known = catalog.plan(sql, null);
    }

    /** The plan of the statement now: settings and features may have changed since. */
    private Plan plan() throws SQLException {
      known = catalog.plan(sql, known);
      return known.plan();
    }

    @Override
    public int parameterCount() {
      return known.plan().parameterCount();
    }

    @Override
    public StatementRunner.Outcome execute(Values values, Wanted wanted) throws SQLException {
      return StoreExecutor.this.execute(catalog, sql, plan(), values.get(), wanted);
    }

    @Override
    public long[] executeBatch(List<List<ParameterBinding>> executions) throws SQLException {
      Plan plan = plan();
      statement.begin();
      return keepingKeys(() -> Batch.run(runner, plan, executions));
    }

    @Override
    public @Nullable ResultSetMetaData columns() throws SQLException {
      return runner.describe(known.plan());
    }

    @Override
    public ParameterMetaData parameters() {
      return new MetaxyParameterMetaData(known.plan());
    }

    @Override
    public StoreTypes types() {
      return catalog.session().dialect().types();
    }
  }
}
