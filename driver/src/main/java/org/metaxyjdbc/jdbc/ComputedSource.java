package org.metaxyjdbc.jdbc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.compute.ComputedQuery;
import org.metaxyjdbc.plan.Plan;
import org.metaxyjdbc.session.Session;
import org.metaxyjdbc.session.StoreStatements;
import org.metaxyjdbc.store.StoreTypes;
import org.metaxyjdbc.store.StoreValues;
import org.metaxyjdbc.store.ValueKind;

/** The rows of the store and the parameters of one execution of a computed query. */
final class ComputedSource implements ComputedQuery.Source {
  private final StatementRunner runner;
  private final Session session;
  private final MetaxyStatement user;
  private final Plan.ComputedRows plan;
  private final List<ParameterBinding> values;

  ComputedSource(
      StatementRunner runner,
      Session session,
      MetaxyStatement user,
      Plan.ComputedRows plan,
      List<ParameterBinding> values) {
    this.runner = runner;
    this.session = session;
    this.user = user;
    this.plan = plan;
    this.values = values;
  }

  @Override
  public @Nullable Object parameter(int index, ValueKind kind) throws SQLException {
    Plan.Parameter parameter = plan.given().get(index);
    Object value =
        parameter instanceof Plan.Parameter.OfUser given
            ? values.get(given.index()).value(given.type())
            : plan.literals().get(((Plan.Parameter.OfLiteral) parameter).index());
    return value == null || kind == ValueKind.OTHER || kind == ValueKind.JSON
        ? value
        : ParameterValue.as(kind.jdbcType(), -1, value);
  }

  @Override
  public ComputedQuery.Rows rows(int query) throws SQLException {
    Plan.StoreStatement store = plan.parts().get(query);
    StoreStatements.Lease lease = session.statements().lease(store.sql());
    boolean opened = false;
    try {
      PreparedStatement statement = runner.bound(lease, store, values);
      lease.limit(user.getQueryTimeout(), 0, user.getFetchSize());
      ResultSet rows = statement.executeQuery();
      StoreTypes types = session.dialect().types();
      Rows read = new Rows(lease, rows, StoreValues.of(rows, lease.kinds(rows, types), types));
      opened = true;
      return read;
    } finally {
      runner.ran();
      if (!opened) {
        lease.fail();
        lease.close();
      }
    }
  }

  private final class Rows implements ComputedQuery.Rows {
    private final StoreStatements.Lease lease;
    private final ResultSet rows;
    private final StoreValues read;

    Rows(StoreStatements.Lease lease, ResultSet rows, StoreValues read) {
      this.lease = lease;
      this.rows = rows;
      this.read = read;
    }

    @Override
    public boolean next() throws SQLException {
      runner.requireGoing();
      return rows.next();
    }

    @Override
    public StoreValues values() {
      return read;
    }

    @Override
    public void close() throws SQLException {
      try (lease) {
        rows.close();
      }
    }
  }
}
