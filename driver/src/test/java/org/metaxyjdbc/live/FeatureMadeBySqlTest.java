package org.metaxyjdbc.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.metaxyjdbc.testing.TestStore;

/** Metaxy loads a feature that SQL made, reads and writes it, and computes children of it. */
@Live
class FeatureMadeBySqlTest {
  private static final String[] MAKE_SAMPLES = {
    "CREATE TABLE lab__samples (sample_id VARCHAR, run INTEGER, \"Größe\" DOUBLE,"
        + " price DECIMAL(10, 3), is_good BOOLEAN, taken_on DATE, taken_at TIMESTAMP,"
        + " seen_at TIMESTAMP WITH TIME ZONE, total BIGINT, PRIMARY KEY (sample_id, run))",
    "INSERT INTO lab__samples VALUES ('a', 1, 1.5, 12.345, TRUE, DATE '2024-02-29',"
        + " TIMESTAMP '2024-02-29 12:30:00.123456', TIMESTAMP '2024-02-29 12:30:00.654321',"
        + " 5000000000),"
        + " ('it''s \"ü\" 💾', 2, NULL, NULL, NULL, NULL, NULL, NULL, NULL),"
        + " ('b', 1, -0.25, 0.001, FALSE, DATE '1999-12-31', TIMESTAMP '1969-12-31 23:59:59',"
        + " TIMESTAMP '1969-12-31 23:59:59', -1)",
  };

  @ParameterizedTest
  @EnumSource(
      value = TestStore.Kind.class,
      names = {"DUCKDB", "POSTGRESQL"})
  void metaxyReadsItInEveryMode(TestStore.Kind kind) throws SQLException {
    TestStore store = kind.create();
    execute(store, MAKE_SAMPLES);
    assertThat(assertBothShowTheSame(store).rows(ReadMode.DEFAULT)).hasSize(3);
    execute(
        store,
        "INSERT INTO lab__samples (sample_id, run, total) VALUES ('a', 1, 7), ('c', 9, 8)",
        "UPDATE lab__samples SET price = 1.5 WHERE sample_id = 'b'",
        "DELETE FROM lab__samples WHERE total = 8 OR sample_id LIKE 'it%'");
    FeatureDump changed = assertBothShowTheSame(store);
    assertThat(changed.rows(ReadMode.DEFAULT)).hasSize(2);
    assertThat(changed.rows(ReadMode.ONLY_DELETED)).hasSize(2);
    assertThat(changed.stored()).hasSize(8);
    execute(store, "UPDATE only_deleted.lab__samples SET metaxy_deleted_at = NULL WHERE total = 8");
    assertThat(assertBothShowTheSame(store).rows(ReadMode.DEFAULT)).hasSize(3);
  }

  @ParameterizedTest
  @EnumSource(
      value = TestStore.Kind.class,
      names = {"DUCKDB", "POSTGRESQL"})
  void theRegistrySaysWhatMetaxyComputes(TestStore.Kind kind) throws SQLException {
    TestStore store = kind.create();
    execute(store, "CREATE TABLE other (id INTEGER PRIMARY KEY)");
    execute(store, MAKE_SAMPLES);
    JsonNode described = Metaxy.describeRegistered(store).get("lab/samples");
    assertThat(texts(described.get("id_columns"))).containsExactly("sample_id", "run");
    assertThat(texts(described.get("columns"))).contains("Größe", "seen_at", "total");
    try (Connection connection = store.raw();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT project, metaxy_feature_version, metaxy_definition_version,"
                    + " metaxy_project_version FROM metaxy_system__feature_versions"
                    + " ORDER BY recorded_at DESC")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1)).isEqualTo(described.get("project").asText());
      assertThat(rows.getString(2)).isEqualTo(described.get("feature_version").asText());
      assertThat(rows.getString(3)).isEqualTo(described.get("definition_version").asText());
      assertThat(rows.getString(4)).isEqualTo(described.get("project_version").asText());
      assertThat(rows.next()).isTrue();
      assertThat(rows.next()).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = TestStore.Kind.class,
      names = {"DUCKDB", "POSTGRESQL"})
  void metaxyWritesItAndJdbcShowsThat(TestStore.Kind kind) throws SQLException {
    TestStore store = kind.create();
    execute(store, MAKE_SAMPLES);
    execute(store, "DELETE FROM lab__samples WHERE sample_id = 'b'");
    Metaxy.writeRegistered(
        store,
        "lab/samples",
        List.of(
            Map.of("sample_id", "b", "run", 1, "total", 70),
            Map.of("sample_id", "new", "run", 3, "total", 71)));
    FeatureDump read = assertBothShowTheSame(store);
    assertThat(read.rows(ReadMode.DEFAULT)).hasSize(4);
    assertThat(read.rows(ReadMode.ONLY_DELETED)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = TestStore.Kind.class,
      names = {"DUCKDB", "POSTGRESQL"})
  void childrenFollowWhatSqlChanges(TestStore.Kind kind) throws SQLException {
    TestStore store = kind.create();
    execute(store, MAKE_SAMPLES);
    JsonNode first = Metaxy.resolveChild(store, "lab/samples", true);
    assertThat(first.get("new")).hasSize(3);
    assertThat(first.get("new"))
        .allSatisfy(row -> assertThat(row.get("metaxy_provenance").isNull()).isFalse());
    assertThat(Metaxy.resolveChild(store, "lab/samples", false))
        .as("nothing has changed")
        .allSatisfy(rows -> assertThat(rows).isEmpty());

    execute(
        store,
        "UPDATE lab__samples SET total = total + 1 WHERE sample_id = 'a'",
        "DELETE FROM lab__samples WHERE sample_id = 'b'",
        "INSERT INTO lab__samples (sample_id, run) VALUES ('c', 1)");
    JsonNode second = Metaxy.resolveChild(store, "lab/samples", true);
    assertThat(ids(second.get("new"))).containsExactly("c");
    assertThat(ids(second.get("stale"))).containsExactly("a");
    assertThat(ids(second.get("orphaned"))).containsExactly("b");

    execute(store, "UPDATE only_deleted.lab__samples SET metaxy_deleted_at = NULL");
    JsonNode third = Metaxy.resolveChild(store, "lab/samples", false);
    assertThat(third).as("restored as it was").allSatisfy(rows -> assertThat(rows).isEmpty());

    execute(
        store,
        """
        MERGE INTO lab__samples AS t USING (VALUES ('a', 1, 5), ('m', 1, 6)) AS s (sample_id, run, total)
        ON t.sample_id = s.sample_id AND t.run = s.run
        WHEN MATCHED THEN UPDATE SET total = s.total
        WHEN NOT MATCHED THEN INSERT (sample_id, run, total) VALUES (s.sample_id, s.run, s.total)""",
        """
        INSERT INTO lab__samples (sample_id, run, total)
        SELECT sample_id || '2', run, total FROM lab__samples WHERE sample_id = 'b'""");
    JsonNode fourth = Metaxy.resolveChild(store, "lab/samples", true);
    assertThat(ids(fourth.get("new"))).containsExactlyInAnyOrder("m", "b2");
    assertThat(ids(fourth.get("stale"))).containsExactly("a");
    assertThat(ids(fourth.get("orphaned"))).isEmpty();
    assertThat(Metaxy.resolveChild(store, "lab/samples", false))
        .allSatisfy(rows -> assertThat(rows).isEmpty());
  }

  /** The columns that Metaxy wrote, nested ones too, are taken along. */
  @ParameterizedTest
  @EnumSource(
      value = TestStore.Kind.class,
      names = {"DUCKDB", "POSTGRESQL"})
  void childrenFollowWhatSqlChangesInAFeatureOfMetaxys(TestStore.Kind kind) throws SQLException {
    TestStore store = kind.create();
    Metaxy.make(store, 40, 64);
    Metaxy.resolveChild(store, "video/raw", true);
    execute(
        store,
        """
        MERGE INTO video__raw AS t
        USING (SELECT video_id, status FROM video__raw WHERE video_id < 'v00010'
          UNION ALL SELECT 'v00001 too', status FROM video__raw WHERE video_id = 'v00001') AS s
        ON t.video_id = s.video_id
        WHEN MATCHED THEN UPDATE SET status = 'merged'
        WHEN NOT MATCHED THEN INSERT (video_id, status) VALUES (s.video_id, s.status)""",
        "UPDATE video__raw SET status = 'updated' WHERE video_id = 'v00020'");
    JsonNode resolved = Metaxy.resolveChild(store, "video/raw", true);
    assertThat(texts(resolved.get("new"), "video_id")).hasSizeLessThan(2);
    List<String> changed = new ArrayList<>();
    try (Connection connection = store.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT video_id FROM video__raw WHERE status IN ('merged', 'updated')")) {
      while (rows.next()) {
        changed.add(rows.getString(1));
      }
    }
    assertThat(changed).isNotEmpty();
    assertThat(texts(resolved.get("stale"), "video_id"))
        .containsExactlyInAnyOrderElementsOf(changed);
    assertThat(Metaxy.resolveChild(store, "video/raw", false))
        .allSatisfy(rows -> assertThat(rows).isEmpty());
    FeatureDump read = Metaxy.readRegistered(store, "video/raw");
    try (Connection connection = store.connect()) {
      ShownRows.assertSameAs(read, connection);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = TestStore.Kind.class,
      names = {"DUCKDB", "POSTGRESQL"})
  void itStandsBesideWhatMetaxyPushedAndGoesWithDropTable(TestStore.Kind kind) throws SQLException {
    TestStore store = kind.create();
    Metaxy.make(store, 20, 61);
    execute(store, MAKE_SAMPLES);
    Map<String, FeatureDump> registered = Metaxy.readRegistered(store);
    assertThat(registered).containsKey("lab/samples").hasSize(6);
    Metaxy.read(store)
        .forEach(
            (key, byClass) -> {
              FeatureDump withoutClass = registered.get(key);
              assertThat(withoutClass.featureVersion()).isEqualTo(byClass.featureVersion());
              assertThat(withoutClass.stored()).isEqualTo(byClass.stored());
            });
    assertBothShowTheSame(store);
    execute(store, "SET hard_delete = true", "DROP TABLE lab__samples");
    assertThat(Metaxy.describeRegistered(store).has("lab/samples")).isFalse();
  }

  /** A column more makes no new feature version, and Metaxy computes what the registry says. */
  @ParameterizedTest
  @EnumSource(
      value = TestStore.Kind.class,
      names = {"DUCKDB", "POSTGRESQL"})
  void metaxyLoadsAFeatureWithAnAddedColumn(TestStore.Kind kind) throws SQLException {
    TestStore store = kind.create();
    Metaxy.make(store, 20, 63);
    execute(store, MAKE_SAMPLES);
    execute(
        store,
        "ALTER TABLE lab__samples ADD COLUMN weight DOUBLE",
        "UPDATE lab__samples SET weight = 1.5 WHERE sample_id = 'a'",
        "ALTER TABLE video__raw ADD COLUMN note VARCHAR",
        "UPDATE video__raw SET note = 'seen'");
    JsonNode described = Metaxy.describeRegistered(store);
    assertThat(texts(described.get("lab/samples").get("columns"))).contains("weight", "total");
    assertThat(texts(described.get("video/raw").get("columns"))).contains("note");
    try (Connection connection = store.connect();
        Statement statement = connection.createStatement()) {
      for (String key : List.of("lab/samples", "video/raw")) {
        try (ResultSet rows =
            statement.executeQuery(
                """
                SELECT metaxy_feature_version, metaxy_definition_version, metaxy_project_version
                FROM registry.feature_versions WHERE feature_key = '%s'
                ORDER BY recorded_at DESC"""
                    .formatted(key))) {
          assertThat(rows.next()).isTrue();
          JsonNode feature = described.get(key);
          assertThat(rows.getString(1)).isEqualTo(feature.get("feature_version").asText());
          assertThat(rows.getString(2)).isEqualTo(feature.get("definition_version").asText());
          assertThat(rows.getString(3)).isEqualTo(feature.get("project_version").asText());
        }
      }
    }
    assertThat(assertBothShowTheSame(store).rows(ReadMode.DEFAULT)).hasSize(3);
  }

  /** Without Python classes Metaxy reads what it reads with them. */
  @ParameterizedTest
  @EnumSource(
      value = TestStore.Kind.class,
      names = {"DUCKDB", "POSTGRESQL"})
  void metaxysOwnFeaturesAreTheSameFromTheRegistry(TestStore.Kind kind) {
    TestStore store = kind.create();
    Metaxy.make(store, 20, 62);
    Map<String, FeatureDump> byClass = Metaxy.read(store);
    Map<String, FeatureDump> registered = Metaxy.readRegistered(store);
    assertThat(registered.keySet()).isEqualTo(byClass.keySet());
    byClass.forEach(
        (key, feature) -> {
          assertThat(registered.get(key).featureVersion()).isEqualTo(feature.featureVersion());
          assertThat(registered.get(key).stored()).isEqualTo(feature.stored());
        });
  }

  private static void execute(TestStore store, String... statements) throws SQLException {
    try (Connection connection = store.connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static FeatureDump assertBothShowTheSame(TestStore store) throws SQLException {
    FeatureDump read = Metaxy.readRegistered(store, "lab/samples");
    try (Connection connection = store.connect()) {
      ShownRows.assertSameAs(read, connection);
    }
    return read;
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private static List<String> ids(JsonNode rows) {
    return texts(rows, "sample_id");
  }

  private static List<String> texts(JsonNode rows, String column) {
    List<String> texts = new ArrayList<>();
    rows.forEach(row -> texts.add(row.get(column).asText()));
    return texts;
  }
}
