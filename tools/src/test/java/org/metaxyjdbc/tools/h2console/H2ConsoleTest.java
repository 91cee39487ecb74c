package org.metaxyjdbc.tools.h2console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.metaxyjdbc.testing.PredictionStore;
import org.metaxyjdbc.testing.TestStore;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;

/** H2's web console with this driver, in a real browser. Its pictures are in {@code target}. */
class H2ConsoleTest {
  private Server server;
  private ChromeDriver browser;

  @BeforeEach
  void start(@TempDir Path profiles) throws SQLException {
    server = Server.createWebServer("-webPort", "0", "-properties", "null").start();
    browser = Browser.open("http://localhost:" + server.getPort(), profiles);
  }

  @AfterEach
  void stop() {
    if (browser != null) {
      browser.quit();
    }
    server.stop();
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void aSessionOfTheConsole(TestStore.Kind kind) throws SQLException, IOException {
    PredictionStore store = PredictionStore.create(kind);
    Console console = new Console(browser);
    console.login("org.metaxyjdbc.jdbc.MetaxyDriver", store.url());
    assertThat(console.tree())
        .containsSubsequence(
            "models", "predictions", "history", "include_deleted", "only_deleted", "registry")
        .last(InstanceOfAssertFactories.STRING)
        .startsWith("Metaxy on ");
    console.open("predictions");
    assertThat(console.tree()).containsSubsequence("predictions", "prediction_id", "confidence");
    assertThat(console.statementFor("predictions")).isEqualTo("SELECT * FROM \"predictions\"");

    assertThat(
            console.run("SELECT prediction_id, confidence FROM predictions ORDER BY 1", "4 rows"))
        .contains("1 0.9", "2 0.3", "3 0.8", "4 0.2");
    console.run("DELETE FROM predictions WHERE confidence < 0.5", "Update count: 2");
    assertThat(console.run("SELECT prediction_id FROM predictions ORDER BY 1", "2 rows"))
        .contains("1\n3\n");
    assertThat(console.run("SELECT nothing FROM predictions", "42S22"))
        .contains("Column 'nothing' not found (line 1, column 8)");
    assertThat(
            console.run(
                """
                SELECT prediction_id, model, confidence, metaxy_deleted_at
                FROM only_deleted.predictions
                ORDER BY 1""",
                "3 rows"))
        .contains("2 v1 0.3 ", "4 v2 0.2 ", "5 v2 0.1 ");
    picture(kind);
    assertThat(store.ids("active")).containsExactly(1L, 3L);
    assertThat(store.ids("only_deleted")).containsExactly(2L, 4L, 5L);

    console.run(
        "@edit SELECT prediction_id, model, confidence FROM predictions ORDER BY 1", "2 rows");
    assertThat(console.edit(1, 3, "0.95", "2 rows")).contains("1 v1 0.95", "3 v2 0.8");
    console.add(List.of("6", "v2", "0.7"), "3 rows");
    assertThat(console.remove(2, "2 rows")).contains("1 v1 0.95", "6 v2 0.7");
    console.run("@edit SELECT * FROM predictions WHERE prediction_id = 1", "(1 row");
    assertThat(console.edit(1, 2, "v2", "(1 row")).contains("v2").doesNotContain("42501");
    assertThat(store.ids("active")).containsExactly(1L, 6L);
    assertThat(store.ids("history"))
        .containsExactly(1L, 1L, 1L, 2L, 2L, 3L, 3L, 4L, 4L, 5L, 5L, 6L);
  }

  private void picture(TestStore.Kind kind) throws IOException {
    browser.switchTo().defaultContent();
    Files.write(
        Path.of("target", "h2-console-" + kind.name().toLowerCase(Locale.ROOT) + ".png"),
        browser.getScreenshotAs(OutputType.BYTES));
  }
}
