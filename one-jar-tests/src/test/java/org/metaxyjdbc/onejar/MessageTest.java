package org.metaxyjdbc.onejar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.metaxyjdbc.jdbc.MetaxyDriver;

class MessageTest {
  /**
   * So that a client from the one jar and a server from the other artifacts talk, and vice versa.
   */
  @Test
  void messagesHaveAvaticasOwnNames() throws Exception {
    AtomicReference<String> sent = new AtomicReference<>("");
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          sent.set(
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
          exchange.sendResponseHeaders(404, -1);
          exchange.close();
        });
    server.start();
    try {
      String url = "jdbc:metaxy://localhost:" + server.getAddress().getPort() + "/";
      assertThatThrownBy(() -> new MetaxyDriver().connect(url, new Properties()))
          .isInstanceOf(SQLException.class);
    } finally {
      server.stop(0);
    }
    assertThat(sent.get())
        .contains("org.apache.calcite.avatica.proto.Requests$OpenConnectionRequest")
        .doesNotContain("shaded");
  }
}
