package org.metaxyjdbc.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.List;
import java.util.TimeZone;
import org.apache.calcite.adapter.java.ReflectiveSchema;
import org.apache.calcite.jdbc.CalciteConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.testing.TestStore;

/** What {@code jdbc:calcite:} reads from a mounted store. */
class MountedQueryTest {
  private static final String IDS_AND_SIZE = "\"select\", \"Part No\", \"Größe\"";

  @ParameterizedTest
  @EnumSource
  void eachSchemaShowsItsVersions(TestStore.Kind kind) throws Exception {
    String[] active = {
      "a|1|1.5", "b|1|2.5", "c|1|3.5", "null|1|6.5", "null|null|7.5", "a|null|8.5", "t|1|9.5"
    };
    String[] deleted = {"d|1|4.5", "e|1|5.5"};
    try (Connection connection = Mount.open(Clips.create(kind))) {
      assertThat(orders(connection, "")).containsExactlyInAnyOrder(active);
      assertThat(orders(connection, "active.")).containsExactlyInAnyOrder(active);
      assertThat(orders(connection, "include_deleted."))
          .contains(active)
          .contains(deleted)
          .hasSize(active.length + deleted.length);
      assertThat(orders(connection, "only_deleted.")).containsExactlyInAnyOrder(deleted);
      assertThat(orders(connection, "history.")).hasSize(16);
      assertThat(
              Mount.rows(
                  connection,
                  """
                  SELECT "Größe", metaxy_is_current, CAST(metaxy_valid_from AS VARCHAR),
                    CAST(metaxy_valid_to AS VARCHAR)
                  FROM history."order" WHERE "select" = 'c' ORDER BY metaxy_valid_from"""))
          .containsExactly(
              "0.2|false|" + time("0001") + "|" + time("0002"),
              "0.2|false|" + time("0002") + "|" + time("000201"),
              "3.5|true|" + time("000201") + "|null");
      assertThat(Mount.rows(connection, "SELECT * FROM never__written")).isEmpty();
      assertThat(
              Mount.rows(
                  connection,
                  """
                  SELECT f.table_name, f.id_columns, f.is_written, v.metaxy_project_version
                  FROM registry.features f JOIN registry.feature_versions v USING (feature_key)
                  WHERE table_name <> 'clip__labels'"""))
          .containsExactlyInAnyOrder("order|select,Part No|true|p1", "never__written|id|false|p1");
    }
  }

  private static List<String> orders(Connection connection, String schema) throws SQLException {
    return Mount.rows(connection, "SELECT " + IDS_AND_SIZE + " FROM " + schema + "\"order\"");
  }

  private static String time(String fraction) {
    return Clips.START + fraction + "+00";
  }

  @ParameterizedTest
  @EnumSource
  void operandsChooseTheFeatureVersionAndTheProject(TestStore.Kind kind) throws Exception {
    TestStore store = Clips.create(kind);
    try (Connection connection = Mount.open(store, "feature_version", "0ldvers1")) {
      assertThat(orders(connection, "")).containsExactly("z|1|10.5");
    }
    try (Connection connection = Mount.open(store, "feature_version", "ALL")) {
      assertThat(orders(connection, "")).contains("z|1|10.5", "a|1|1.5").hasSize(8);
    }
    try (Connection connection = Mount.open(store, "project", "another")) {
      assertThatThrownBy(() -> orders(connection, "")).hasMessageContaining("'order' not found");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPredicateAppliesAfterTheCurrentVersionIsChosen(TestStore.Kind kind) throws Exception {
    try (Connection connection = Mount.open(Clips.create(kind))) {
      assertThat(
              Mount.rows(
                  connection,
                  "SELECT \"select\" FROM \"order\" WHERE \"Größe\" < 1 OR \"Größe\" = 4.5"))
          .isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void featuresAreJoinedAndAggregatedInTheStore(TestStore.Kind kind) throws Exception {
    try (Connection connection = Mount.open(Clips.create(kind))) {
      String sql =
          """
          SELECT l."label", COUNT(*) AS n, SUM(o."Größe") AS s
          FROM "order" o JOIN clip__labels l ON l."select" = o."select"
          WHERE o."select" IN ('a', 'b') GROUP BY l."label" ORDER BY n DESC LIMIT 5""";
      assertThat(Mount.rows(connection, sql)).containsExactly("dog|2|10.0", "it's ü|1|2.5");
      assertThat(String.join("\n", Mount.rows(connection, "EXPLAIN PLAN FOR " + sql)))
          .startsWith("StoreToEnumerableConverter(sql=[SELECT")
          .containsOnlyOnce("StoreToEnumerableConverter")
          .doesNotContain("Enumerable" + "Hash");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPredicateOnIdsIsPushedInsideTheChoice(TestStore.Kind kind) throws Exception {
    try (Connection connection = Mount.open(Clips.create(kind))) {
      String plan =
          Mount.rows(
                  connection,
                  "EXPLAIN PLAN FOR SELECT \"Größe\" FROM \"order\" WHERE \"select\" = 'b' AND \"Größe\" > 1")
              .get(0);
      assertThat(plan).containsOnlyOnce("\"Größe\" > ");
      assertThat(plan.lastIndexOf("\"select\" = 'b'"))
          .isPositive()
          .isLessThan(plan.indexOf("\"Größe\" > "));
    }
  }

  @ParameterizedTest
  @EnumSource
  void windowsRunInTheStore(TestStore.Kind kind) throws Exception {
    try (Connection connection = Mount.open(Clips.create(kind))) {
      String sql =
          """
          SELECT "Größe", RANK() OVER (PARTITION BY "select" ORDER BY "Größe" DESC) AS r
          FROM "order" WHERE "select" = 'a'""";
      assertThat(Mount.rows(connection, sql)).containsExactlyInAnyOrder("8.5|1", "1.5|2");
      assertThat(Mount.rows(connection, "EXPLAIN PLAN FOR " + sql).get(0))
          .startsWith("StoreToEnumerableConverter")
          .doesNotContain("EnumerableWindow");
    }
  }

  @ParameterizedTest
  @EnumSource
  void windowsOverJoinsCanBeFiltered(TestStore.Kind kind) throws Exception {
    try (Connection connection = Mount.open(Clips.create(kind))) {
      assertThat(
              Mount.rows(
                  connection,
                  """
                  SELECT * FROM (
                    SELECT o."select", l."label",
                      SUM(o."Größe") OVER (PARTITION BY l."label" ORDER BY o."Größe") AS s,
                      COUNT(*) OVER () AS n
                    FROM "order" o LEFT JOIN clip__labels l ON l."select" = o."select"
                    WHERE o."Part No" = 1)
                  WHERE s > 2 AND "select" < 'c' ORDER BY "select\""""))
          .containsExactly("b|it's ü|2.5|5");
    }
  }

  @ParameterizedTest
  @EnumSource
  void featuresAreJoinedWithAnotherSchema(TestStore.Kind kind) throws Exception {
    try (Connection connection = withPrices(Mount.open(Clips.create(kind)))) {
      assertThat(
              Mount.rows(
                  connection,
                  """
                  SELECT p.name, p.price, o."Größe" FROM "order" o
                  JOIN shop.prices p ON p.name = o."select" WHERE o."Part No" = 1"""))
          .containsExactlyInAnyOrder("a|10|1.5", "b|20|2.5");
      assertThat(
              Mount.rows(
                  connection,
                  """
                  SELECT name FROM shop.prices
                  WHERE name NOT IN (SELECT "select" FROM "order" WHERE "select" IS NOT NULL)"""))
          .containsExactly("B");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aCorrelatedJoinAsksTheStoreForEachRow(TestStore.Kind kind) throws Exception {
    try (Connection connection = withPrices(Mount.open(Clips.create(kind)))) {
      assertThat(
              Mount.rows(
                  connection,
                  """
                  SELECT p.name, newest.size FROM shop.prices p, LATERAL (
                    SELECT "Größe" AS size FROM history."order" h WHERE h."select" = p.name
                    ORDER BY metaxy_valid_from, "Größe" LIMIT 1) AS newest"""))
          .containsExactlyInAnyOrder("a|1.5", "b|0.1");
    }
  }

  private static Connection withPrices(Connection connection) throws SQLException {
    connection
        .unwrap(CalciteConnection.class)
        .getRootSchema()
        .add("shop", new ReflectiveSchema(new Shop()));
    return connection;
  }

  /** A schema of Calcite's own. */
  public static final class Shop {
    public final Price[] prices = {new Price("b", 20), new Price("B", 30), new Price("a", 10)};
  }

  /** A row of it. */
  public static final class Price {
    public final String name;
    public final int price;

    Price(String name, int price) {
      this.name = name;
      this.price = price;
    }
  }

  @ParameterizedTest
  @EnumSource
  void parametersAndTimesPassBothWays(TestStore.Kind kind) throws Exception {
    Calendar utc = Calendar.getInstance(TimeZone.getTimeZone("UTC"));
    try (Connection connection = Mount.open(Clips.create(kind));
        PreparedStatement statement =
            connection.prepareStatement(
                """
                SELECT metaxy_updated_at FROM history."order"
                WHERE metaxy_updated_at < ? AND "select" = ? AND "Part No" = ? AND "Größe" < ?""")) {
      statement.setTimestamp(1, Timestamp.from(Instant.parse("2026-03-01T10:00:01Z")), utc);
      statement.setString(2, "b");
      statement.setInt(3, 1);
      statement.setDouble(4, 1);
      try (ResultSet rows = statement.executeQuery()) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getTimestamp(1, utc).toInstant())
            .isEqualTo(Instant.parse("2026-03-01T10:00:00Z"));
        assertThat(rows.getString(1)).isEqualTo("2026-03-01 10:00:00.000");
        assertThat(rows.next()).isFalse();
      }
      statement.setTimestamp(1, Timestamp.from(Instant.parse("2026-03-01T09:59:59Z")), utc);
      try (ResultSet rows = statement.executeQuery()) {
        assertThat(rows.next()).isFalse();
      }
      statement.setNull(2, Types.VARCHAR);
      try (ResultSet rows = statement.executeQuery()) {
        assertThat(rows.next()).isFalse();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aTimestampLiteralIsUtcWhateverTheTimeZoneOfTheJvm(TestStore.Kind kind) throws Exception {
    try (Connection connection = Mount.open(Clips.create(kind))) {
      String count = "SELECT COUNT(*) FROM \"order\" WHERE metaxy_updated_at ";
      assertThat(Mount.rows(connection, count + ">= TIMESTAMP '2026-03-01 10:00:00'"))
          .containsExactly("7");
      assertThat(Mount.rows(connection, count + "< TIMESTAMP '2026-03-01 10:00:00'"))
          .containsExactly("0");
      assertThat(Mount.rows(connection, count + "< CURRENT_TIMESTAMP")).containsExactly("7");
    }
  }

  @ParameterizedTest
  @EnumSource
  void valuesOfEveryTypeArrive(TestStore.Kind kind) throws Exception {
    TestStore store = kind.create();
    boolean postgres = kind == TestStore.Kind.POSTGRESQL;
    String nested = postgres ? "JSONB" : "JSON";
    store.execute(
        Clips.table(
            "types",
            nested,
            """
            "id" BIGINT, "flag" BOOLEAN, "small" SMALLINT, "real" REAL, "amount" DECIMAL(12, 3),
            "day" DATE, "clock" TIME, "local" TIMESTAMP, "uuid" UUID, "bytes" %s, "list" %s,
            "nested" %s"""
                .formatted(
                    postgres ? "BYTEA" : kind == TestStore.Kind.DUCKDB ? "BLOB" : "VARBINARY(9)",
                    kind == TestStore.Kind.H2 ? "INTEGER ARRAY" : "INTEGER[]",
                    nested)));
    store.execute(
        """
        INSERT INTO "types" SELECT 9007199254740993, TRUE, 7, 0.1, 12.345, DATE '2024-02-29',
          TIME '23:59:58', TIMESTAMP '2024-01-01 01:02:03.456789',
          CAST('00000000-0000-0000-0000-00000000002a' AS UUID), %s, ARRAY[1, NULL, 3], %s,
          NULL, NULL, NULL, NULL, 'v', NULL, NULL,
          CAST('2026-03-01 10:00:00+02' AS TIMESTAMP WITH TIME ZONE), NULL, NULL"""
            .formatted(
                postgres
                    ? "'\\x00ff'::bytea"
                    : kind == TestStore.Kind.DUCKDB ? "'\\x00\\xFF'::BLOB" : "X'00ff'",
                kind == TestStore.Kind.H2 ? "JSON '{\"a\":[1]}'" : "'{\"a\":[1]}'"));
    List<Object> values = new ArrayList<>();
    try (Connection connection =
            Mount.open(store, "id_columns", "types:id", "feature_version", "v");
        PreparedStatement statement = connection.prepareStatement("SELECT * FROM types");
        ResultSet rows = statement.executeQuery()) {
      assertThat(rows.next()).isTrue();
      for (int i = 1; i <= 10; i++) {
        values.add(i == 10 ? List.of(rows.getBytes(i)[0], rows.getBytes(i)[1]) : rows.getString(i));
      }
      assertThat(values)
          .containsExactly(
              "9007199254740993",
              "true",
              "7",
              "0.1",
              "12.345",
              "2024-02-29",
              "23:59:58.000",
              "2024-01-01 01:02:03.456",
              "00000000-0000-0000-0000-00000000002a",
              List.of((byte) 0, (byte) 255));
      assertThat(rows.getString("list")).isEqualTo("[1,null,3]");
      assertThat(rows.getString("nested").replace(" ", "")).isEqualTo("{\"a\":[1]}");
      assertThat(rows.getString("metaxy_updated_at")).isEqualTo("2026-03-01 08:00:00.000");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aNewPushIsSeenAtOnce(TestStore.Kind kind) throws Exception {
    TestStore store = Clips.create(kind);
    String json = kind == TestStore.Kind.POSTGRESQL ? "JSONB" : "JSON";
    try (Connection connection = Mount.open(store)) {
      assertThatThrownBy(() -> Mount.rows(connection, "SELECT * FROM late"))
          .hasMessageContaining("'late' not found");
      store.execute(Clips.push("late", "id"));
      assertThat(Mount.rows(connection, "SELECT * FROM late")).isEmpty();
      store.execute(
          Clips.table("late", json, "\"id\" INTEGER, \"x\" INTEGER"),
          Clips.label("1", "2", 100).replace("clip__labels", "late").replace("'2'", "2"));
      assertThat(Mount.rows(connection, "SELECT id, x FROM late")).containsExactly("1|2");
      assertThat(
              Mount.rows(connection, "SELECT table_name FROM registry.features WHERE is_written"))
          .contains("late");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFailureOfTheStoreIsTheCause(TestStore.Kind kind) throws Exception {
    try (Connection connection = Mount.open(Clips.create(kind))) {
      assertThatThrownBy(
              () -> Mount.rows(connection, "SELECT CAST(\"select\" AS INTEGER) FROM \"order\""))
          .isInstanceOf(SQLException.class)
          .cause()
          .isInstanceOf(MetaxyException.class)
          .cause()
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getMessage()).contains("a"));
    }
  }

  /** A store sorts text in the order of its locale, here "a A b B", and Calcite does not. */
  @Test
  void twoStoresThatSortTextDifferentlyAreJoined() throws Exception {
    TestStore postgres = TestStore.Kind.POSTGRESQL.create();
    TestStore h2 = TestStore.Kind.H2.create();
    for (TestStore store : List.of(postgres, h2)) {
      boolean sortsByLocale = store == postgres;
      store.execute(
          Clips.table(
              "words",
              sortsByLocale ? "JSONB" : "JSON",
              "\"word\" VARCHAR" + (sortsByLocale ? " COLLATE \"und-x-icu\"" : "")));
      for (String word : List.of("A", "B", "a", "b", "_", "-")) {
        store.execute(
            "INSERT INTO \"words\" (\"word\", \"metaxy_feature_version\") VALUES ('%s', 'v')"
                .formatted(word));
      }
    }
    String[] operands = {"id_columns", "words:word", "feature_version", "v"};
    try (Connection connection = Mount.open(postgres, operands)) {
      Mount.add(connection, "other", h2, operands);
      assertThat(
              Mount.rows(
                  connection, "SELECT w.word FROM words w JOIN other.words o ON w.word = o.word"))
          .containsExactlyInAnyOrder("A", "B", "a", "b", "_", "-");
      assertThat(
              Mount.rows(
                  connection,
                  """
                  SELECT word FROM (SELECT word FROM words UNION ALL SELECT word FROM other.words)
                  ORDER BY word LIMIT 4"""))
          .containsExactly("-", "-", "A", "A");
    }
  }

  @ParameterizedTest
  @EnumSource
  void theOrderOfAQueryIsKept(TestStore.Kind kind) throws Exception {
    try (Connection connection = Mount.open(Clips.create(kind))) {
      assertThat(
              Mount.rows(
                  connection,
                  """
                  SELECT "Größe", CAST(metaxy_valid_from AS VARCHAR) FROM history."order"
                  WHERE "select" = 'c' ORDER BY metaxy_valid_from DESC"""))
          .containsExactly("3.5|" + time("000201"), "0.2|" + time("0002"), "0.2|" + time("0001"));
    }
  }
}
