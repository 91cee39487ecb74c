package org.metaxyjdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.metaxyjdbc.testing.TestStore;

/**
 * A statement whose literals are parameters of a plan made for other literals gives what it gives
 * when it is planned by itself, as it is behind a comment that keeps it from the cached plan.
 */
class LiteralPlanTest {
  private static final String ALONE = "/* alone */ ";

  /** Each statement meets the plan that the ones before it have left. */
  private static final List<String> QUERIES =
      List.of(
          "SELECT id, label FROM f WHERE id = 1",
          "SELECT id, label FROM f WHERE id = 2",
          "SELECT id, label FROM f WHERE id = 99999999999",
          "SELECT id, label FROM f WHERE id = 99999999999999999999",
          "SELECT id, label FROM f WHERE id = 1.5",
          "SELECT id, label FROM f WHERE id = 2.0",
          "SELECT id, label FROM f WHERE id = -1",
          "SELECT id, label FROM f WHERE small = 3",
          "SELECT id, label FROM f WHERE small = 3000000000",
          "SELECT id, label FROM f WHERE small > 2.5",
          "SELECT id, label FROM f WHERE label = 'a'",
          "SELECT id, label FROM f WHERE label = 'it''s'",
          "SELECT id, label FROM f WHERE label = 'it''s \"ü\" 💾'",
          "SELECT id, label FROM f WHERE label = ''",
          "SELECT id, label FROM f WHERE label >= 'b' AND label < 'zz'",
          "SELECT id, label FROM f WHERE 'a' = label OR 2 <= id",
          "SELECT id, label FROM f WHERE score > 0.5",
          "SELECT id, label FROM f WHERE score > 1",
          "SELECT id, label FROM f WHERE score = 0.1",
          "SELECT id, label FROM f WHERE price = 0.105",
          "SELECT id, label FROM f WHERE price = 0.1",
          "SELECT id, label FROM f WHERE price >= 12345678.90",
          "SELECT id, label FROM f WHERE price BETWEEN 0.1 AND 2",
          "SELECT id, label FROM f WHERE id BETWEEN 1 AND 2",
          "SELECT id, label FROM f WHERE id NOT BETWEEN 1 AND 2",
          "SELECT id, label FROM f WHERE id IN (1, 3)",
          "SELECT id, label FROM f WHERE id IN (2, 2)",
          "SELECT id, label FROM f WHERE made > TIMESTAMP '2024-01-01 00:00:00'",
          "SELECT id, label FROM f WHERE made > TIMESTAMP '2024-06-01 00:00:00.000001'",
          "SELECT id, label FROM f WHERE made > '2024-06-01 00:00:00'",
          "SELECT id, label FROM f WHERE flag = TRUE AND id < 3",
          "SELECT id, label FROM f WHERE label LIKE 'a%'",
          "SELECT id, label FROM f WHERE label LIKE 'b%'",
          "SELECT id, label FROM f WHERE id = 1 AND id = 2",
          "SELECT id, label FROM f ORDER BY 1 LIMIT 1",
          "SELECT id, label FROM f ORDER BY 1 LIMIT 2",
          "SELECT id, label FROM f ORDER BY 2 LIMIT 2 OFFSET 1",
          "SELECT 'a', 1, id FROM f WHERE id = 1",
          "SELECT 'bc', 2, id FROM f WHERE id = 1",
          "SELECT CASE WHEN label = 'a' THEN 1 ELSE 2 END AS c, COUNT(*) FROM f"
              + " GROUP BY CASE WHEN label = 'a' THEN 1 ELSE 2 END",
          "SELECT CASE WHEN label = 'b' THEN 1 ELSE 2 END AS c, COUNT(*) FROM f"
              + " GROUP BY CASE WHEN label = 'b' THEN 1 ELSE 2 END",
          "SELECT label, COUNT(*) FROM f GROUP BY 1 HAVING COUNT(*) > 0",
          "SELECT id FROM f WHERE id > 1 UNION ALL SELECT id FROM f WHERE id = 1",
          "SELECT a.id, b.id FROM f a JOIN f b ON a.id = b.id AND b.label = 'a'",
          "SELECT id FROM f WHERE id = (SELECT MAX(id) FROM f WHERE label = 'b')",
          "SELECT id -- it's 1\n FROM f WHERE id = 1",
          "SELECT id -- it's 2\n FROM f WHERE id = 2",
          "SELECT id AS \"1 'x\" FROM f WHERE id = 2",
          "SELECT id FROM history.f WHERE id = 1 AND metaxy_is_current",
          "SELECT CAST(price AS DECIMAL(5, 1)) FROM f WHERE id = 1");

  @ParameterizedTest
  @EnumSource
  void literalsAreWhatTheUserWrote(TestStore.Kind kind) throws SQLException {
    try (Connection connection = open(kind)) {
      for (int round = 0; round < 2; round++) {
        for (String query : QUERIES) {
          assertThat(rows(connection, query)).as(query).isEqualTo(rows(connection, ALONE + query));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void changesFindTheirOwnRecords(TestStore.Kind kind) throws SQLException {
    try (Connection connection = open(kind);
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate("DELETE FROM f WHERE id = 1")).isEqualTo(1);
      assertThat(statement.executeUpdate("DELETE FROM f WHERE id = 1")).isZero();
      assertThat(statement.executeUpdate("DELETE FROM f WHERE id = 7")).isZero();
      assertThat(statement.executeUpdate("UPDATE f SET label = 'x' WHERE id = 2")).isEqualTo(1);
      assertThat(statement.executeUpdate("UPDATE f SET label = 'y' WHERE id = 3")).isEqualTo(1);
      assertThat(rows(connection, "SELECT id, label FROM f ORDER BY id"))
          .containsExactly("2|x", "3|y");
      statement.execute("SET hard_delete = true");
      assertThat(statement.executeUpdate("DELETE FROM f WHERE id = 2")).isEqualTo(1);
      statement.execute("SET hard_delete = false");
      assertThat(statement.executeUpdate("DELETE FROM f WHERE id = 3")).isEqualTo(1);
      assertThat(rows(connection, "SELECT id FROM include_deleted.f ORDER BY id"))
          .containsExactly("1", "3");
    }
  }

  @ParameterizedTest
  @EnumSource
  void parametersAndLiteralsStandSideBySide(TestStore.Kind kind) throws SQLException {
    try (Connection connection = open(kind)) {
      for (String label : List.of("a", "b")) {
        try (PreparedStatement query =
            connection.prepareStatement(
                "SELECT id FROM f WHERE id > ? AND label = '%s' AND score < ? AND id <> 77"
                    .formatted(label))) {
          assertThat(query.getParameterMetaData().getParameterCount()).isEqualTo(2);
          query.setLong(1, 0);
          query.setDouble(2, 5);
          try (ResultSet rows = query.executeQuery()) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getLong(1)).isEqualTo(label.equals("a") ? 1 : 2);
            assertThat(rows.next()).isFalse();
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void errorsAreAboutWhatTheUserWrote(TestStore.Kind kind) throws SQLException {
    try (Connection connection = open(kind)) {
      assertThatThrownBy(() -> rows(connection, "SELECT labell FROM f WHERE id = 1"))
          .hasMessageContaining("labell")
          .hasMessageContaining("label");
      assertThatThrownBy(() -> rows(connection, "SELECT id FROM f WHERE id = 1 AND"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42000"));
    }
  }

  private static Connection open(TestStore.Kind kind) throws SQLException {
    Connection connection = kind.create().connect();
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TABLE f (id BIGINT PRIMARY KEY, small INTEGER, label VARCHAR, score DOUBLE,
            price DECIMAL(12, 2), flag BOOLEAN, made TIMESTAMP)""");
      statement.execute(
          """
          INSERT INTO f VALUES
            (1, 3, 'a', 0.1, 0.10, TRUE, TIMESTAMP '2024-01-01 00:00:00'),
            (2, 4, 'b', 0.6, 1.50, FALSE, TIMESTAMP '2024-06-01 00:00:00.000001'),
            (3, NULL, 'it''s "ü" 💾', 7, 12345678.90, NULL, TIMESTAMP '2025-01-01 00:00:00')""");
    }
    return connection;
  }

  private static List<String> rows(Connection connection, String query) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          row.add(rows.getString(i));
        }
        found.add(String.join("|", row));
      }
    }
    if (!query.contains("ORDER BY")) {
      found.sort(null);
    }
    return found;
  }
}
