package org.metaxyjdbc.examples;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import net.hydromatic.quidem.Quidem;

/**
 * The connections that scripts name: {@code store} is empty, the others have a feature {@code
 * predictions}.
 */
final class ExampleStores implements Quidem.ConnectionFactory, AutoCloseable {
  private final String store;
  private final List<Connection> opened = new ArrayList<>();

  ExampleStores(String store) {
    this.store = store;
  }

  @Override
  public Connection connect(String name, boolean reference) throws SQLException {
    String properties =
        switch (name) {
          case "append_only" -> ";metaxy.append_only=true";
          default -> "";
        };
    Connection connection = DriverManager.getConnection("jdbc:metaxy:" + store + properties);
    opened.add(connection);
    if (!name.equals("store")) {
      fill(connection);
    }
    return connection;
  }

  private static void fill(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TABLE predictions (
            prediction_id INTEGER,
            model VARCHAR,
            confidence DOUBLE,
            is_hidden BOOLEAN,
            PRIMARY KEY (prediction_id))""");
      statement.execute(
          """
          INSERT INTO predictions VALUES
            (1, 'v1', 0.9, FALSE),
            (2, 'v1', 0.3, FALSE),
            (3, 'v2', 0.8, TRUE),
            (4, 'v2', 0.2, FALSE)""");
    }
  }

  @Override
  public void close() throws SQLException {
    for (Connection connection : opened) {
      connection.close();
    }
  }
}
