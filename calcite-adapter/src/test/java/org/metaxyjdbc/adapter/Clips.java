package org.metaxyjdbc.adapter;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.metaxyjdbc.testing.TestStore;

/**
 * A small store: the feature {@code order} with ids {@code select} and {@code Part No}, names that
 * need quotes everywhere; its child {@code clip/labels}; and a feature that was never written.
 *
 * <p>{@code T+n} below is n microseconds after {@link #START}.
 */
final class Clips {
  /** What Metaxy computes for a feature without fields. */
  static final String VERSION = "e3b0c442";

  static final String START = "2026-03-01 10:00:00.";

  private Clips() {}

  static TestStore create(TestStore.Kind kind) throws SQLException {
    TestStore store = kind.create();
    String json = kind == TestStore.Kind.POSTGRESQL ? "JSONB" : "JSON";
    store.execute(
        """
        CREATE TABLE "metaxy_system__feature_versions" ("project" VARCHAR, "feature_key" VARCHAR,
          "metaxy_feature_version" VARCHAR, "metaxy_definition_version" VARCHAR,
          "recorded_at" TIMESTAMP, "feature_spec" VARCHAR, "feature_schema" VARCHAR,
          "feature_class_path" VARCHAR, "metaxy_project_version" VARCHAR, "tags" VARCHAR,
          "deleted_at" TIMESTAMP)""",
        push("order", "select", "Part No"),
        push("clip/labels", "select"),
        push("never/written", "id"),
        table("order", json, "\"select\" VARCHAR, \"Part No\" INTEGER, \"Größe\" DOUBLE PRECISION"),
        table("clip__labels", json, "\"select\" VARCHAR, \"label\" VARCHAR"));
    // One version.
    store.execute(order("'a'", "1", 1.5, 100, null));
    // Two versions, of which the second is current.
    store.execute(order("'b'", "1", 0.1, 100, null), order("'b'", "1", 2.5, 101, null));
    // Deleted, and written again one microsecond later.
    store.execute(
        order("'c'", "1", 0.2, 100, null),
        order("'c'", "1", 0.2, 100, 200),
        order("'c'", "1", 3.5, 201, null));
    // Deleted.
    store.execute(order("'d'", "1", 4.5, 100, null), order("'d'", "1", 4.5, 100, 200));
    // Deleted at the very time at which it was written: it stays hidden.
    store.execute(order("'e'", "1", 5.5, 100, 100), order("'e'", "1", 5.5, 100, null));
    // NULL ids are ids: the same one where all are NULL or equal.
    store.execute(
        order("NULL", "1", 6.1, 100, null),
        order("NULL", "1", 6.5, 101, null),
        order("NULL", "NULL", 7.5, 100, null),
        order("'a'", "NULL", 8.5, 100, null));
    // Two versions alike in all but the id of their row.
    store.execute(order("'t'", "1", 9.5, 100, null), order("'t'", "1", 9.5, 100, null));
    // Another feature version.
    store.execute(order("'z'", "1", 10.5, 900, null).replace(VERSION, "0ldvers1"));
    store.execute(label("'a'", "cat", 100), label("'a'", "dog", 101), label("'b'", "it''s ü", 100));
    return store;
  }

  /** A row of the registry, as a push of one of the features writes it. */
  static String push(String key, String... idColumns) {
    List<String> ids = new ArrayList<>();
    for (String id : idColumns) {
      ids.add('"' + id + '"');
    }
    return """
        INSERT INTO "metaxy_system__feature_versions" VALUES ('clips', '%s', '%s', 'd',
          TIMESTAMP '2026-02-01 00:00:00', '{"key": "%s", "id_columns": %s, "deps": [], "fields": [],
          "description": "日本"}', '{}', 'c', 'p1', '{}', NULL)"""
        .formatted(key, VERSION, key, ids);
  }

  static String table(String name, String json, String columns) {
    return """
        CREATE TABLE "%s" (%s, "metaxy_provenance_by_field" %s, "metaxy_provenance" VARCHAR,
          "metaxy_data_version_by_field" %3$s, "metaxy_data_version" VARCHAR,
          "metaxy_feature_version" VARCHAR, "metaxy_project_version" VARCHAR,
          "metaxy_created_at" TIMESTAMP WITH TIME ZONE,
          "metaxy_updated_at" TIMESTAMP WITH TIME ZONE,
          "metaxy_deleted_at" TIMESTAMP WITH TIME ZONE, "metaxy_materialization_id" VARCHAR)"""
        .formatted(name, columns, json);
  }

  static String order(String select, String part, double size, int updatedAt, Integer deletedAt) {
    return row("order", "%s, %s, %s".formatted(select, part, size), updatedAt, deletedAt);
  }

  static String label(String select, String label, int updatedAt) {
    return row("clip__labels", "%s, '%s'".formatted(select, label), updatedAt, null);
  }

  private static String row(String table, String values, int updatedAt, Integer deletedAt) {
    return """
        INSERT INTO "%s" VALUES (%s, NULL, '1', NULL, '1', '%s', 'p1', %s, %4$s, %s, 'm')"""
        .formatted(table, values, VERSION, time(updatedAt), time(deletedAt));
  }

  private static String time(Integer microseconds) {
    return microseconds == null
        ? "NULL"
        : String.format(
            Locale.ROOT, "CAST('%s%06d+00' AS TIMESTAMP WITH TIME ZONE)", START, microseconds);
  }
}
