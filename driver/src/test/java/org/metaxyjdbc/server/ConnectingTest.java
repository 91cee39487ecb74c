package org.metaxyjdbc.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.metaxyjdbc.testing.TestStore;

/** Who can connect to a server, and what others are told. */
class ConnectingTest {
  private static void requireFailure(String state, String message, String url) {
    assertThatThrownBy(() -> DriverManager.getConnection(url))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining(message)
        .extracting(e -> ((SQLException) e).getSQLState())
        .isEqualTo(state);
  }

  @Test
  void whereNoServerIsAnErrorSaysSo() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    requireFailure(
        "08001", "There is no server at localhost:" + free, "jdbc:metaxy://localhost:" + free);
    requireFailure("08001", "no address of a server", "jdbc:metaxy:///features");
    requireFailure("08001", "no address of a server", "jdbc:metaxy://host/features");
  }

  @Test
  void anotherServerIsNotTakenForOne() throws Exception {
    HttpServer other =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    other.start();
    try {
      requireFailure(
          "08001",
          "is no metaxy-jdbc server",
          "jdbc:metaxy://localhost:" + other.getAddress().getPort() + "/");
    } finally {
      other.stop(0);
    }
  }

  @Test
  void aLoginIsAskedFor() throws Exception {
    try (TestServer server = TestServer.withLogin(TestStore.Kind.H2.create(), "anna:s:cret")) {
      requireFailure("28000", "wants a user and a password", server.url());
      requireFailure("28000", "does not take", server.url() + "?user=anna&password=wrong");
      String url = server.url() + "?user=anna&password=s%3Acret";
      try (Connection connection = DriverManager.getConnection(url)) {
        assertThat(connection.isValid(1)).isTrue();
        assertThat(connection.getMetaData().getURL()).doesNotContain("cret");
      }
      assertThat(server.connect("user", "anna", "password", "s:cret").isValid(1)).isTrue();
    }
  }

  @Test
  void aLostServerIsToldFromAWrongOne() throws Exception {
    TestServer server = TestServer.of(TestStore.Kind.H2.create());
    Connection connection = server.connect();
    server.close();
    assertThatThrownBy(connection::getAutoCommit)
        .hasMessageContaining("does not answer")
        .extracting(e -> ((SQLException) e).getSQLState())
        .isEqualTo("08006");
    connection.close();
    assertThat(connection.isClosed()).isTrue();
  }

  @Test
  void aServerStartedAnewDoesNotKnowItsClients() throws Exception {
    TestStore store = TestStore.Kind.H2.create();
    TestServer server = TestServer.of(store);
    Connection connection = server.connect();
    server.close();
    try (TestServer anew = TestServer.at(server.port(), store)) {
      assertThatThrownBy(connection::getAutoCommit)
          .hasMessageContaining("started anew; connect again")
          .extracting(e -> ((SQLException) e).getSQLState())
          .isEqualTo("08003");
      assertThat(anew.connect().isValid(1)).isTrue();
    }
  }

  /** What a page may send anywhere without asking is text or a form. */
  @Test
  void pagesInBrowsersAreRefused() throws Exception {
    try (TestServer server = TestServer.of(TestStore.Kind.H2.create())) {
      assertThat(status(server, "POST", "text/plain")).isEqualTo(415);
      assertThat(status(server, "GET", null)).isEqualTo(405);
      assertThat(status(server, "POST", "application/octet-stream"))
          .as("no message")
          .isIn(400, 500);
    }
  }

  private static int status(TestServer server, String method, String type) throws Exception {
    HttpURLConnection http =
        (HttpURLConnection)
            URI.create("http://localhost:" + server.port() + "/").toURL().openConnection();
    http.setRequestMethod(method);
    if (type != null) {
      http.setRequestProperty("Content-Type", type);
      http.setDoOutput(true);
      http.getOutputStream().write("SELECT 1".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    return http.getResponseCode();
  }
}
