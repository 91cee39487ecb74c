package org.metaxyjdbc.server;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;

/** The savepoints of a connection, which its client knows by numbers. */
final class ServedSavepoints {
  private final Connection connection;
  private final Map<Integer, Savepoint> savepoints = new ConcurrentHashMap<>();
  private final AtomicInteger next = new AtomicInteger();

  ServedSavepoints(Connection connection) {
    this.connection = connection;
  }

  int set(@Nullable String name) throws SQLException {
    Savepoint savepoint = name == null ? connection.setSavepoint() : connection.setSavepoint(name);
    int number = next.incrementAndGet();
    savepoints.put(number, savepoint);
    return number;
  }

  void rollback(int number) throws SQLException {
    connection.rollback(get(number));
  }

  void release(int number) throws SQLException {
    connection.releaseSavepoint(get(number));
    savepoints.remove(number);
  }

  /** They end with their transaction. */
  void clear() {
    savepoints.clear();
  }

  private Savepoint get(int number) {
    Savepoint savepoint = savepoints.get(number);
    if (savepoint == null) {
      throw new MetaxyException(
          SqlState.INVALID_ARGUMENT, "The savepoint was released, or its transaction has ended");
    }
    return savepoint;
  }
}
