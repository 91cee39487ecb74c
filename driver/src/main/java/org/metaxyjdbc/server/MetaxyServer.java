package org.metaxyjdbc.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.calcite.avatica.metrics.noop.NoopMetricsSystem;
import org.apache.calcite.avatica.remote.Handler.HandlerResponse;
import org.apache.calcite.avatica.remote.ProtobufHandler;
import org.apache.calcite.avatica.remote.ProtobufTranslationImpl;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;
import org.metaxyjdbc.jdbc.MetaxyDriver;
import org.metaxyjdbc.session.SessionSetting;
import org.metaxyjdbc.wire.WireMessages;

/**
 * Serves one store to clients of {@code jdbc:metaxy://} URLs, over HTTP without encryption.
 *
 * <p>What a page in a browser can send anywhere is refused: a request must have the content type
 * {@code application/octet-stream}.
 */
public final class MetaxyServer implements AutoCloseable {
  /** After which a connection that nobody uses is closed, and its transaction rolled back. */
  public static final Duration IDLE = Duration.ofMinutes(10);

  private static final String CONTENT = "application/octet-stream";

  private final HttpServer http;
  private final ExecutorService threads;
  private final MetaxyService service;
  private final ProtobufHandler handler;
  private final Connection kept;
  private final byte @Nullable [] authorization;

  private MetaxyServer(
      HttpServer http,
      String url,
      Properties properties,
      Connection kept,
      byte @Nullable [] authorization) {
    this.http = http;
    this.kept = kept;
    this.authorization = authorization;
    this.service = new MetaxyService(settings -> open(url, properties, settings), IDLE);
    this.handler =
        new ProtobufHandler(
            service, new ProtobufTranslationImpl(), NoopMetricsSystem.getInstance());
    this.threads = Executors.newCachedThreadPool(task -> daemon(task, "metaxy-jdbc-server"));
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Starts a server.
   *
   * @param url of the store, as the driver takes it
   * @param properties of each connection, as the driver takes them
   * @param address to listen at; port 0 for any that is free
   * @param login the user and password, with a colon between them, that clients must give; null for
   *     none
   * @throws SQLException where the store cannot be opened
   * @throws IOException where the address cannot be listened at
   */
  public static MetaxyServer start(
      String url, Properties properties, InetSocketAddress address, @Nullable String login)
      throws SQLException, IOException {
    // Else each answer waits for the client to confirm the one before.
    if (System.getProperty("sun.net.httpserver.nodelay") == null) {
      System.setProperty("sun.net.httpserver.nodelay", "true");
    }
    Connection kept = open(url, properties, new Properties());
    boolean started = false;
    try {
      MetaxyServer server =
          new MetaxyServer(
              HttpServer.create(address, 0),
              url,
              properties,
              kept,
              login == null ? null : basic(login));
      server.start();
      started = true;
      return server;
    } finally {
      if (!started) {
        kept.close();
      }
    }
  }

  private static byte[] basic(String login) {
    return ("Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)))
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** A client has the settings of a session to choose; all else is the server's. */
  private static Connection open(String url, Properties properties, Properties settings)
      throws SQLException {
    Properties all = new Properties();
    all.putAll(properties);
    for (String name : settings.stringPropertyNames()) {
      if (SessionSetting.find(name).filter(setting -> !setting.isConnectionOnly()).isEmpty()) {
        throw new MetaxyException(
                SqlState.NOT_ALLOWED,
                "'%s' is for the server to say; give it to the server in the URL of the store"
                    .formatted(name))
            .toSqlException();
      }
      all.setProperty("metaxy." + name, settings.getProperty(name));
    }
    Connection connection = new MetaxyDriver().connect(url, all);
    if (connection == null) {
      throw new MetaxyException(
              SqlState.CONNECTION_FAILURE, "The URL of the store must begin with jdbc:metaxy:")
          .toSqlException();
    }
    return connection;
  }

  private void start() {
    http.createContext("/", this::answer);
    http.setExecutor(threads);
    http.start();
    threads.execute(this::sweep);
  }

  private void sweep() {
    try {
      while (true) {
        TimeUnit.MINUTES.sleep(1);
        service.closeIdle(Instant.now());
      }
    } catch (InterruptedException e) {
      // The server was closed.
    }
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return http.getAddress();
  }

  MetaxyService service() {
    return service;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      int refusal = refusal(exchange);
      if (refusal != 0) {
        if (refusal == HttpURLConnection.HTTP_UNAUTHORIZED) {
          exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"metaxy-jdbc\"");
        }
        exchange.sendResponseHeaders(refusal, -1);
        return;
      }
      byte[] request = exchange.getRequestBody().readAllBytes();
      HandlerResponse<byte[]> response = handled(request);
      byte[] body = WireMessages.sent(response.getResponse());
      exchange.getResponseHeaders().set("Content-Type", CONTENT);
      exchange.sendResponseHeaders(response.getStatusCode(), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private HandlerResponse<byte[]> handled(byte[] request) {
    try {
      return handler.apply(WireMessages.received(request));
    } catch (MetaxyException e) {
      return handler.badRequestErrorResponse(e);
    }
  }

  /** The status of a request that is not answered; 0 for others. */
  private int refusal(HttpExchange exchange) {
    if (!exchange.getRequestMethod().equals("POST")) {
      return HttpURLConnection.HTTP_BAD_METHOD;
    }
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    if (type == null || !type.startsWith(CONTENT)) {
      return HttpURLConnection.HTTP_UNSUPPORTED_TYPE;
    }
    String given = exchange.getRequestHeaders().getFirst("Authorization");
    return authorization == null
            || (given != null
                && MessageDigest.isEqual(authorization, given.getBytes(StandardCharsets.US_ASCII)))
        ? 0
        : HttpURLConnection.HTTP_UNAUTHORIZED;
  }

  /** Stops it; clients' connections are closed, and what they did not commit is rolled back. */
  @Override
  public void close() throws SQLException {
    http.stop(0);
    threads.shutdownNow();
    service.closeAll();
    kept.close();
  }
}
