package org.metaxyjdbc.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A turn of a REPEATABLE READ or SERIALIZABLE transaction, whose snapshot is as old as its first
 * statement, the one that waits for the lock included.
 *
 * <p>Nothing within such a transaction shows what was committed since. So the rows that it sees are
 * compared with those that another transaction sees: by count and by a hash of where they are and
 * who wrote them, which costs a scan, and only where any transaction has run in the meantime.
 */
final class PostgresqlSnapshotLock implements WriteLock {
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private final Connection connection;
  private final StoreTable table;
  private final String name;

  PostgresqlSnapshotLock(Connection connection, StoreTable table, String name) {
    this.connection = connection;
    this.table = table;
    this.name = name;
  }

  @Override
  public boolean seesAll(long begin, ConnectionSource others) throws SQLException {
    String snapshot = text(connection, "SELECT pg_current_snapshot()");
    return others.call(
        other ->
            snapshot.equals(text(other, "SELECT pg_current_snapshot()"))
                || rows(connection).equals(rowsOf(other)));
  }

  /** Does not wait for a lock that this transaction itself may have on the table. */
  private String rowsOf(Connection other) throws SQLException {
    try (Statement statement = other.createStatement()) {
      statement.execute("SET lock_timeout = '1s'");
      return rows(other);
    } catch (SQLException e) {
      if (LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
        return "";
      }
      throw e;
    }
  }

  private String rows(Connection one) throws SQLException {
    return text(
        one,
        "SELECT (COUNT(*), BIT_XOR(hashtidextended(ctid, CAST(CAST(xmin AS TEXT) AS BIGINT)))) FROM "
            + table.dialect().identifier(table.path()));
  }

  private static String text(Connection one, String query) throws SQLException {
    try (Statement statement = one.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }

  /**
   * The lock is taken for the session in a transaction of its own; the other, which then begins,
   * takes it over.
   */
  @Override
  public WriteLock seeingAll(long begin, Connection connection) throws SQLException {
    connection.rollback();
    advisory("pg_advisory_lock");
    connection.commit();
    try {
      advisory("pg_advisory_xact_lock");
    } catch (SQLException e) {
      connection.rollback();
      throw e;
    } finally {
      advisory("pg_advisory_unlock");
    }
    return OF_TRANSACTION;
  }

  private void advisory(String function) throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement("SELECT " + function + "(hashtextextended(?, 0))")) {
      lock.setString(1, name);
      lock.execute();
    }
  }

  @Override
  public void close() {}
}
