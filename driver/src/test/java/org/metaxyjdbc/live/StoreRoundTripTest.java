package org.metaxyjdbc.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.metaxyjdbc.testing.TestStore;

/** Metaxy writes, JDBC changes, Metaxy reads: both show the same all along. */
@Live
class StoreRoundTripTest {
  @ParameterizedTest
  @CsvSource({"DUCKDB, 40, 11", "DUCKDB, 200, 12", "POSTGRESQL, 40, 21", "POSTGRESQL, 200, 22"})
  void everyModeShowsWhatMetaxyReads(TestStore.Kind kind, int records, int seed)
      throws SQLException {
    TestStore store = kind.create();
    Metaxy.make(store, records, seed);
    assertBothShowTheSame(store);
  }

  @ParameterizedTest
  @EnumSource(
      value = TestStore.Kind.class,
      names = {"DUCKDB", "POSTGRESQL"})
  void metaxyReadsWhatDeletesOverJdbcLeave(TestStore.Kind kind) throws SQLException {
    TestStore store = kind.create();
    Metaxy.make(store, 80, 41);
    changeAndCompare(
        store,
        "DELETE FROM predictions WHERE score < 0.2 AND NOT is_archived",
        "DELETE FROM predictions__model_v1 WHERE sample_uid IN ('s0001', 's0004') OR confidence < 0.1",
        "DELETE FROM video__raw WHERE status = 'it''s \"odd\" ü' OR has_audio IS NULL",
        "DELETE FROM video__faces WHERE n_faces > 4 AND quality < 0.5");
    changeAndCompare(
        store,
        "DELETE FROM predictions WHERE score < 0.2 AND NOT is_archived",
        "DELETE FROM predictions WHERE label = 'cat' AND n_tokens > 2000",
        "SET materialization_id = 'over JDBC'",
        "DELETE FROM video__raw WHERE fps = 25.000 AND recorded_on < DATE '2024-03-01'");
    changeAndCompare(
        store,
        "SET feature_version = 'all'",
        "DELETE FROM video__raw WHERE status = 'active' AND duration_s > 2500",
        "DELETE FROM video__faces WHERE quality > 0.8");
    changeAndCompare(
        store,
        "SET hard_delete = true",
        "DELETE FROM predictions WHERE score BETWEEN 0.5 AND 0.7",
        "DELETE FROM include_deleted.video__raw WHERE video_id LIKE 'v0000%'",
        "DELETE FROM only_deleted.predictions__model_v1 WHERE label = 'dog'",
        "DELETE FROM history.video__faces WHERE quality < 0.3");
    changeAndCompare(
        store,
        "SET hard_delete = true",
        "SET feature_version = 'all'",
        "DELETE FROM video__raw WHERE video_id > 'v00060'",
        "DELETE FROM only_deleted.video__faces",
        "DELETE FROM history.predictions WHERE metaxy_deleted_at IS NOT NULL AND score > 0.9");
    changeAndCompare(store, "DELETE FROM predictions", "DELETE FROM video__raw");
  }

  @ParameterizedTest
  @EnumSource(
      value = TestStore.Kind.class,
      names = {"DUCKDB", "POSTGRESQL"})
  void deletesOfBothMixWithWhatMetaxyWritesAgain(TestStore.Kind kind) throws SQLException {
    TestStore store = kind.create();
    Metaxy.make(store, 60, 51);
    List<Integer> some = IntStream.range(10, 40).boxed().toList();
    changeAndCompare(
        store,
        "DELETE FROM predictions WHERE prediction_id BETWEEN 1000000005 AND 1000000030",
        "DELETE FROM video__raw WHERE video_id < 'v00030'",
        "DELETE FROM predictions__model_v1 WHERE model_run <> 1");
    assertThat(count(store, "predictions WHERE prediction_id BETWEEN 1000000010 AND 1000000030"))
        .isZero();

    Metaxy.write(store, "predictions", some, 91);
    Metaxy.write(store, "video/raw", some, 92);
    Metaxy.write(store, "predictions/model_v1", some, 93);
    Metaxy.writeFaces(store, 94);
    assertThat(count(store, "predictions WHERE prediction_id BETWEEN 1000000010 AND 1000000039"))
        .isEqualTo(some.size());
    assertBothShowTheSame(store);

    Metaxy.delete(store, "predictions", FilterCase.text("label = 'cat'"), true);
    Metaxy.delete(store, "video/raw", FilterCase.text("video_id < 'v00020'"), true);
    changeAndCompare(
        store,
        "DELETE FROM predictions WHERE score < 0.4 OR label = 'cat'",
        "DELETE FROM video__raw WHERE video_id < 'v00025'",
        "DELETE FROM predictions__model_v1 WHERE confidence > 0.5");
    Metaxy.delete(store, "predictions", FilterCase.text("score < 0.6"), true);
    Metaxy.write(store, "predictions", some.subList(5, 15), 95);
    Metaxy.writeFaces(store, 96);
    assertBothShowTheSame(store);
    changeAndCompare(
        store,
        "SET hard_delete = true",
        "DELETE FROM only_deleted.predictions",
        "DELETE FROM only_deleted.video__raw WHERE video_id > 'v00012'");
  }

  private static void changeAndCompare(TestStore store, String... statements) throws SQLException {
    try (Connection connection = store.connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
    assertBothShowTheSame(store);
  }

  private static long count(TestStore store, String from) throws SQLException {
    try (Connection connection = store.connect();
        Statement statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT COUNT(*) FROM " + from)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /** Which is what {@link RecordModel} works out, too. */
  private static void assertBothShowTheSame(TestStore store) throws SQLException {
    Map<String, FeatureDump> read = Metaxy.read(store);
    assertThat(read).hasSize(5);
    try (Connection connection = store.connect()) {
      for (FeatureDump feature : read.values()) {
        if (feature.exists()) {
          ShownRows.assertSameAs(feature, connection);
          for (ReadMode mode : ReadMode.values()) {
            ShownRows.assertSame(
                "model of %s %s".formatted(feature.feature(), mode),
                RecordModel.of(feature).rows(mode),
                feature.rows(mode));
          }
        }
      }
    }
  }
}
