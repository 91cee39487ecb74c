package org.metaxyjdbc.testing;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * A store with the features {@code predictions} (8 active records and a deleted one, of many column
 * types, with NULLs), {@code video/raw} (2 active records) and {@code video/un-used} (never
 * written).
 */
public final class DemoStore {
  private static final String SYSTEM_COLUMNS =
      """
      "metaxy_provenance" VARCHAR, "metaxy_data_version" VARCHAR, "metaxy_feature_version" VARCHAR, \
      "metaxy_project_version" VARCHAR, "metaxy_materialization_id" VARCHAR, \
      "metaxy_created_at" TIMESTAMP WITH TIME ZONE, "metaxy_updated_at" TIMESTAMP WITH TIME ZONE, \
      "metaxy_deleted_at" TIMESTAMP WITH TIME ZONE\
      """;

  /** What Metaxy computes for a feature without fields. */
  private static final String FEATURE_VERSION = "e3b0c442";

  private final TestStore store;

  private DemoStore(TestStore store) {
    this.store = store;
  }

  public static DemoStore create(TestStore.Kind kind) throws SQLException {
    DemoStore demo = new DemoStore(kind.create());
    demo.registry();
    demo.predictions();
    demo.videos();
    return demo;
  }

  /** The URL of the store through this project's driver. */
  public String url() {
    return store.url();
  }

  public TestStore store() {
    return store;
  }

  /** The ids of the predictions that {@code schema} shows, in order. */
  public List<Long> predictions(String schema) throws SQLException {
    List<Long> ids = new ArrayList<>();
    try (Connection connection = store.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT prediction_id FROM " + schema + ".predictions ORDER BY prediction_id")) {
      while (rows.next()) {
        ids.add(rows.getLong(1));
      }
    }
    return ids;
  }

  /** The number of physical rows of a table. */
  public long physicalRows(String table) throws SQLException {
    try (Connection connection = store.raw();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM \"" + table + "\"")) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private void registry() throws SQLException {
    store.execute(
        """
        CREATE TABLE "metaxy_system__feature_versions" ("project" VARCHAR, "feature_key" VARCHAR, \
        "metaxy_feature_version" VARCHAR, "metaxy_definition_version" VARCHAR, \
        "recorded_at" TIMESTAMP, "feature_spec" VARCHAR, "feature_schema" VARCHAR, \
        "feature_class_path" VARCHAR, "metaxy_project_version" VARCHAR, "tags" VARCHAR, \
        "deleted_at" TIMESTAMP)\
        """);
    register("predictions", "prediction_id");
    register("video/raw", "video_id");
    register("video/un-used", "video_id");
  }

  private void register(String key, String idColumn) throws SQLException {
    String spec =
        "{\"key\": \"%s\", \"id_columns\": [\"%s\"], \"deps\": [], \"fields\": []}"
            .formatted(key, idColumn);
    store.execute(
        """
        INSERT INTO "metaxy_system__feature_versions" ("project", "feature_key", \
        "metaxy_feature_version", "recorded_at", "feature_spec", "metaxy_project_version") \
        VALUES ('demo', '%s', 'v1', TIMESTAMP '2024-01-01 00:00:00', '%s', 'p1')\
        """
            .formatted(key, spec));
  }

  private void predictions() throws SQLException {
    String nested = store.kind() == TestStore.Kind.POSTGRESQL ? "JSONB" : "JSON";
    store.execute(
        """
        CREATE TABLE "predictions" ("prediction_id" BIGINT, "label" VARCHAR, \
        "confidence" DOUBLE PRECISION, "part" REAL, "n_tokens" INTEGER, "is_archived" BOOLEAN, \
        "price" DECIMAL(10, 3), "date" DATE, "created_at" TIMESTAMP, \
        "seen_at" TIMESTAMP WITH TIME ZONE, "Sample Id" VARCHAR, "box.width" INTEGER, "key" UUID, \
        "raw" %s, %s)\
        """
            .formatted(nested, SYSTEM_COLUMNS));
    prediction("1, 'cat', 0.1, 0.1, 10, TRUE, 29.97", "2023-12-31 23:59:59.999999", "s1", null);
    prediction("2, 'cat', 0.2, 0.5, 20, FALSE, 25", "2024-01-01 00:00:00", "s2", null);
    prediction("3, 'dog', 0.3, NULL, 30, NULL, 25.001", "2024-01-01 00:00:00.000001", "S2", null);
    prediction("4, 'dog', 0.9, 0.9, 40, TRUE, NULL", "2024-06-01 12:00:00", "s4", null);
    prediction("5, 'it''s \"odd\" ü', NULL, 1, 50, FALSE, 1", "2024-06-01 14:00:00", "s5", null);
    prediction("6, NULL, 0.5, 1, 60, NULL, 2", "2024-12-31 00:00:00", "s6", null);
    prediction("7, 'a\\b_c', 0.7, 1, 70, FALSE, 3", "2025-01-01 00:00:00", "s7", null);
    prediction("8, 'cat', 0.05, 1, 80, TRUE, 4", "2023-01-01 00:00:00", "s8", null);
    prediction(
        "8, 'cat', 0.05, 1, 80, TRUE, 4", "2023-01-01 00:00:00", "s8", "2024-02-01 00:00:00+00");
    prediction("9, 'cat', 0.01, 1, 90, FALSE, 5", "2023-01-01 00:00:00", "s9", null);
    prediction("9, 'dog', 0.99, 1, 91, TRUE, 6", "2025-02-01 00:00:00", "s9", null);
  }

  private int written;

  /** Appends a row, a second later than the one before. */
  private void prediction(String values, String createdAt, String sampleId, String deletedAt)
      throws SQLException {
    String time = "2024-01-01 00:00:%02d+00".formatted(++written);
    store.execute(
        """
        INSERT INTO "predictions" VALUES (%s, DATE '%s', TIMESTAMP '%s', \
        TIMESTAMP WITH TIME ZONE '%s+00', '%s', %d, \
        '00000000-0000-0000-0000-0000000000%02d', NULL, \
        'x', 'x', '%s', 'p1', NULL, TIMESTAMP WITH TIME ZONE '%s', \
        TIMESTAMP WITH TIME ZONE '%s', %s)\
        """
            .formatted(
                values,
                createdAt.substring(0, 10),
                createdAt,
                createdAt,
                sampleId,
                written,
                written,
                FEATURE_VERSION,
                time,
                time,
                deletedAt == null ? "NULL" : "TIMESTAMP WITH TIME ZONE '" + deletedAt + "'"));
  }

  private void videos() throws SQLException {
    store.execute(
        "CREATE TABLE \"video__raw\" (\"video_id\" VARCHAR, \"status\" VARCHAR, "
            + SYSTEM_COLUMNS
            + ")");
    for (String video : List.of("'v1', 'ok'", "'v2', 'broken'")) {
      store.execute(
          """
          INSERT INTO "video__raw" VALUES (%s, 'x', 'x', '%s', 'p1', NULL, \
          TIMESTAMP WITH TIME ZONE '2024-01-01 00:00:00+00', \
          TIMESTAMP WITH TIME ZONE '2024-01-01 00:00:00+00', NULL)\
          """
              .formatted(video, FEATURE_VERSION));
    }
  }
}
