package org.metaxyjdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.metaxyjdbc.testing.TestStore;

/** A query on one store is one statement of that store, which EXPLAIN PLAN FOR shows. */
class ExplainTest {
  private static final Pattern SQL =
      Pattern.compile("^StoreSql\\(\\[(.*?)]\\)$", Pattern.DOTALL | Pattern.MULTILINE);

  private static final List<String> QUERIES =
      List.of(
          "SELECT * FROM f",
          "SELECT label FROM f WHERE id = 1",
          "SELECT COUNT(*) FROM f",
          "SELECT label, AVG(score) FROM f GROUP BY label HAVING COUNT(*) > 0 ORDER BY 1",
          "SELECT f.id, g.note FROM f JOIN g ON f.id = g.id WHERE f.score > 0",
          "SELECT a.id FROM active.f AS a JOIN only_deleted.f AS d ON a.label = d.label",
          "SELECT id, ROW_NUMBER() OVER (PARTITION BY label ORDER BY score) FROM f",
          "WITH best AS (SELECT label, MAX(score) AS s FROM f GROUP BY label) SELECT f.id FROM f JOIN best ON f.label = best.label AND f.score = best.s",
          "SELECT id FROM f UNION ALL SELECT id FROM only_deleted.f ORDER BY id LIMIT 2 OFFSET 1",
          "SELECT id FROM f WHERE id IN (SELECT id FROM g) AND NOT EXISTS (SELECT 1 FROM only_deleted.g AS d WHERE d.id = f.id)",
          "SELECT id, metaxy_is_current FROM history.f WHERE id = 1 ORDER BY metaxy_valid_from");

  @ParameterizedTest
  @EnumSource
  void explainShowsTheStatementThatTheStoreRuns(TestStore.Kind kind) throws SQLException {
    TestStore store = kind.create();
    try (Connection connection = store.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE f (id INTEGER, label VARCHAR, score DOUBLE, PRIMARY KEY (id))");
      statement.execute("CREATE TABLE g (id INTEGER, note VARCHAR, PRIMARY KEY (id))");
      statement.execute("INSERT INTO f VALUES (1, 'a', 1), (2, 'a', 2), (3, 'b', 3), (4, 'b', 4)");
      statement.execute("INSERT INTO g VALUES (1, 'x'), (3, 'y')");
      statement.execute("UPDATE f SET score = 10 WHERE id = 1");
      statement.execute("DELETE FROM f WHERE id = 4");
      for (String query : QUERIES) {
        String sql = storeSql(statement, query);
        try (Statement raw = connection.unwrap(Connection.class).createStatement();
            ResultSet rows = raw.executeQuery(sql)) {
          int expected = rowCount(rows);
          try (ResultSet ours = statement.executeQuery(query)) {
            assertThat(rowCount(ours)).as(query).isEqualTo(expected).isPositive();
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void explainOfAChangeChangesNothing(TestStore.Kind kind) throws SQLException {
    try (Connection connection = kind.create().connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE f (id INTEGER, label VARCHAR, PRIMARY KEY (id))");
      statement.execute("INSERT INTO f VALUES (1, 'a')");

      assertThat(storeSql(statement, "DELETE FROM f WHERE id = 1")).startsWith("INSERT INTO ");
      assertThat(storeSql(statement, "UPDATE f SET label = 'b'")).startsWith("SELECT ");
      statement.execute("SET hard_delete = true");
      assertThat(storeSql(statement, "DELETE FROM f WHERE id = 1")).contains("DELETE FROM ");

      try (ResultSet rows = statement.executeQuery("SELECT label FROM history.f")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString(1)).isEqualTo("a");
        assertThat(rows.next()).isFalse();
      }
    }
  }

  /** A predicate on ids is next to the table, below the choice of the current version. */
  @ParameterizedTest
  @EnumSource
  void predicatesOnIdsAreInsideTheChoiceOfTheCurrentVersion(TestStore.Kind kind)
      throws SQLException {
    try (Connection connection = kind.create().connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE f (id INTEGER, label VARCHAR, PRIMARY KEY (id))");
      String plan = explain(statement, "SELECT label FROM f WHERE id = 1 AND label = 'a'");
      String below = plan.substring(plan.indexOf("CurrentVersion"));
      assertThat(below).contains("=($1, 1)").doesNotContain("'a'");
    }
  }

  private static String storeSql(Statement statement, String sql) throws SQLException {
    Matcher matcher = SQL.matcher(explain(statement, sql));
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  private static String explain(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery("EXPLAIN PLAN FOR " + sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static int rowCount(ResultSet rows) throws SQLException {
    int count = 0;
    while (rows.next()) {
      count++;
    }
    return count;
  }
}
