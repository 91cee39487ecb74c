package org.metaxyjdbc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.metaxyjdbc.testing.DemoStore;
import org.metaxyjdbc.testing.TestStore;

class DeleteCommandTest {
  private static DemoStore h2() throws SQLException {
    return DemoStore.create(TestStore.Kind.H2);
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void aSoftDeleteAppendsATombstoneToEachMatchingRecord(TestStore.Kind kind) throws SQLException {
    DemoStore store = DemoStore.create(kind);
    CommandRun run =
        CommandRun.of(
            "delete",
            "--feature",
            "predictions",
            "--filter",
            "confidence < 0.3",
            "--url",
            store.url(),
            "--materialization-id",
            "run-7");
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("✓ Deletion complete (soft delete)", "predictions (2 rows)", "Total rows: 2");
    assertThat(store.predictions("active")).containsExactly(3L, 4L, 5L, 6L, 7L, 9L);
    assertThat(store.predictions("only_deleted")).containsExactly(1L, 2L, 8L);
    assertThat(store.physicalRows("predictions")).isEqualTo(13);
    try (Connection connection = store.store().connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT COUNT(*) FROM only_deleted.predictions WHERE metaxy_materialization_id = 'run-7'")) {
      rows.next();
      assertThat(rows.getInt(1)).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void aHardDeleteRemovesAllVersionsOfEachMatchingRecord(TestStore.Kind kind) throws SQLException {
    DemoStore store = DemoStore.create(kind);
    CommandRun run =
        CommandRun.of(
            "delete",
            "--feature",
            "predictions",
            "--filter",
            "created_at < '2024-01-01'",
            "--soft=false",
            "--url",
            store.url());
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("Deletion complete (hard delete)", "predictions (1 rows)");
    assertThat(store.predictions("include_deleted"))
        .containsExactly(2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
    assertThat(store.physicalRows("predictions")).isEqualTo(10);
  }

  @Test
  void aDryRunCountsAndChangesNothing() throws SQLException {
    DemoStore store = h2();
    CommandRun run =
        CommandRun.of(
            "delete",
            "predictions,video/raw",
            "--filter",
            "metaxy_deleted_at IS NULL",
            "--filter",
            "metaxy_updated_at < '2030-01-01'",
            "--hard",
            "--dry-run",
            "--url",
            store.url());
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains(
            "Dry run (hard delete, with_feature_history=no)",
            "Features (2):",
            "• predictions (8 rows)",
            "• video/raw (2 rows)",
            "Total rows to delete: 10",
            "• metaxy_deleted_at IS NULL")
        .doesNotContain("Deletion complete");
    assertThat(store.physicalRows("predictions")).isEqualTo(11);
    assertThat(store.physicalRows("video__raw")).isEqualTo(2);
  }

  @Test
  void severalFiltersMustAllMatch() throws SQLException {
    DemoStore store = h2();
    CommandRun.of(
        "delete",
        "predictions",
        "--filter",
        "label = 'cat' OR label = 'dog'",
        "--filter",
        "is_archived",
        "--url",
        store.url());
    assertThat(store.predictions("active")).containsExactly(2L, 3L, 5L, 6L, 7L);
  }

  @Test
  void featuresAreNamedByKeyOrTableInSeveralWays() throws SQLException {
    for (String[] names :
        new String[][] {
          {"predictions", "video/raw"},
          {"--feature", "predictions", "--feature", "video__raw"},
          {"--features", "predictions,video/raw"},
          {"--features=PREDICTIONS", "video/raw", "--features=video__raw"},
        }) {
      DemoStore store = h2();
      String[] arguments = new String[names.length + 3];
      arguments[0] = "delete";
      System.arraycopy(names, 0, arguments, 1, names.length);
      arguments[names.length + 1] = "--url";
      arguments[names.length + 2] = store.url();
      CommandRun run = CommandRun.of(arguments);
      assertThat(run.out()).contains("• predictions (8 rows)", "• video/raw (2 rows)");
      assertThat(store.predictions("active")).isEmpty();
    }
  }

  @Test
  void aFeatureThatWasNeverWrittenHasNothingToDelete() throws SQLException {
    CommandRun run =
        CommandRun.of("delete", "video/un-used", "--filter", "video_id = 'a'", "--url", h2().url());
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("• video/un-used (0 rows)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--hard", "--soft=false"})
  void aHardDeleteOfEverythingMustBeConfirmed(String hard) throws SQLException {
    DemoStore store = h2();
    for (String[] filter : new String[][] {{}, {"--filter", "1=1"}}) {
      String[] arguments = {"delete", "predictions", hard, "--url", store.url()};
      String[] all = new String[arguments.length + filter.length];
      System.arraycopy(arguments, 0, all, 0, arguments.length);
      System.arraycopy(filter, 0, all, arguments.length, filter.length);
      CommandRun run = CommandRun.of(all);
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err())
          .contains(
              "Error: Hard deleting all metadata requires --yes flag to prevent accidental deletion.");
    }
    assertThat(store.physicalRows("predictions")).isEqualTo(11);
    CommandRun confirmed =
        CommandRun.of("delete", "predictions", hard, "--yes", "--url", store.url());
    assertThat(confirmed.exitCode()).isZero();
    assertThat(store.predictions("include_deleted")).containsExactly(8L);
  }

  @Test
  void anUnknownFeatureIsWarnedOfAndNothingIsDeleted() throws SQLException {
    DemoStore store = h2();
    CommandRun run = CommandRun.of("delete", "predictoins,video/raw", "--url", store.url());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .contains("Warning: Feature(s) not found: predictoins; did you mean 'predictions'?");
    assertThat(store.physicalRows("video__raw")).isEqualTo(2);
  }

  @Test
  void aFilterThatDoesNotFitOneFeatureLeavesAllAsTheyWere() throws SQLException {
    DemoStore store = h2();
    CommandRun run =
        CommandRun.of(
            "delete",
            "predictions",
            "video/raw",
            "--filter",
            "confidence < 2",
            "--url",
            store.url());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("Feature 'video/raw' has no column 'confidence'");
    assertThat(store.physicalRows("predictions")).isEqualTo(11);
  }

  @Test
  void aFailureInOneFeatureRollsBackTheOthers() throws SQLException {
    DemoStore store = h2();
    store.store().execute("ALTER TABLE \"video__raw\" ADD CHECK (\"metaxy_deleted_at\" IS NULL)");
    CommandRun run = CommandRun.of("delete", "predictions", "video/raw", "--url", store.url());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).startsWith("Error: ").contains("SQLSTATE 23");
    assertThat(run.out()).isEmpty();
    assertThat(store.predictions("active")).hasSize(8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "label = 'x",
        "label = 'a'; DROP TABLE f",
        "lower(label) = 'a'",
        "confidence < 'low'",
        "lable = 'a'",
        " "
      })
  void aWrongFilterEndsWithCodeTwo(String filter) throws SQLException {
    DemoStore store = h2();
    CommandRun run =
        CommandRun.of("delete", "predictions", "--filter", filter, "--url", store.url());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("Error: Invalid filter").doesNotContain("\tat ");
    assertThat(store.physicalRows("predictions")).isEqualTo(11);
  }

  @Test
  void wrongUsageEndsWithWhatMetaxySays() throws SQLException {
    String url = h2().url();
    CommandRun none = CommandRun.of("delete", "--url", url);
    assertThat(none.exitCode()).isEqualTo(1);
    assertThat(none.err())
        .contains("Error: Must specify either --all-features or feature arguments");
    CommandRun both = CommandRun.of("delete", "predictions", "--all-features", "--url", url);
    assertThat(both.exitCode()).isEqualTo(1);
    assertThat(CommandRun.of("delete", "predictions", "--soft", "--hard", "--url", url).exitCode())
        .isEqualTo(2);
    assertThat(CommandRun.of("delete", "predictions", "--frobnicate", "--url", url).exitCode())
        .isEqualTo(2);
    CommandRun noStore = CommandRun.of("delete", "predictions");
    assertThat(noStore.exitCode()).isEqualTo(2);
    assertThat(noStore.err()).contains("--url", "METAXY_JDBC_URL");
  }

  @Test
  void allFeaturesAreTheRegisteredOnes() throws SQLException {
    DemoStore store = h2();
    CommandRun run = CommandRun.of("delete", "--all-features", "--dry-run", "--url", store.url());
    assertThat(run.out()).contains("Features (3):", "Total rows to delete: 10");
  }

  @Test
  void withFeatureHistoryOtherFeatureVersionsAreDeletedToo() throws SQLException {
    DemoStore store = h2();
    store
        .store()
        .execute(
            "UPDATE \"predictions\" SET \"metaxy_feature_version\" = 'old' WHERE \"prediction_id\" = 1");
    CommandRun current =
        CommandRun.of(
            "delete",
            "predictions",
            "--filter",
            "label = 'cat'",
            "--dry-run",
            "--url",
            store.url());
    assertThat(current.out()).contains("with_feature_history=no", "Total rows to delete: 1");
    CommandRun all =
        CommandRun.of(
            "delete",
            "predictions",
            "--filter",
            "label = 'cat'",
            "--dry-run",
            "--with-feature-history",
            "--url",
            store.url());
    assertThat(all.out()).contains("with_feature_history=yes", "Total rows to delete: 2");
  }
}
