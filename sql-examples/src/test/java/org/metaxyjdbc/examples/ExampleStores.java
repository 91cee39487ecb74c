package org.metaxyjdbc.examples;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import net.hydromatic.quidem.Quidem;
import org.jspecify.annotations.Nullable;

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
    return proxy(
        Connection.class,
        connection,
        result ->
            result instanceof Statement statement
                ? proxy(Statement.class, statement, UnaryOperator.identity())
                : result);
  }

  /** Quidem asks for a result set where a script expects the error of a change. */
  private static <T> T proxy(Class<T> type, T target, UnaryOperator<@Nullable Object> after) {
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          try {
            if (method.getName().equals("executeQuery")) {
              Statement statement = (Statement) target;
              statement.execute((String) arguments[0]);
              return statement.getResultSet();
            }
            return after.apply(method.invoke(target, arguments));
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        };
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
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
