package org.metaxyjdbc.session;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;
import org.metaxyjdbc.store.ConnectionSource;
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
  private final ConnectionSource others;
  private final Map<List<String>, WriteLock> locks = new HashMap<>();
  private final StoreStatements statements;
  private boolean isReading;
  private @Nullable Reading reading;
  private @Nullable Long begin;
  private boolean isUsed;
  private boolean isShared;
  private boolean isAtomic;
  private boolean isGlobal;
  private boolean definitionsChanged;

  /**
   * Begins a session.
   *
   * @param others more connections to the same store
   */
  public Session(
      Connection connection,
      FeatureStore store,
      SessionSettings settings,
      ConnectionSource others) {
    this.connection = connection;
    this.store = store;
    this.settings = settings;
    this.others = others;
    this.statements = new StoreStatements(connection);
  }

  /** The store's own connection, for something that the user wants done. */
  public Connection connection() {
    isUsed = true;
    return registryConnection();
  }

  /**
   * The store's own connection, to read what the store says of itself. That may happen anew if the
   * transaction has to begin again.
   */
  public Connection registryConnection() {
    if (begin == null) {
      begin = dialect().moment();
    }
    return connection;
  }

  /** The store's own connection, for somebody else: what is done with it is not known. */
  public Connection sharedConnection() {
    isShared = true;
    return connection();
  }

  public FeatureStore store() {
    return store;
  }

  public StoreDialect dialect() {
    return store.dialect();
  }

  /** The store's prepared statements. */
  public StoreStatements statements() {
    connection();
    return statements;
  }

  /** Gives up what was prepared for tables that may since have changed. */
  public void forgetStatements() throws SQLException {
    statements.clear();
    dialect().forgetStatements(connection);
  }

  public SessionSettings settings() {
    return settings;
  }

  /**
   * Waits for this session's turn to write to a table, which it then has until the transaction
   * ends.
   *
   * @throws MetaxyException 40001 where the transaction cannot see what another session has written
   *     to the table since it began
   */
  public void lockForWriting(StoreTable table) throws SQLException {
    if (locks.containsKey(table.path())) {
      return;
    }
    WriteLock lock = dialect().lockForWriting(connection, table);
    boolean held = false;
    try {
      lock = seeingAll(lock, table);
      held = true;
      locks.put(table.path(), lock);
    } finally {
      if (!held) {
        lock.close();
      }
    }
  }

  private WriteLock seeingAll(WriteLock lock, StoreTable table) throws SQLException {
    long moment = begin == null ? dialect().moment() : begin;
    if (connection.getAutoCommit()) {
      return lock;
    }
    if (isNew()) {
      return lock.seeingAll(moment, connection);
    }
    if (table.kind() != StoreTable.Kind.ABSENT && !lock.seesAll(moment, others)) {
      throw new MetaxyException(
          SqlState.SERIALIZATION_FAILURE,
          "Another session has written to '%s' since this transaction began, which does not see it; roll back and try again"
              .formatted(table.name()));
    }
    return lock;
  }

  /** Whether nothing was done yet in the transaction under way, so that it can begin again. */
  private boolean isNew() {
    return locks.isEmpty() && (isAtomic || !isUsed);
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
    forget();
    begin = dialect().moment();
    connection.setAutoCommit(false);
    isAtomic = true;
    boolean done = false;
    try {
      T result = work.run();
      commitInStore();
      done = true;
      return result;
    } finally {
      try {
        if (!done) {
          connection.rollback();
        }
      } finally {
        isAtomic = false;
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
    isAtomic = true;
    try {
      lockForWriting(table);
      return work.run();
    } finally {
      isAtomic = false;
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
    return isNew() ? allOfTransaction(work) : sinceSavepoint(work);
  }

  private <T> T allOfTransaction(Work<T> work) throws SQLException {
    boolean done = false;
    try {
      T result = work.run();
      done = true;
      return result;
    } finally {
      if (!done) {
        rollbackInStore();
      }
    }
  }

  private <T> T sinceSavepoint(Work<T> work) throws SQLException {
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

  /** Whether the transaction under way is a branch of a global one. */
  public boolean isGlobal() {
    return isGlobal;
  }

  /**
   * Says that the transaction which begins now is a branch of a global one: a transaction manager
   * ends it, through the store's own resource, and {@link #globalEnded} is to follow.
   */
  public void globalBegins() throws SQLException {
    connection.setAutoCommit(false);
    isGlobal = true;
    transactionEnded();
  }

  /**
   * Requires a branch that can be committed, before it is.
   *
   * @throws SQLException where an error has ended the transaction
   */
  public void requireCommittable() throws SQLException {
    finishReading();
    if (isGlobal) {
      dialect().requireTransaction(connection);
    }
  }

  /** Says that a branch of a global transaction has been prepared. */
  public void globalPrepared() throws SQLException {
    if (dialect().can(StoreCapability.PREPARED_TRANSACTIONS_DETACHED)) {
      globalEnded();
    }
  }

  /** Says that a branch of a global transaction has ended. */
  public void globalEnded() throws SQLException {
    boolean wasGlobal = isGlobal;
    isGlobal = false;
    try {
      if (wasGlobal) {
        connection.setAutoCommit(true);
      }
    } finally {
      transactionEnded();
    }
  }

  /**
   * Requires a transaction that is not a branch of a global one.
   *
   * @throws MetaxyException 2D000 where it is
   */
  public void requireLocal(String what) {
    if (isGlobal) {
      throw new MetaxyException(
          SqlState.INVALID_TRANSACTION_TERMINATION,
          "%s is not for a connection in a global transaction, which its transaction manager ends; commit or roll back there"
              .formatted(what));
    }
  }

  public void begin() throws SQLException {
    setAutoCommit(false);
  }

  /**
   * Commits.
   *
   * @throws MetaxyException 2D000 in a global transaction
   */
  public void commit() throws SQLException {
    requireLocal("COMMIT");
    finishReading();
    try {
      commitInStore();
    } finally {
      transactionEnded();
    }
  }

  private void commitInStore() throws SQLException {
    try {
      connection.commit();
    } catch (SQLException e) {
      try {
        dialect().beginAfterFailedCommit(connection);
      } catch (SQLException notBegun) {
        e.addSuppressed(notBegun);
      }
      throw e;
    }
  }

  /**
   * Rolls back.
   *
   * @throws MetaxyException 2D000 in a global transaction
   */
  public void rollback() throws SQLException {
    requireLocal("ROLLBACK");
    rollbackInStore();
  }

  private void rollbackInStore() throws SQLException {
    finishReading();
    try {
      connection.rollback();
    } finally {
      transactionEnded();
    }
  }

  /**
   * Sets whether each statement is a transaction of its own.
   *
   * @throws MetaxyException 2D000 for true in a global transaction
   */
  public void setAutoCommit(boolean autoCommit) throws SQLException {
    if (autoCommit) {
      requireLocal("setAutoCommit(true)");
    }
    finishReading();
    if (autoCommit != connection.getAutoCommit()) {
      if (autoCommit) {
        commit();
      }
      connection.setAutoCommit(autoCommit);
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
    forget();
  }

  /** Nothing is known yet of the next transaction. */
  private void forget() {
    isUsed = isShared;
    begin = isShared ? dialect().moment() : null;
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
