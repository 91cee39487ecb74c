package org.metaxyjdbc.jdbc;

import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.store.StoreDialect;

/**
 * The statement that runs in the store at the moment, if any. It does not end while another thread
 * is cancelling it, so that what is cancelled is never the statement after it.
 */
final class RunningStatement {
  private @Nullable Statement statement;
  private boolean isCancelled;

  synchronized void begin(Statement begun) {
    statement = begun;
    isCancelled = false;
  }

  synchronized void end(StoreDialect dialect) throws SQLException {
    Statement ended = statement;
    statement = null;
    if (ended != null && isCancelled && !ended.isClosed()) {
      dialect.forgetCancel(ended);
    }
  }

  /** Cancels it, and does so again where it still runs at the next call. */
  synchronized void cancel(StoreDialect dialect) throws SQLException {
    Statement running = statement;
    if (running == null || running.isClosed()) {
      return;
    }
    try {
      if (isCancelled) {
        dialect.cancelAgain(running);
      } else {
        isCancelled = true;
        running.cancel();
      }
    } catch (SQLException e) {
      if (!running.isClosed()) {
        throw e;
      }
    }
  }
}
