package org.metaxyjdbc.session;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.store.FeatureStore;
import org.metaxyjdbc.store.StoreCapability;
import org.metaxyjdbc.store.StoreDialect;
import org.metaxyjdbc.store.StoreTable;
import org.metaxyjdbc.store.WriteLock;

/**
 * One connection's work with a store. The transaction is the store's own; this class adds to it the
 * locks that writers take, which end with it.
 */
public final class Session implements AutoCloseable {
  /** Something done in a transaction. */
  @FunctionalInterface
  public interface Work<T> {
    T run() throws SQLException;
  }

  /** A result that the store gives bit by bit. */
  @FunctionalInterface
  public interface Reading {
    /** Takes what is left of it into memory. */
    void takeRest() throws SQLException;
  }

  private final Connection connection;
  private final FeatureStore store;
  private final SessionSettings settings;
  private final Map<StoreTable, WriteLock> locks = new HashMap<>();
  private final StoreStatements statements;
  private boolean isReading;
  private @Nullable Reading reading;
  private boolean definitionsChanged;

  public Session(Connection connection, FeatureStore store, SessionSettings settings) {
    this.connection = connection;
    this.store = store;
    this.settings = settings;
    this.statements = new StoreStatements(connection);
  }

  /** The store's own connection. */
  public Connection connection() {
    return connection;
  }

  public FeatureStore store() {
    return store;
  }

  public StoreDialect dialect() {
    return store.dialect();
  }

  /** The store's prepared statements. */
  public StoreStatements statements() {
    return statements;
  }

  public SessionSettings settings() {
    return settings;
  }

  /**
   * Waits for this session's turn to write to a table, which it then has until the transaction
   * ends.
   */
  public void lockForWriting(StoreTable table) throws SQLException {
    if (!locks.containsKey(table)) {
      locks.put(table, dialect().lockForWriting(connection, table));
    }
  }

  /**
   * Prepares for reading a result bit by bit. A store that does so only within a transaction is
   * given one, although the connection commits automatically; it ends with the result, or before
   * anything else is done, for which the rest of the result is read into memory.
   *
   * @param holdability of the result
   * @return whether there is such a transaction, so that {@link #reading} or {@link #endReading} is
   *     to follow
   */
  public boolean beginReading(int holdability) throws SQLException {
    isReading =
        dialect().fetchesInTransactions()
            && holdability == ResultSet.CLOSE_CURSORS_AT_COMMIT
            && connection.getAutoCommit();
    if (isReading) {
      connection.setAutoCommit(false);
    }
    return isReading;
  }

  /** Says what is read after {@link #beginReading}. */
  public void reading(Reading result) {
    reading = result;
  }

  /** Ends the reading of a result, if it is the one under way. */
  public void endReading(Reading result) throws SQLException {
    if (reading == result) {
      endReading();
    }
  }

  /** Ends what {@link #beginReading} began. */
  public void endReading() throws SQLException {
    reading = null;
    if (isReading) {
      isReading = false;
      try {
        connection.rollback();
      } finally {
        connection.setAutoCommit(true);
      }
    }
  }

  /** Reads the rest of a result into memory, to do something else. */
  public void finishReading() throws SQLException {
    Reading result = reading;
    if (result != null) {
      try {
        result.takeRest();
      } finally {
        endReading();
      }
    }
  }

  /** Whether each statement is a transaction of its own. */
  public boolean isAutoCommit() throws SQLException {
    return isReading || connection.getAutoCommit();
  }

  /**
   * Runs work that is wholly done or not at all: within the transaction under way, or in one of its
   * own where the connection commits automatically.
   */
  public <T> T atomically(Work<T> work) throws SQLException {
    if (!connection.getAutoCommit()) {
      return work.run();
    }
    connection.setAutoCommit(false);
    boolean done = false;
    try {
      T result = work.run();
      connection.commit();
      done = true;
      return result;
    } finally {
      try {
        if (!done) {
          connection.rollback();
        }
      } finally {
        connection.setAutoCommit(true);
        transactionEnded();
      }
    }
  }

  /** Runs one statement of the store, which changes a table, in this session's turn to write. */
  public <T> T writing(StoreTable table, Work<T> work) throws SQLException {
    if (!connection.getAutoCommit() || dialect().locksInTransactions()) {
      return atomically(
          () -> {
            lockForWriting(table);
            return work.run();
          });
    }
    lockForWriting(table);
    try {
      return work.run();
    } finally {
      transactionEnded();
    }
  }

  /**
   * Runs several statements of the store that are wholly done or not at all, also within a
   * transaction under way where the store has savepoints. One without them ends the whole
   * transaction after an error.
   */
  public <T> T allOrNothing(Work<T> work) throws SQLException {
    if (connection.getAutoCommit() || !dialect().can(StoreCapability.SAVEPOINTS)) {
      return atomically(work);
    }
    Savepoint before = connection.setSavepoint();
    boolean done = false;
    try {
      T result = work.run();
      done = true;
      return result;
    } finally {
      if (done) {
        connection.releaseSavepoint(before);
      } else {
        connection.rollback(before);
      }
    }
  }

  public void begin() throws SQLException {
    finishReading();
    connection.setAutoCommit(false);
  }

  public void commit() throws SQLException {
    finishReading();
    try {
      connection.commit();
    } finally {
      transactionEnded();
    }
  }

  public void rollback() throws SQLException {
    finishReading();
    try {
      connection.rollback();
    } finally {
      transactionEnded();
    }
  }

  public void setAutoCommit(boolean autoCommit) throws SQLException {
    finishReading();
    connection.setAutoCommit(autoCommit);
    if (autoCommit) {
      transactionEnded();
    }
  }

  /** Says that this session made or dropped tables; what was known of the store is forgotten. */
  public void definitionsChanged() {
    store.invalidate();
    definitionsChanged = true;
  }

  /** What the transaction defined is now there for all, or gone. */
  private void transactionEnded() {
    if (definitionsChanged) {
      store.invalidate();
      definitionsChanged = false;
    }
    releaseLocks();
  }

  private void releaseLocks() {
    locks.values().forEach(WriteLock::close);
    locks.clear();
  }

  @Override
  public void close() throws SQLException {
    try {
      connection.close();
    } finally {
      releaseLocks();
    }
  }
}
