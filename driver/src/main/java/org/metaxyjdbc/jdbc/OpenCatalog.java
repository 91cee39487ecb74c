package org.metaxyjdbc.jdbc;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.plan.OpenStore;
import org.metaxyjdbc.plan.Plan;
import org.metaxyjdbc.plan.StatementPlanner;
import org.metaxyjdbc.session.CurrentCopies;
import org.metaxyjdbc.session.Session;

/** A catalog of a connection: one store, with a session of its own. */
final class OpenCatalog {
  private final OpenStore store;
  private final Session session;
  private final StatementPlanner planner;

  OpenCatalog(OpenStore store, Session session) {
    this.store = store;
    this.session = session;
    this.planner = new StatementPlanner(session, store);
  }

  String name() {
    return planner.catalog();
  }

  Session session() {
    return session;
  }

  StatementPlanner planner() {
    return planner;
  }

  CurrentCopies copies() {
    return store.copies();
  }

  /** The plan of a statement that runs again. */
  StatementPlanner.Known plan(String sql, StatementPlanner.@Nullable Known before)
      throws SQLException {
    return planned(() -> planner.plan(sql, before));
  }

  Plan plan(String sql) throws SQLException {
    return planned(() -> planner.plan(sql));
  }

  private <T> T planned(Session.Work<T> planning) throws SQLException {
    try {
      return planning.run();
    } catch (MetaxyException e) {
      throw StoreErrors.translate(e, session.dialect());
    } catch (SQLException e) {
      throw StoreErrors.translate(e, session.dialect());
    }
  }

  void close() throws SQLException {
    try {
      session.close();
    } finally {
      store.leave();
    }
  }

  /** Ends the connection to the store without waiting for it. */
  void abort() {
    try {
      session.connection().abort(Runnable::run);
    } catch (SQLException e) {
      // The store's driver cannot; closing it is left.
    }
    try {
      close();
    } catch (SQLException e) {
      // It is gone.
    }
  }
}
