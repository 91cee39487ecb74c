package org.metaxyjdbc.session;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.store.StoreTypes;
import org.metaxyjdbc.store.StoreValues;
import org.metaxyjdbc.store.ValueKind;

/**
 * The store's own prepared statements of one connection, kept for the next execution of the same
 * SQL. Bounded: what was not used for the longest time is closed.
 */
public final class StoreStatements {
  private static final int CAPACITY = 64;

  private final Connection connection;
  private final LinkedHashMap<String, Prepared> idle = new LinkedHashMap<>(CAPACITY, 0.75f, true);
  private int clearings;

  StoreStatements(Connection connection) {
    this.connection = connection;
  }

  /** A statement that nobody else uses until it is {@linkplain Lease#close closed}. */
  public synchronized Lease lease(String sql) throws SQLException {
    Prepared prepared = idle.remove(sql);
    if (prepared == null) {
      prepared =
          new Prepared(
              sql,
              connection.prepareStatement(
                  sql, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY),
              clearings);
    }
    return new Lease(prepared);
  }

  /** Something done with a statement of the store. */
  @FunctionalInterface
  public interface Use<T> {
    T of(Lease statement) throws SQLException;
  }

  /** Does something with a statement and gives it back, or gives it up after an error. */
  public <T> T use(String sql, Use<T> work) throws SQLException {
    try (Lease lease = lease(sql)) {
      lease.failed = true;
      T result = work.of(lease);
      lease.failed = false;
      return result;
    }
  }

  private synchronized void giveBack(Prepared prepared) throws SQLException {
    if (prepared.clearings != clearings
        || connection.isClosed()
        || idle.putIfAbsent(prepared.sql, prepared) != null) {
      prepared.statement.close();
    } else if (idle.size() > CAPACITY) {
      Iterator<Prepared> eldest = idle.values().iterator();
      PreparedStatement statement = eldest.next().statement;
      eldest.remove();
      statement.close();
    }
  }

  /**
   * Closes the statements, those in use when they are given back: after DDL they may no longer fit
   * the tables.
   */
  public synchronized void clear() throws SQLException {
    clearings++;
    for (Prepared prepared : idle.values()) {
      prepared.statement.close();
    }
    idle.clear();
  }

  /** A statement of the store and the limits that it has now. */
  private static final class Prepared {
    private final String sql;
    private final PreparedStatement statement;
    private final int clearings;
    private int queryTimeout;
    private long maxRows;
    private int fetchSize;
    private ValueKind @Nullable [] kinds;

    Prepared(String sql, PreparedStatement statement, int clearings) {
      this.sql = sql;
      this.statement = statement;
      this.clearings = clearings;
    }
  }

  /** A statement in use. Closing it gives it back, or closes the statement where it failed. */
  public final class Lease implements AutoCloseable {
    private final Prepared prepared;
    private boolean failed;
    private boolean closed;

    private Lease(Prepared prepared) {
      this.prepared = prepared;
    }

    public PreparedStatement statement() {
      return prepared.statement;
    }

    /** What the columns of its results hold; asked for once. */
    public ValueKind[] kinds(ResultSet rows, StoreTypes types) throws SQLException {
      ValueKind[] kinds = prepared.kinds;
      if (kinds == null) {
        kinds = StoreValues.kinds(rows.getMetaData(), types);
        prepared.kinds = kinds;
      }
      return kinds;
    }

    /** Applies the limits of a statement of the user; 0 each for none. */
    public void limit(int timeoutSeconds, long rows, int rowsAtOnce) throws SQLException {
      if (prepared.queryTimeout != timeoutSeconds) {
        prepared.statement.setQueryTimeout(timeoutSeconds);
        prepared.queryTimeout = timeoutSeconds;
      }
      if (prepared.maxRows != rows) {
        prepared.statement.setMaxRows((int) Math.min(rows, Integer.MAX_VALUE));
        prepared.maxRows = rows;
      }
      if (prepared.fetchSize != rowsAtOnce) {
        prepared.statement.setFetchSize(rowsAtOnce);
        prepared.fetchSize = rowsAtOnce;
      }
    }

    /** Says that the statement is not to be used again: some drivers close it after an error. */
    public void fail() {
      failed = true;
    }

    @Override
    public void close() throws SQLException {
      if (closed) {
        return;
      }
      closed = true;
      if (failed) {
        prepared.statement.close();
      } else {
        giveBack(prepared);
      }
    }
  }
}
