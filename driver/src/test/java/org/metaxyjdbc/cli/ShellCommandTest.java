package org.metaxyjdbc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.metaxyjdbc.testing.DemoStore;
import org.metaxyjdbc.testing.TestStore;

class ShellCommandTest {
  @Test
  void statementsEndWithASemicolonThatIsNotInTextOrComment() throws Exception {
    StatementReader reader =
        new StatementReader(
            new StringReader(
                """
                -- a; b
                ;
                /* ; '*/ SELECT ';', "a;", 'it''s;' -- it's; one
                  FROM a;;
                SELECT 4 - 2 / 1 * 3;
                /* ends ; */ SELECT 2"""));
    List<String> statements = new ArrayList<>();
    for (String sql = reader.next(); sql != null; sql = reader.next()) {
      statements.add(sql);
    }
    assertThat(statements)
        .containsExactly(
            "/* ; '*/ SELECT ';', \"a;\", 'it''s;' -- it's; one\n  FROM a",
            "SELECT 4 - 2 / 1 * 3",
            "/* ends ; */ SELECT 2");
  }

  @Test
  void runsStatementsUntilOneFails() throws Exception {
    DemoStore store = DemoStore.create(TestStore.Kind.H2);
    CommandRun run =
        CommandRun.of(
            "shell",
            "--url",
            store.url(),
            "-e",
            "SET hard_delete = true; DELETE FROM predictions WHERE label = 'cat'",
            "-e",
            "SELECT prediction_id AS id, label FROM predictions WHERE prediction_id < 4",
            "-e",
            "SELECT 1 FROM nosuch",
            "-e",
            "DELETE FROM predictions");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out().lines())
        .containsExactly(
            "OK, 0 rows changed", "OK, 2 rows changed", "id  label", "3   dog", "(1 rows)");
    assertThat(run.err()).contains("Error: Table 'nosuch' not found", "42S02");
    assertThat(store.predictions("active")).hasSize(6);
  }

  @Test
  void runsAScriptAndPrintsOnlyData(@TempDir Path folder) throws Exception {
    DemoStore store = DemoStore.create(TestStore.Kind.H2);
    Path file = folder.resolve("script.sql");
    Files.writeString(
        file,
        """
        BEGIN;
        DELETE FROM predictions WHERE label = 'cat';
        ROLLBACK;
        SELECT COUNT(*) AS n FROM predictions;
        """);
    CommandRun run =
        CommandRun.of("shell", "--format", "csv", "-f", file.toString(), "--url", store.url());
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).isEqualTo("\"n\"\n\"8\"\n");
    CommandRun missing =
        CommandRun.of("shell", "-f", folder.resolve("none").toString(), "--url", store.url());
    assertThat(missing.exitCode()).isEqualTo(1);
    assertThat(missing.err()).contains("There is no file");
  }

  @Test
  void readsStatementsFromRedirectedInput() throws Exception {
    DemoStore store = DemoStore.create(TestStore.Kind.H2);
    InputStream before = System.in;
    System.setIn(stream("SELECT label FROM predictions WHERE prediction_id = 5;"));
    try {
      CommandRun run = CommandRun.of("shell", "--format", "jsonl", "--url", store.url());
      assertThat(run.out()).isEqualTo("{\"label\":\"it's \\\"odd\\\" ü\"}\n");
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void theConsoleIsSqlLine() throws Exception {
    DemoStore store = DemoStore.create(TestStore.Kind.H2);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SqlConsole.run(
        "demo",
        () -> store.store().connect(),
        stream(
            "!set outputformat csv\nSELECT label\n  FROM predictions WHERE prediction_id = 3;\n!list\nSELECT 1 FROM nosuch;\n!quit\n"),
        out);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("'dog'", "store:demo", "Table 'nosuch' not found");
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
