package org.metaxyjdbc.benchmark;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The SQL that somebody who knows the store writes by hand for it: of the shapes that give the
 * right rows, the fastest known for each kind of work.
 */
abstract class HandWrittenSql {
  static final String TIME = "COALESCE(\"metaxy_deleted_at\", \"metaxy_updated_at\")";

  /** So that the days of 1,000 versions are past. */
  private static final LocalDate FIRST_DAY = LocalDate.of(2020, 1, 1);

  private static final List<String> SYSTEM_COLUMNS =
      List.of(
          "metaxy_provenance_by_field",
          "metaxy_provenance",
          "metaxy_data_version_by_field",
          "metaxy_data_version",
          "metaxy_feature_version",
          "metaxy_project_version",
          "metaxy_created_at",
          "metaxy_updated_at");

  /** The type of a column of hashes by field. */
  abstract String nestedType();

  /** The hashes of a feature whose only field is {@code default}. */
  abstract String nestedValue();

  /** A table {@code n} of the numbers from 1 on in a column {@code x}. */
  abstract String numbers(int count);

  /** The statement's time, or a microsecond after the version's own if that is later. */
  abstract String timeOfDeletion();

  /**
   * The statement by which writers of one table take turns, in the transaction of what they write;
   * null where a lock in the JVM does that.
   */
  @Nullable String lock() {
    return null;
  }

  /** What a careful owner runs on a table once it is filled: an index that {@code id = ?} uses. */
  abstract List<String> tuning(String table);

  /**
   * The current version of each record, without tombstones.
   *
   * @param featureVersion the feature version
   * @param columns in quotes
   * @param ids a predicate on {@code id}, which may be looked at before the choice; {@code TRUE}
   */
  abstract String currentRows(
      Feature feature, String featureVersion, List<String> columns, String ids);

  String currentRows(Feature feature, String featureVersion) {
    return currentRows(feature, featureVersion, feature.columns(), "TRUE");
  }

  /** The current version of one record. */
  String currentRecord(Feature feature, String featureVersion, List<String> columns, String id) {
    return """
        SELECT %s FROM (
          SELECT * FROM "%s" WHERE "metaxy_feature_version" = '%s' AND "id" = %s
          ORDER BY %s DESC LIMIT 1) r
        WHERE "metaxy_deleted_at" IS NULL"""
        .formatted(Feature.quoted(columns), feature.name(), featureVersion, id, TIME);
  }

  /** The view that a user writes who does not look for anything faster. */
  String rowNumberView(String view, Feature feature, String featureVersion) {
    return """
        CREATE VIEW "%s" AS SELECT %s FROM (
          SELECT t.*, ROW_NUMBER() OVER (PARTITION BY "id" ORDER BY %s DESC) AS rn
          FROM "%s" t WHERE "metaxy_feature_version" = '%s') r
        WHERE rn = 1 AND "metaxy_deleted_at" IS NULL"""
        .formatted(view, feature.columnList(), TIME, feature.name(), featureVersion);
  }

  /** Appends a tombstone to a record. */
  final String deleteRecord(Feature feature, String featureVersion, String id) {
    return tombstones(feature, currentRecord(feature, featureVersion, versionColumns(feature), id));
  }

  /** Appends a tombstone to each record. */
  final String deleteRecords(Feature feature, String featureVersion, String ids) {
    return tombstones(feature, currentRows(feature, featureVersion, versionColumns(feature), ids));
  }

  private String tombstones(Feature feature, String current) {
    String columns = Feature.quoted(versionColumns(feature));
    return """
        INSERT INTO "%s" (%s, "metaxy_deleted_at")
        SELECT %s, %s FROM (%s) c"""
        .formatted(feature.name(), columns, columns, timeOfDeletion(), current);
  }

  private static List<String> versionColumns(Feature feature) {
    List<String> all = new ArrayList<>(feature.columns());
    all.addAll(SYSTEM_COLUMNS);
    return all;
  }

  /** A table such as Metaxy makes. */
  final String createTable(Feature feature) {
    return """
        CREATE TABLE "%s" (%s,
          "metaxy_provenance_by_field" %4$s, "metaxy_provenance" VARCHAR,
          "metaxy_data_version_by_field" %4$s, "metaxy_data_version" VARCHAR,
          "metaxy_feature_version" VARCHAR, "metaxy_project_version" VARCHAR,
          "metaxy_created_at" %3$s, "metaxy_updated_at" %3$s, "metaxy_deleted_at" %3$s,
          "metaxy_materialization_id" VARCHAR)"""
        .formatted(
            feature.name(), feature.definitionList(), "TIMESTAMP WITH TIME ZONE", nestedType());
  }

  /** Writes one version of each record, each version a day after the one before. */
  final String insertVersions(Feature feature, String featureVersion, int records, int version) {
    String day =
        "TIMESTAMP WITH TIME ZONE '%s 00:00:00+00'".formatted(FIRST_DAY.plusDays(version - 1L));
    return """
        INSERT INTO "%s" (%s, %s)
        SELECT %s, %7$s, '12345678', %7$s, '12345678', '%5$s', NULL, %6$s, %6$s
        FROM (SELECT x, %8$d AS v FROM %9$s) n"""
        .formatted(
            feature.name(),
            feature.columnList(),
            Feature.quoted(SYSTEM_COLUMNS),
            String.join(", ", feature.values()),
            featureVersion,
            day,
            nestedValue(),
            version,
            numbers(records));
  }

  /** H2. */
  static final class OfH2 extends HandWrittenSql {
    @Override
    String nestedType() {
      return "JSON";
    }

    @Override
    String nestedValue() {
      return "JSON '{\"default\": \"12345678\"}'";
    }

    @Override
    String numbers(int count) {
      return "SYSTEM_RANGE(1, %d)".formatted(count);
    }

    @Override
    String timeOfDeletion() {
      return "GREATEST(CURRENT_TIMESTAMP(6), \"metaxy_updated_at\" + INTERVAL '0.000001' SECOND)";
    }

    @Override
    List<String> tuning(String table) {
      return List.of("CREATE INDEX \"%1$s_id\" ON \"%1$s\" (\"id\")".formatted(table));
    }

    /**
     * H2 sorts for a window, and groups by hashing: the greatest row of each group. The id is that
     * of the group, into which H2 takes the condition of a join.
     */
    @Override
    String currentRows(Feature feature, String featureVersion, List<String> columns, String ids) {
      List<String> fields = new ArrayList<>();
      for (int i = 0; i < columns.size(); i++) {
        String column = columns.get(i);
        fields.add(column.equals("id") ? "\"id\"" : "(m).c%d AS \"%s\"".formatted(i + 4, column));
      }
      return """
          SELECT %s FROM (
            SELECT "id", MAX(ROW(%s, _ROWID_, "metaxy_deleted_at", %s)) AS m
            FROM "%s" WHERE "metaxy_feature_version" = '%s' AND %s GROUP BY "id") g
          WHERE (m).c3 IS NULL"""
          .formatted(
              String.join(", ", fields),
              TIME,
              Feature.quoted(columns),
              feature.name(),
              featureVersion,
              ids);
    }
  }

  /** DuckDB. */
  static final class OfDuckDb extends HandWrittenSql {
    @Override
    String nestedType() {
      return "STRUCT(\"default\" VARCHAR)";
    }

    @Override
    String nestedValue() {
      return "{'default': '12345678'}";
    }

    @Override
    String numbers(int count) {
      return "(SELECT range AS x FROM range(1, %d)) s".formatted(count + 1);
    }

    @Override
    String timeOfDeletion() {
      return "GREATEST(now(), \"metaxy_updated_at\" + INTERVAL 1 MICROSECOND)";
    }

    @Override
    List<String> tuning(String table) {
      return List.of();
    }

    @Override
    String currentRows(Feature feature, String featureVersion, List<String> columns, String ids) {
      return """
          SELECT %s FROM "%s" WHERE "metaxy_deleted_at" IS NULL AND rowid IN (
            SELECT arg_max(rowid, %s) FROM "%2$s"
            WHERE "metaxy_feature_version" = '%s' AND %s GROUP BY "id")"""
          .formatted(Feature.quoted(columns), feature.name(), TIME, featureVersion, ids);
    }
  }

  /** PostgreSQL. */
  static final class OfPostgresql extends HandWrittenSql {
    @Override
    String lock() {
      return "SELECT pg_advisory_xact_lock(1, 2)";
    }

    @Override
    String nestedType() {
      return "JSONB";
    }

    @Override
    String nestedValue() {
      return "JSONB '{\"default\": \"12345678\"}'";
    }

    @Override
    String numbers(int count) {
      return "generate_series(1::bigint, %d) AS s (x)".formatted(count);
    }

    @Override
    String timeOfDeletion() {
      return "GREATEST(now(), \"metaxy_updated_at\" + INTERVAL '1 microsecond')";
    }

    @Override
    List<String> tuning(String table) {
      return List.of("CREATE INDEX ON \"%s\" (\"id\")".formatted(table), "ANALYZE");
    }

    /** An anti-join. Its author knows that no id is NULL. */
    @Override
    String currentRows(Feature feature, String featureVersion, List<String> columns, String ids) {
      return """
          SELECT %s FROM "%s" t
          WHERE "metaxy_feature_version" = '%s' AND %s AND "metaxy_deleted_at" IS NULL
            AND NOT EXISTS (
              SELECT 1 FROM "%2$s" n
              WHERE n."id" = t."id" AND n."metaxy_feature_version" = '%3$s'
                AND (COALESCE(n."metaxy_deleted_at", n."metaxy_updated_at"), n.ctid)
                  > (COALESCE(t."metaxy_deleted_at", t."metaxy_updated_at"), t.ctid))"""
          .formatted(Feature.quoted(columns), feature.name(), featureVersion, ids);
    }
  }
}
