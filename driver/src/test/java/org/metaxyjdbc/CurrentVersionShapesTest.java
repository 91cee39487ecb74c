package org.metaxyjdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.metaxyjdbc.testing.TestStore;

/** However the current versions are looked for, they are the same. */
class CurrentVersionShapesTest {
  /** Of a record: which times its versions have, and which of them are tombstones. */
  private static final List<String> VERSIONS =
      List.of(
          "(1, 1, '1', NULL)",
          "(2, 1, '1', NULL), (2, 1, '1', '2')",
          "(3, 1, '1', NULL), (3, 1, '1', '2'), (3, 2, '3', NULL)",
          "(4, 1, '2', NULL), (4, 1, '1', '2')",
          "(5, 1, '2', NULL), (5, 2, '2', NULL)",
          "(6, 1, NULL, NULL)",
          "(7, 1, NULL, NULL), (7, 1, NULL, '1')",
          "(8, 1, '3', '2'), (8, 1, '1', NULL)",
          "(NULL, 1, '1', NULL), (NULL, 2, '2', NULL)");

  private static final List<String> SCHEMAS = List.of("active", "only_deleted", "include_deleted");

  private interface Check {
    void on(Statement statement) throws SQLException;
  }

  /** Checks a store with these versions, of records with such id columns. */
  private static void check(TestStore.Kind kind, String ids, Check check) throws Exception {
    TestStore store = kind.create();
    try (Connection connection = store.connect();
        Statement statement = connection.createStatement()) {
      fill(store, statement, ids);
      check.on(statement);
    }
  }

  private static void fill(TestStore store, Statement statement, String ids) throws Exception {
    statement.execute(
        "CREATE TABLE f (id INTEGER, part INTEGER, n INTEGER, PRIMARY KEY (%s))".formatted(ids));
    statement.execute("INSERT INTO f VALUES (0, 0, 0)");
    for (String versions : VERSIONS) {
      store.execute(
          """
          INSERT INTO "f" ("id", "part", "n", "metaxy_feature_version", "metaxy_updated_at", "metaxy_deleted_at")
          SELECT id, NULLIF(MOD(id, 3), 1), n, (SELECT MAX("metaxy_feature_version") FROM "f"),
            TIMESTAMP '2026-01-01 00:00:00' + CAST(u AS INTEGER) * INTERVAL '1' DAY,
            TIMESTAMP '2026-01-01 00:00:00' + CAST(d AS INTEGER) * INTERVAL '1' DAY
          FROM (VALUES (CAST(NULL AS INTEGER), 0, '0', '0'), %s) v (id, n, u, d) WHERE n > 0"""
              .formatted(versions));
    }
  }

  /** {@code n + 0} is no column that could be looked for. */
  @ParameterizedTest
  @EnumSource
  void recordsWithAValue(TestStore.Kind kind) throws Exception {
    for (String ids : List.of("id", "id, part")) {
      check(kind, ids, CurrentVersionShapesTest::checkRecordsWithAValue);
    }
  }

  private static void checkRecordsWithAValue(Statement statement) throws SQLException {
    for (String schema : SCHEMAS) {
      for (String time : List.of("", " FOR SYSTEM_TIME AS OF TIMESTAMP '2026-01-02 00:00:00'")) {
        for (String condition :
            List.of(
                "n = 1",
                "n = 2",
                "n = 3",
                "n IN (1, 2)",
                "n = 2 AND part IS NULL",
                "n = 2 AND id IN (SELECT id FROM f)",
                "n = 2 AND part IN (SELECT part FROM f)",
                "n = 1 AND EXISTS (SELECT 1 FROM f AS o WHERE o.id = f.id AND o.n = f.n)")) {
          String query = "SELECT id, n, part FROM %s.f%s WHERE ".formatted(schema, time);
          assertThat(column(statement, query + condition))
              .as(query + condition)
              .isEqualTo(column(statement, query + condition.replace("n ", "n + 0 ")));
        }
      }
    }
    assertThat(column(statement, "SELECT id FROM f WHERE n = 2"))
        .containsExactlyInAnyOrder("3", "5", "null");
    assertThat(statement.executeUpdate("DELETE FROM f WHERE n = 2")).isEqualTo(3);
    assertThat(column(statement, "SELECT n FROM f")).containsExactly("0", "1", "1");
  }

  /** {@code id + 0} is no id that would be known. */
  @ParameterizedTest
  @EnumSource
  void oneRecord(TestStore.Kind kind) throws Exception {
    for (String ids : List.of("id", "id, part")) {
      check(kind, ids, CurrentVersionShapesTest::checkOneRecord);
    }
  }

  private static void checkOneRecord(Statement statement) throws SQLException {
    for (String id : List.of("= 3", "= 4", "= 5", "= 9", "IS NULL")) {
      for (String condition :
          List.of(
              "TRUE",
              "id IN (SELECT id FROM f)",
              "id NOT IN (SELECT 7 FROM f)",
              "EXISTS (SELECT 1 FROM f AS o WHERE o.id = f.id)",
              "n = (SELECT MAX(n) FROM f AS o WHERE o.id = f.id)")) {
        for (String part : List.of("", "part = 0 AND", "part = 2 AND", "part IS NULL AND")) {
          String query = "SELECT n FROM include_deleted.f WHERE %s id %s AND " + condition;
          assertThat(column(statement, query.formatted(part, id)))
              .as(query.formatted(part, id))
              .isEqualTo(column(statement, query.formatted(part, "+ 0 " + id)));
        }
      }
    }
    String both = "id = 3 AND part IS NULL OR id = 3 AND part = 0";
    assertThat(column(statement, "SELECT n FROM f WHERE " + both)).containsExactly("2");
    assertThat(
            column(
                statement,
                "SELECT n FROM f WHERE id = 3 AND part = 0 AND id IN (SELECT id FROM f)"))
        .containsExactly("2");
    assertThat(
            statement.executeUpdate(
                "DELETE FROM f WHERE id = 3 AND part = 0 AND id IN (SELECT id FROM f)"))
        .isEqualTo(1);
    assertThat(column(statement, "SELECT n FROM f WHERE id = 3")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void queriesOfIdsAlone(TestStore.Kind kind) throws Exception {
    check(kind, "id", CurrentVersionShapesTest::checkQueriesOfIdsAlone);
  }

  private static void checkQueriesOfIdsAlone(Statement statement) throws SQLException {
    for (String schema : SCHEMAS) {
      String table = schema + ".f";
      List<String> byVersion = column(statement, "SELECT id, n FROM " + table);
      assertThat(column(statement, "SELECT id FROM " + table)).isEqualTo(byVersion);
      assertThat(column(statement, "SELECT id FROM " + table + " WHERE id < 5"))
          .isEqualTo(column(statement, "SELECT id, n FROM " + table + " WHERE id < 5"));
      assertThat(column(statement, "SELECT COUNT(*) FROM " + table))
          .containsExactly(String.valueOf(byVersion.size()));
      assertThat(column(statement, "SELECT COUNT(*) FROM " + table + " GROUP BY id"))
          .hasSize(byVersion.size())
          .containsOnly("1");
      assertThat(
              column(
                  statement,
                  "SELECT MAX(id) FROM " + table + " HAVING COUNT(DISTINCT id) = COUNT(id)"))
          .isEqualTo(column(statement, "SELECT MAX(id) FROM " + table + " WHERE n >= 0"));
    }
    assertThat(
            column(
                statement,
                "SELECT id FROM include_deleted.f WHERE"
                    + " CASE WHEN metaxy_deleted_at IS NULL THEN 1 END IS NULL"))
        .isEqualTo(column(statement, "SELECT id FROM only_deleted.f"));
    assertThat(new TreeSet<>(column(statement, "SELECT COALESCE(id, -1) FROM active.f")))
        .containsExactly("-1", "0", "1", "3", "5", "6");
  }

  private static List<String> column(Statement statement, String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        values.add(String.valueOf(rows.getString(1)));
      }
    }
    values.sort(null);
    return values;
  }
}
