package org.metaxyjdbc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.metaxyjdbc.testing.DemoStore;
import org.metaxyjdbc.testing.TestStore;

/** Prediction 8 of the demo store was deleted on 2024-02-01. */
class PurgeAndRestoreCommandTest {
  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void aPurgeRemovesDeletedRecordsAndNoOthers(TestStore.Kind kind) throws SQLException {
    DemoStore store = DemoStore.create(kind);
    CommandRun run = CommandRun.of("purge", "predictions", "--yes", "--url", store.url());
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("✓ Purge complete", "• predictions (1 rows)");
    assertThat(store.predictions("include_deleted"))
        .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 9L);
    assertThat(store.physicalRows("predictions")).isEqualTo(9);
  }

  @Test
  void onlyWhatWasDeletedBeforeATimeIsPurged() throws SQLException {
    DemoStore store = DemoStore.create(TestStore.Kind.H2);
    for (String early : new String[] {"2024-02-01", "2024-02-01 00:30+01", "30000d"}) {
      CommandRun run = purge(store, early, "--yes");
      assertThat(run.out()).contains("Total rows: 0");
    }
    assertThat(purge(store, "2024-02-02", "--dry-run").out()).contains("Total rows to purge: 1");
    assertThat(purge(store, "30d", "--dry-run").out()).contains("Total rows to purge: 1");
    assertThat(store.predictions("only_deleted")).containsExactly(8L);
    assertThat(purge(store, "1w", "--yes").out()).contains("Total rows: 1");
    assertThat(store.predictions("only_deleted")).isEmpty();
  }

  private static CommandRun purge(DemoStore store, String before, String option) {
    return CommandRun.of(
        "purge", "predictions", "--deleted-before", before, option, "--url", store.url());
  }

  @Test
  void aPurgeMustBeConfirmed() throws SQLException {
    DemoStore store = DemoStore.create(TestStore.Kind.H2);
    CommandRun run =
        CommandRun.of("purge", "predictions", "--filter", "label = 'cat'", "--url", store.url());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("Purging deleted records requires --yes");
    assertThat(store.predictions("only_deleted")).containsExactly(8L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "30", "-3d", "30y", ""})
  void aTimeThatIsNoneEndsWithCodeTwo(String time) {
    CommandRun run =
        CommandRun.of(
            "purge", "predictions", "--deleted-before", time, "--yes", "--url", "jdbc:metaxy:");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--deleted-before is '" + time + "'");
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void aRestoreBringsDeletedRecordsBack(TestStore.Kind kind) throws SQLException {
    DemoStore store = DemoStore.create(kind);
    CommandRun none =
        CommandRun.of("restore", "predictions", "--filter", "label = 'dog'", "--url", store.url());
    assertThat(none.out()).contains("Total rows: 0");
    CommandRun run =
        CommandRun.of(
            "restore",
            "predictions",
            "--filter",
            "metaxy_deleted_at > '2024-01-31'",
            "--url",
            store.url());
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("✓ Restoration complete", "• predictions (1 rows)");
    assertThat(store.predictions("active")).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
    assertThat(store.physicalRows("predictions")).isEqualTo(12);
  }
}
