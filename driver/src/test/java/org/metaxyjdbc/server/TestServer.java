package org.metaxyjdbc.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.testing.TestStore;

/** A server of a test's store, at any port that is free. */
public final class TestServer implements AutoCloseable {
  private final MetaxyServer server;

  private TestServer(MetaxyServer server) {
    this.server = server;
  }

  /** Starts it; {@code properties} are names and values by turns, of its connections. */
  public static TestServer of(TestStore store, String... properties)
      throws SQLException, IOException {
    return withLogin(store, null, properties);
  }

  static TestServer withLogin(TestStore store, @Nullable String login, String... properties)
      throws SQLException, IOException {
    return new TestServer(
        MetaxyServer.start(store.url(), properties(properties), address(0), login));
  }

  /** One at a port where another was before. */
  static TestServer at(int port, TestStore store) throws SQLException, IOException {
    return new TestServer(MetaxyServer.start(store.url(), new Properties(), address(port), null));
  }

  private static InetSocketAddress address(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private static Properties properties(String... namesAndValues) {
    Properties properties = new Properties();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      properties.setProperty(namesAndValues[i], namesAndValues[i + 1]);
    }
    return properties;
  }

  MetaxyServer server() {
    return server;
  }

  int port() {
    return server.address().getPort();
  }

  /** The URL for clients. */
  public String url() {
    return "jdbc:metaxy://localhost:" + port() + "/";
  }

  /** A client; {@code properties} are names and values by turns. */
  public Connection connect(String... properties) throws SQLException {
    return DriverManager.getConnection(url(), properties(properties));
  }

  @Override
  public void close() throws SQLException {
    server.close();
  }
}
