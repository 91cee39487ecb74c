package org.metaxyjdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.metaxyjdbc.testing.TestStore;

/** A record with thousands of versions: one is found without sorting them. */
class LongHistoryTest {
  @Test
  void postgresqlReadsTwoOfThem() throws SQLException {
    assertThat(
            plan(
                TestStore.Kind.POSTGRESQL,
                "generate_series(1, 2000) AS s (x)",
                "EXPLAIN (ANALYZE, TIMING OFF, COSTS OFF) "))
        .anyMatch(line -> line.contains("Index Scan") && line.contains("(actual rows=2 "));
  }

  @Test
  void h2ReadsTwoOfThem() throws SQLException {
    assertThat(plan(TestStore.Kind.H2, "SYSTEM_RANGE(1, 2000) AS s (x)", "EXPLAIN ANALYZE "))
        .anyMatch(line -> line.contains("index sorted"))
        .anyMatch(line -> line.contains("scanCount: 2"));
  }

  /** What the store does for a record of 2,001 versions. */
  private static List<String> plan(TestStore.Kind kind, String numbers, String explain)
      throws SQLException {
    TestStore store = kind.create();
    try (Connection connection = store.connect();
        Statement statement = connection.createStatement();
        Connection raw = store.raw();
        Statement natively = raw.createStatement()) {
      statement.execute(
          "CREATE TABLE f (n INTEGER, part INTEGER, id INTEGER, PRIMARY KEY (id, part))");
      statement.execute("INSERT INTO f VALUES (0, 7, 1), (0, 7, 2)");
      natively.execute(
          """
          INSERT INTO "f" ("id", "part", "n", "metaxy_feature_version", "metaxy_updated_at")
          SELECT "id", "part", x, "metaxy_feature_version",
            "metaxy_updated_at" + x * INTERVAL '1' SECOND
          FROM "f" CROSS JOIN %s"""
              .formatted(numbers));
      natively.execute(kind == TestStore.Kind.H2 ? "ANALYZE TABLE \"f\"" : "ANALYZE f");

      String query = "SELECT n FROM f WHERE part = 7 AND id = 1";
      assertThat(value(statement, query)).isEqualTo(2000);
      List<String> plan = new ArrayList<>();
      try (ResultSet rows = natively.executeQuery(explain + withLiterals(connection, query))) {
        while (rows.next()) {
          rows.getString(1).lines().forEach(plan::add);
        }
      }
      statement.execute("SET feature_version = 'all'");
      assertThat(value(statement, query)).isEqualTo(2000);
      return plan;
    }
  }

  private static String withLiterals(Connection connection, String query) throws SQLException {
    return connection.nativeSQL(query).replaceFirst("\\?", "7").replaceFirst("\\?", "1");
  }

  private static int value(Statement statement, String query) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      assertThat(rows.next()).isTrue();
      return rows.getInt(1);
    }
  }
}
