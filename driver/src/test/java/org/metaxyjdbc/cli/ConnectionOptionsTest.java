package org.metaxyjdbc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.metaxyjdbc.testing.DemoStore;
import org.metaxyjdbc.testing.TestStore;

class ConnectionOptionsTest {
  @ParameterizedTest
  @ValueSource(strings = {"typed", "given", "joined", "wrong"})
  void aPasswordIsGivenOrAskedFor(String way) throws Exception {
    String database = "h2:mem:locked" + way;
    try (Connection keptOpen =
        DriverManager.getConnection("jdbc:" + database, "alice", "geheim 1")) {
      assertThat(keptOpen.isClosed()).isFalse();
      List<String> arguments =
          new ArrayList<>(
              List.of("features", "--url", "jdbc:metaxy:" + database, "--user", "alice"));
      switch (way) {
        case "given" -> arguments.addAll(List.of("--password", "geheim 1"));
        case "joined" -> arguments.add("--password=geheim 1");
        default -> arguments.add("--password");
      }
      InputStream before = System.in;
      String typed = way.equals("wrong") ? "geheim 2\n" : "geheim 1\n";
      System.setIn(new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)));
      try {
        CommandRun run = CommandRun.of(arguments.toArray(new String[0]));
        assertThat(run.exitCode()).isEqualTo(way.equals("wrong") ? 1 : 0);
        assertThat(run.out() + run.err()).doesNotContain("geheim");
      } finally {
        System.setIn(before);
      }
    }
  }

  /** A process of its own has the environment, and an exit code. */
  @Test
  void theStoreIsTakenFromTheEnvironment() throws Exception {
    DemoStore store = DemoStore.create(TestStore.Kind.DUCKDB);
    ProcessBuilder builder =
        new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            MetaxyCommand.class.getName(),
            "delete",
            "--feature",
            "predictions",
            "--filter",
            "label < 'd'",
            "--dry-run");
    builder.environment().put(ConnectionOptions.URL_VARIABLE, store.url());
    builder.environment().put("LC_ALL", "C");
    Process process = builder.redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    assertThat(printed).contains("  • predictions (3 rows)");
  }

  @Test
  void withoutACommandTheCommandsAreListed() {
    CommandRun run = CommandRun.of();
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("Usage: metaxy-jdbc", "delete", "export", "shell");
    assertThat(CommandRun.of("--help").exitCode()).isZero();
  }
}
