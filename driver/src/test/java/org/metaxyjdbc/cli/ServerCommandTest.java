package org.metaxyjdbc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.metaxyjdbc.testing.DemoStore;
import org.metaxyjdbc.testing.TestStore;

class ServerCommandTest {
  private static final String SERVING =
      "Serving (jdbc:metaxy:.*) at (jdbc:metaxy://127.0.0.1:\\d+/); Ctrl-C stops it.";

  @Test
  void servesUntilItIsInterrupted() throws Exception {
    DemoStore store = DemoStore.create(TestStore.Kind.H2);
    PipedReader printed = new PipedReader();
    PrintWriter out = new PrintWriter(new PipedWriter(printed), true);
    FutureTask<Integer> exitCode =
        new FutureTask<>(
            () ->
                MetaxyCommand.run(
                    out,
                    new PrintWriter(new StringWriter()),
                    "server",
                    "--url",
                    store.url(),
                    "--port",
                    "0",
                    "--login",
                    "anna:secret"));
    Thread server = new Thread(exitCode);
    server.start();
    String line = new BufferedReader(printed).readLine();
    assertThat(line).matches(SERVING);
    String url = line.replaceAll(SERVING, "$2");
    CommandRun run =
        CommandRun.of(
            "delete",
            "--url",
            url,
            "--user",
            "anna",
            "--password",
            "secret",
            "--feature",
            "predictions",
            "--filter",
            "label = 'cat'");
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("predictions (2 rows)");
    assertThat(store.predictions("only_deleted")).contains(1L, 2L);
    server.interrupt();
    assertThat(exitCode.get()).isZero();
    assertThat(CommandRun.of("features", "--url", url).err()).contains("There is no server at");
  }

  @Test
  void readmeShowsWhatItPrints() throws Exception {
    assertThat(Files.readAllLines(Path.of("..", "README.md")))
        .filteredOn(line -> line.matches(SERVING))
        .hasSize(1);
  }

  @Test
  void whatCannotBeServedIsAnError() throws Exception {
    CommandRun ofItsOwn = CommandRun.of("server", "--url", "jdbc:metaxy:");
    assertThat(ofItsOwn.exitCode()).isEqualTo(2);
    assertThat(ofItsOwn.err()).contains("another one for each client", "h2:mem:demo");
    CommandRun login = CommandRun.of("server", "--url", "jdbc:metaxy:h2:mem:a", "--login", "anna");
    assertThat(login.exitCode()).isEqualTo(2);
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CommandRun run =
          CommandRun.of(
              "server", "--url", "jdbc:metaxy:h2:mem:a", "--port", "" + taken.getLocalPort());
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err()).contains("cannot be listened at", "--port");
    }
  }
}
