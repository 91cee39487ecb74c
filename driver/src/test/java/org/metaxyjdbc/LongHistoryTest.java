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

/** A record with thousands of versions. */
class LongHistoryTest {
  @Test
  void oneRecordIsFoundWithoutSortingItsVersions() throws SQLException {
    TestStore store = TestStore.Kind.POSTGRESQL.create();
    try (Connection connection = store.connect();
        Statement statement = connection.createStatement();
        Connection raw = store.raw();
        Statement natively = raw.createStatement()) {
      statement.execute("CREATE TABLE f (id INTEGER, n INTEGER, PRIMARY KEY (id))");
      statement.execute("INSERT INTO f VALUES (1, 0), (2, 0)");
      natively.execute(
          """
          INSERT INTO f (id, n, metaxy_feature_version, metaxy_updated_at)
          SELECT id, x, metaxy_feature_version, metaxy_updated_at + x * INTERVAL '1 second'
          FROM f CROSS JOIN generate_series(1, 2000) AS s (x)""");
      natively.execute("ANALYZE f");

      String query = "SELECT n FROM f WHERE id = 1";
      try (ResultSet rows = statement.executeQuery(query)) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getInt(1)).isEqualTo(2000);
      }
      List<String> plan = new ArrayList<>();
      try (ResultSet rows =
          natively.executeQuery(
              "EXPLAIN (ANALYZE, TIMING OFF, COSTS OFF) "
                  + connection.nativeSQL(query).replace("?", "1"))) {
        while (rows.next()) {
          plan.add(rows.getString(1));
        }
      }
      assertThat(plan)
          .anyMatch(line -> line.contains("Index Scan") && line.contains("(actual rows=2 "));
    }
  }
}
