package org.metaxyjdbc.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.List;
import org.metaxyjdbc.testing.TestStore;

/**
 * A store with a feature {@code video/raw} of many column types, {@code video/faces} that depends
 * on it, {@code video/unwritten} without a table, {@code loose}, which is not registered, and a
 * table of somebody else's.
 */
final class VideoStore {
  private static final String SYSTEM_COLUMNS =
      """
      "metaxy_provenance_by_field" %1$s, "metaxy_provenance" VARCHAR,
      "metaxy_feature_version" VARCHAR, "metaxy_updated_at" TIMESTAMP(6) WITH TIME ZONE,
      "metaxy_data_version_by_field" %1$s, "metaxy_data_version" VARCHAR,
      "metaxy_project_version" VARCHAR, "metaxy_created_at" TIMESTAMP(6) WITH TIME ZONE,
      "metaxy_deleted_at" TIMESTAMP(6) WITH TIME ZONE, "metaxy_materialization_id" VARCHAR
      """;

  /** The version that Metaxy computes for a feature without fields. */
  private static final String VERSION = "e3b0c442";

  private VideoStore() {}

  static TestStore create(TestStore.Kind kind) throws SQLException {
    TestStore store = kind.create();
    try (Connection connection = store.raw()) {
      try (Statement statement = connection.createStatement()) {
        for (String table : tables(kind)) {
          statement.execute(
              kind == TestStore.Kind.DUCKDB ? table.replace("TIMESTAMP(6)", "TIMESTAMP") : table);
        }
      }
      register(connection);
    }
    return store;
  }

  private static List<String> tables(TestStore.Kind kind) {
    String json = kind == TestStore.Kind.POSTGRESQL ? "JSONB" : "JSON";
    String system = SYSTEM_COLUMNS.formatted(json);
    return List.of(
        """
        CREATE TABLE "metaxy_system__feature_versions" (
          "project" VARCHAR, "feature_key" VARCHAR, "metaxy_feature_version" VARCHAR,
          "metaxy_definition_version" VARCHAR, "recorded_at" TIMESTAMP, "feature_spec" VARCHAR,
          "feature_schema" VARCHAR, "feature_class_path" VARCHAR,
          "metaxy_project_version" VARCHAR, "tags" VARCHAR, "deleted_at" TIMESTAMP)
        """,
        """
        CREATE TABLE "video__raw" (
          "video_id" VARCHAR, %s, "path" VARCHAR(200), "size" BIGINT, "Frames %%" INTEGER,
          "order" SMALLINT, "duration" DOUBLE PRECISION, "quality" REAL,
          "price" DECIMAL(10, 2) NOT NULL, "is_public" BOOLEAN, "day" DATE, "at" TIMESTAMP,
          "seen_at" TIMESTAMP WITH TIME ZONE, "clock" TIME, "uuid" UUID, %s)
        """
            .formatted(system, ofKind(kind)),
        "CREATE TABLE \"video__faces\" (%s, \"clip\" VARCHAR, \"face_no\" INTEGER)"
            .formatted(system),
        "CREATE TABLE \"loose\" (\"id\" VARCHAR, %s)".formatted(system),
        "CREATE TABLE \"employees\" (\"id\" INTEGER)",
        """
        INSERT INTO "video__raw" ("video_id", "metaxy_feature_version", "metaxy_updated_at",
          "metaxy_created_at", "path", "size", "price")
        VALUES ('a', '%1$s', TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00+00',
          TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00+00', '/a', 7, 1.50),
          ('b', '%1$s', TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00+00',
          TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00+00', '/b', 8, 2.50)
        """
            .formatted(VERSION));
  }

  private static String ofKind(TestStore.Kind kind) {
    return switch (kind) {
      case H2 ->
          "\"doc\" JSON, \"tags\" VARCHAR ARRAY, \"thumbnail\" VARBINARY, \"point\" ROW(\"x\" INTEGER), \"note\" CLOB, \"tiny\" TINYINT, \"code\" CHAR(3), \"span\" INTERVAL DAY";
      case DUCKDB ->
          "\"doc\" JSON, \"tags\" VARCHAR[], \"thumbnail\" BLOB, \"point\" STRUCT(\"x\" INTEGER), \"huge\" HUGEINT, \"unsigned\" UBIGINT, \"kind\" ENUM('a', 'b'), \"labels\" MAP(VARCHAR, INTEGER), \"nanos\" TIMESTAMP_NS, \"points\" STRUCT(\"x\" INTEGER)[], \"bits\" BIT, \"small\" UTINYINT";
      case POSTGRESQL ->
          "\"doc\" JSONB, \"tags\" TEXT[], \"thumbnail\" BYTEA, \"amount\" NUMERIC, \"code\" CHAR(3), \"span\" INTERVAL, \"address\" INET, \"at_zone\" TIME WITH TIME ZONE, \"serial\" BIGSERIAL";
    };
  }

  private static void register(Connection connection) throws SQLException {
    String insert =
        "INSERT INTO \"metaxy_system__feature_versions\" (\"project\", \"feature_key\", \"metaxy_feature_version\", \"recorded_at\", \"feature_spec\", \"feature_schema\") VALUES ('demo', ?, '"
            + VERSION
            + "', ?, ?, ?)";
    try (PreparedStatement statement = connection.prepareStatement(insert)) {
      register(
          statement,
          "video/raw",
          """
          {"key": "video/raw", "id_columns": ["video_id"], "deps": [], "fields": [],
           "description": "One row a video"}
          """,
          """
          {"properties": {"path": {"type": "string", "description": "Where it lies"},
            "size": {"type": "integer"}}}
          """);
      register(
          statement,
          "video/faces",
          """
          {"key": "video/faces", "id_columns": ["face_no", "clip"], "fields": [], "deps": [
            {"feature": "video/raw", "select": [], "rename": {"video_id": "clip"},
             "lineage": {"relationship": {"type": "1:N", "on": ["video_id"]}}}]}
          """,
          "{}");
      register(
          statement,
          "video/unwritten",
          """
          {"key": "video/unwritten", "id_columns": ["day"], "fields": [], "deps": [
            {"feature": "video/raw", "lineage": {"relationship": {"type": "N:1"}}},
            {"feature": "video/faces"}]}
          """,
          """
          {"properties": {"day": {"type": "string"}, "video_id": {"type": "string"},
            "n": {"type": "integer"}, "extent": {"type": "object"}}}
          """);
    }
  }

  private static void register(PreparedStatement statement, String key, String spec, String schema)
      throws SQLException {
    statement.setString(1, key);
    statement.setObject(2, LocalDateTime.of(2026, 1, 1, 0, 0));
    statement.setString(3, spec);
    statement.setString(4, schema);
    statement.executeUpdate();
  }
}
