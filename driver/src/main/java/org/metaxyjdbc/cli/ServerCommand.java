package org.metaxyjdbc.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.server.MetaxyServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code server}: serves a store to clients, until it is interrupted. */
@Command(
    name = "server",
    description =
        "Serves the store to clients that connect with jdbc:metaxy://host:port/, until Ctrl-C.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  metaxy-jdbc server --url jdbc:metaxy:duckdb:features.duckdb",
      "  metaxy-jdbc server --url jdbc:metaxy:h2:./demo --host 0.0.0.0 --login anna:secret"
    })
final class ServerCommand implements Callable<Integer> {
  private static final String LOGIN_VARIABLE = "METAXY_JDBC_LOGIN";
  private static final String OWN_STORE = "jdbc:metaxy:";

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--port",
      paramLabel = "<port>",
      defaultValue = "8765",
      description = "Where to listen, 8765 by default; 0 for any port that is free.")
  private int port;

  @Option(
      names = "--host",
      paramLabel = "<host>",
      defaultValue = "127.0.0.1",
      description =
          "The address to listen at; by default only programs on this machine can connect. What is sent is not encrypted.")
  private String host = "";

  @Option(
      names = "--login",
      paramLabel = "<user:password>",
      defaultValue = "${" + LOGIN_VARIABLE + "}",
      description =
          "What clients must give as user and password, by default the environment variable "
              + LOGIN_VARIABLE
              + ". Without, anybody who can connect can do anything.")
  private @Nullable String login;

  @Mixin(name = ConnectionOptions.MIXIN)
  private ConnectionOptions store = new ConnectionOptions();

  @Override
  public Integer call() throws SQLException, IOException {
    if (spec == null) {
      throw new IllegalStateException("not run by picocli");
    }
    if (login != null && !login.isEmpty() && login.indexOf(':') < 1) {
      throw CommandException.ofUsage(
          "The login has no user or no password.", "Use --login=user:password.");
    }
    if (store.requireUrl().equals(OWN_STORE)) {
      throw CommandException.ofUsage(
          "A private store would be another one for each client.",
          "Name it: --url=jdbc:metaxy:h2:mem:demo, or give a file.");
    }
    Properties properties = store.properties();
    store
        .settings()
        .forEach(
            (setting, value) -> properties.setProperty("metaxy." + setting.settingName(), value));
    try (MetaxyServer server =
        MetaxyServer.start(
            store.requireUrl(), properties, new InetSocketAddress(host, port), given(login))) {
      PrintWriter out = spec.commandLine().getOut();
      out.printf(
          "Serving %s at jdbc:metaxy://%s:%d/; Ctrl-C stops it.%n",
          store.displayUrl(), host, server.address().getPort());
      out.flush();
      waitForInterrupt(server);
      return 0;
    } catch (BindException e) {
      throw CommandException.failed(
          "Port %d of %s cannot be listened at (%s).".formatted(port, host, e.getMessage()),
          "Give another one with --port, or 0 for any that is free.");
    }
  }

  private static @Nullable String given(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  /** Ctrl-C ends the JVM, which waits for its hooks. */
  private static void waitForInterrupt(MetaxyServer server) {
    Thread hook = new Thread(() -> close(server), "metaxy-jdbc-stop");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Runtime.getRuntime().removeShutdownHook(hook);
    }
  }

  private static void close(MetaxyServer server) {
    try {
      server.close();
    } catch (SQLException e) {
      // The JVM ends, and the store's connections with it.
    }
  }
}
