package org.metaxyjdbc.session;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
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
  private final LinkedHashMap<String, Prepared> kept = new LinkedHashMap<>(CAPACITY, 0.75f, true);

  StoreStatements(Connection connection) {
    this.connection = connection;
  }

  /** A statement that nobody else uses until it is {@linkplain Lease#close closed}. */
  public synchronized Lease lease(String sql) throws SQLException {
    Prepared prepared = kept.get(sql);
    if (prepared == null || prepared.isInUse) {
      prepared =
          new Prepared(
              sql,
              connection.prepareStatement(
                  sql, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY));
      if (kept.putIfAbsent(sql, prepared) == null && kept.size() > CAPACITY) {
        closeEldest();
      }
    }
    prepared.isInUse = true;
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

  /** One that is not kept any more, or was made while another was in use, is closed. */
  private synchronized void giveBack(Prepared prepared) throws SQLException {
    prepared.isInUse = false;
    if (kept.get(prepared.sql) != prepared || connection.isClosed()) {
      prepared.statement.close();
    }
  }

  private synchronized void giveUp(Prepared prepared) throws SQLException {
    kept.remove(prepared.sql, prepared);
    prepared.statement.close();
  }

  private void closeEldest() throws SQLException {
    for (Prepared eldest : kept.values()) {
      if (!eldest.isInUse) {
        kept.remove(eldest.sql);
        eldest.statement.close();
        return;
      }
    }
  }

  /**
   * Closes the statements, those in use when they are given back: after DDL they may no longer fit
   * the tables.
   */
  public synchronized void clear() throws SQLException {
    List<Prepared> all = List.copyOf(kept.values());
    kept.clear();
    for (Prepared prepared : all) {
      if (!prepared.isInUse) {
        prepared.statement.close();
      }
    }
  }

  /** A statement of the store and the limits that it has now. */
  private static final class Prepared {
    private final String sql;
    private final PreparedStatement statement;
    private boolean isInUse = true;
    private int queryTimeout;
    private long maxRows;
    private int fetchSize;
    private ValueKind @Nullable [] kinds;

    Prepared(String sql, PreparedStatement statement) {
      this.sql = sql;
      this.statement = statement;
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
      // H2 takes no fetch size above the limit of rows.
      int atOnce = rows == 0 ? rowsAtOnce : (int) Math.min(rowsAtOnce, rows);
      if (prepared.fetchSize != atOnce) {
        prepared.statement.setFetchSize(atOnce);
        prepared.fetchSize = atOnce;
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
        giveUp(prepared);
      } else {
        giveBack(prepared);
      }
    }
  }
}
