package org.metaxyjdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.metaxyjdbc.testing.TestStore;

/**
 * The clock of whoever wrote last was ahead, or ours was put back: what is written next is still
 * later than what it follows.
 */
class ClockJumpTest {
  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void aVersionIsLaterThanTheOneItFollows(TestStore.Kind kind) throws SQLException {
    TestStore store = kind.create();
    try (Connection connection = store.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE f (id INTEGER, n INTEGER, PRIMARY KEY (id))");
      statement.execute("INSERT INTO f VALUES (1, 1), (2, 1)");
      store.execute(
          "UPDATE \"f\" SET \"metaxy_updated_at\" = \"metaxy_updated_at\" + INTERVAL '1' HOUR WHERE \"id\" = 1");

      assertThat(statement.executeUpdate("UPDATE f SET n = 2")).isEqualTo(2);
      assertThat(rows(statement, "SELECT id, n FROM f ORDER BY id")).containsExactly("1 2", "2 2");
      assertThat(statement.executeUpdate("DELETE FROM f")).isEqualTo(2);
      assertThat(rows(statement, "SELECT id, n FROM f")).isEmpty();
      assertThat(statement.executeUpdate("UPDATE only_deleted.f SET metaxy_deleted_at = NULL"))
          .isEqualTo(2);
      assertThat(statement.executeUpdate("INSERT INTO f VALUES (1, 3)")).isEqualTo(1);
      assertThat(rows(statement, "SELECT id, n FROM f ORDER BY id")).containsExactly("1 3", "2 2");
      assertThat(
              rows(
                  statement, "SELECT id, n FROM history.f WHERE id = 1 ORDER BY metaxy_valid_from"))
          .containsExactly("1 1", "1 2", "1 2", "1 2", "1 3");
      assertEachIsAMicrosecondLater(statement);
    }
  }

  private static void assertEachIsAMicrosecondLater(Statement statement) throws SQLException {
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT metaxy_valid_from FROM history.f WHERE id = 1 ORDER BY metaxy_valid_from")) {
      rows.next();
      OffsetDateTime last = rows.getObject(1, OffsetDateTime.class);
      while (rows.next()) {
        OffsetDateTime next = rows.getObject(1, OffsetDateTime.class);
        assertThat(Duration.between(last, next)).isEqualTo(Duration.ofNanos(1_000));
        last = next;
      }
    }
  }

  private static List<String> rows(Statement statement, String sql) throws SQLException {
    List<String> result = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        result.add(rows.getInt(1) + " " + rows.getInt(2));
      }
    }
    return result;
  }
}
