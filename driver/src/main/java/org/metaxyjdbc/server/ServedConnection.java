package org.metaxyjdbc.server;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;

/** A connection of a client: one of the driver's, its statements, and when it was last used. */
final class ServedConnection {
  /** Something that a client wants done. */
  @FunctionalInterface
  interface Work<T> {
    T on(ServedConnection connection) throws SQLException;
  }

  private final Connection connection;
  private final Map<Integer, ServedStatement> statements = new ConcurrentHashMap<>();
  private final AtomicInteger nextId = new AtomicInteger();
  private final ServedSavepoints savepoints;
  private int running;
  private Instant lastUse = Instant.now();

  ServedConnection(Connection connection) {
    this.connection = connection;
    this.savepoints = new ServedSavepoints(connection);
  }

  Connection connection() {
    return connection;
  }

  ServedSavepoints savepoints() {
    return savepoints;
  }

  <T> T use(Work<T> work) throws SQLException {
    synchronized (this) {
      running++;
    }
    try {
      return work.on(this);
    } finally {
      synchronized (this) {
        running--;
        lastUse = Instant.now();
      }
    }
  }

  /** Whether nothing runs and nothing has since. */
  synchronized boolean isIdleSince(Instant time) {
    return running == 0 && lastUse.isBefore(time);
  }

  int createStatement() throws SQLException {
    return add(new ServedStatement(connection.createStatement()));
  }

  int prepare(String sql, long maxRows) throws SQLException {
    ServedStatement statement = new ServedStatement(connection.prepareStatement(sql));
    if (maxRows > 0) {
      statement.limit(maxRows, 0);
    }
    return add(statement);
  }

  private int add(ServedStatement statement) {
    int id = nextId.incrementAndGet();
    statements.put(id, statement);
    return id;
  }

  ServedStatement statement(int id) {
    ServedStatement statement = statements.get(id);
    if (statement == null) {
      throw new MetaxyException(
          SqlState.SEQUENCE_ERROR, "The server has no statement %d; it was closed".formatted(id));
    }
    return statement;
  }

  void closeStatement(int id) throws SQLException {
    ServedStatement statement = statements.remove(id);
    if (statement != null) {
      statement.close();
    }
  }

  /** What is not committed is rolled back. */
  void close() throws SQLException {
    statements.clear();
    connection.close();
  }
}
