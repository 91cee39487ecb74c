package org.metaxyjdbc.onejar;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.StringJoiner;

/** An application: writes, deletes and reads with nothing but {@code java.sql}. */
public final class Probe {
  /** What {@link #run} gives in a store without a table {@code probe}. */
  static final String EXPECTED = "2 b 2.50|3 null null";

  private Probe() {}

  public static void main(String[] args) throws SQLException {
    try (Connection connection = DriverManager.getConnection(args[0])) {
      System.out.println(run(connection));
    }
  }

  static String run(Driver driver, String url) throws SQLException {
    try (Connection connection = driver.connect(url, new Properties())) {
      return run(connection);
    }
  }

  private static String run(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE probe (id INTEGER, name VARCHAR, price DECIMAL(6, 2), PRIMARY KEY (id))");
      statement.executeUpdate(
          "INSERT INTO probe VALUES (1, 'a', 1.25), (2, 'b', 2.5), (3, NULL, NULL)");
      statement.executeUpdate("DELETE FROM probe WHERE price < 2");
      StringJoiner rows = new StringJoiner("|");
      try (ResultSet row =
          statement.executeQuery(
              "SELECT p.id, p.name, p.price FROM probe p JOIN history.probe h ON p.id = h.id "
                  + "GROUP BY p.id, p.name, p.price HAVING COUNT(*) = 1 ORDER BY p.id")) {
        while (row.next()) {
          rows.add(row.getInt(1) + " " + row.getString(2) + " " + row.getBigDecimal(3));
        }
      }
      return rows.toString();
    }
  }
}
