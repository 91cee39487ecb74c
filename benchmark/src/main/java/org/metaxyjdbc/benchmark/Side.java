package org.metaxyjdbc.benchmark;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * One of the two that are compared: a connection, and the statement in the SQL of that connection.
 */
record Side(Connection connection, String sql, PreparedStatement statement)
    implements AutoCloseable {
  static Side open(Connection connection, String sql) throws SQLException {
    return new Side(connection, sql, connection.prepareStatement(sql));
  }

  @Override
  public void close() throws SQLException {
    statement.close();
    connection.close();
  }
}
