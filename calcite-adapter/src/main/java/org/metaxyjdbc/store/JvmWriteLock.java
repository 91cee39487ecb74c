package org.metaxyjdbc.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;

/**
 * A write lock for a store that only this JVM can write to while it has it open, as with DuckDB's
 * files and H2's embedded databases.
 */
final class JvmWriteLock {
  private static final long PATIENCE_SECONDS = 30;
  private static final ConcurrentMap<String, Semaphore> LOCKS = new ConcurrentHashMap<>();

  private JvmWriteLock() {}

  static WriteLock acquire(Connection connection, StoreTable table) throws SQLException {
    String name = connection.getMetaData().getURL() + " " + table.path();
    Semaphore turn = LOCKS.computeIfAbsent(name, key -> new Semaphore(1, true));
    try {
      if (!turn.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new MetaxyException(
            SqlState.SERIALIZATION_FAILURE,
            "Another session has been writing to '%s' for %d seconds and has not ended its transaction; try again after it has"
                .formatted(table.name(), PATIENCE_SECONDS));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MetaxyException(
          SqlState.SERIALIZATION_FAILURE,
          "Interrupted while waiting to write to '" + table.name() + "'",
          e);
    }
    return turn::release;
  }
}
