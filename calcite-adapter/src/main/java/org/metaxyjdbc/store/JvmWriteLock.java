package org.metaxyjdbc.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;

/**
 * A write lock for a store that only this JVM can write to while it has it open, as with DuckDB's
 * files and H2's embedded databases.
 */
final class JvmWriteLock implements WriteLock {
  private static final long PATIENCE_SECONDS = 30;
  private static final ConcurrentMap<String, JvmWriteLock> LOCKS = new ConcurrentHashMap<>();
  private static final AtomicLong MOMENTS = new AtomicLong();

  private final Semaphore turn = new Semaphore(1, true);
  private volatile long lastTurn;

  private JvmWriteLock() {}

  /** A number that grows whenever a turn ends. */
  static long moment() {
    return MOMENTS.get();
  }

  static WriteLock acquire(Connection connection, StoreTable table) throws SQLException {
    String name = connection.getMetaData().getURL() + " " + table.path();
    JvmWriteLock lock = LOCKS.computeIfAbsent(name, key -> new JvmWriteLock());
    try {
      if (!lock.turn.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
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
    return lock;
  }

  @Override
  public boolean seesAll(long begin, ConnectionSource others) {
    return lastTurn <= begin;
  }

  @Override
  public WriteLock seeingAll(long begin, Connection connection) throws SQLException {
    if (lastTurn > begin) {
      connection.rollback();
    }
    return this;
  }

  @Override
  public void close() {
    lastTurn = MOMENTS.incrementAndGet();
    turn.release();
  }
}
