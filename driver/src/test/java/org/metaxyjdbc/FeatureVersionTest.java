package org.metaxyjdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.metaxyjdbc.testing.TestStore;

/**
 * What each statement reads and appends under {@code feature_version}: {@code current}, {@code
 * all}, and one version.
 */
class FeatureVersionTest {
  private static final String SHOWN = "SELECT id, label FROM f ORDER BY id";

  private interface Work {
    void run(Statement statement, Versions versions) throws SQLException;
  }

  /** What the raw rows of a feature say. */
  private record Versions(TestStore store, String current) {
    /** Feature version, project version and whether it is a tombstone, of the newest row. */
    List<String> newest(int id) throws SQLException {
      try (Connection connection = store.raw();
          Statement statement = connection.createStatement()) {
        return rows(
            statement,
            """
            SELECT "metaxy_feature_version", "label",
              CASE WHEN "metaxy_deleted_at" IS NULL THEN 'live' ELSE 'tombstone' END,
              CASE WHEN "metaxy_project_version" IS NULL THEN 'no push' ELSE 'pushed' END
            FROM "f" WHERE "id" = %d
            ORDER BY COALESCE("metaxy_deleted_at", "metaxy_updated_at") DESC"""
                .formatted(id));
      }
    }
  }

  /**
   * Record 1 has an old version only, 2 a current one only, 3 an old one and then a current one, 4
   * a current one and then an old one.
   */
  private static void withStore(TestStore.Kind kind, Work work) throws SQLException {
    TestStore store = kind.create();
    String current;
    try (Connection connection = store.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE f (id INTEGER, label VARCHAR, PRIMARY KEY (id))");
      statement.execute("INSERT INTO f VALUES (4, '4 current')");
      current = rows(statement, "SELECT current_feature_version FROM registry.features").get(0);
      statement.execute("SET feature_version = 'old'");
      statement.execute("INSERT INTO f VALUES (1, '1 old'), (3, '3 old'), (4, '4 old')");
      statement.execute("SET feature_version = current");
      statement.execute("INSERT INTO f VALUES (2, '2 current'), (3, '3 current')");
      work.run(statement, new Versions(store, current));
    }
  }

  @ParameterizedTest
  @EnumSource
  void theCurrentVersionIsChosenWithinOrAcross(TestStore.Kind kind) throws SQLException {
    withStore(
        kind,
        (statement, versions) -> {
          assertShown(statement, "current", "2 2 current", "3 3 current", "4 4 current");
          assertShown(statement, "old", "1 1 old", "3 3 old", "4 4 old");
          assertShown(statement, "all", "1 1 old", "2 2 current", "3 3 current", "4 4 old");
          assertShown(statement, "none_such");
          statement.execute("SET feature_version = ALL");
          assertThat(rows(statement, "SELECT id FROM history.f WHERE metaxy_is_current"))
              .hasSize(4);
          assertThat(rows(statement, "SELECT id FROM history.f")).hasSize(6);
          statement.execute("RESET feature_version");
          assertThat(rows(statement, "SELECT id FROM history.f")).hasSize(3);
        });
  }

  @ParameterizedTest
  @EnumSource
  void aDeleteAcrossVersionsAppendsTombstonesOfTheCurrentOne(TestStore.Kind kind)
      throws SQLException {
    withStore(
        kind,
        (statement, versions) -> {
          statement.execute("SET feature_version = all");
          assertThat(statement.executeUpdate("DELETE FROM f WHERE label LIKE '%old'")).isEqualTo(2);
          assertShown(statement, "all", "2 2 current", "3 3 current");
          assertThat(versions.newest(1).get(0))
              .isEqualTo(versions.current() + " 1 old tombstone pushed");
          assertThat(versions.newest(4).get(0))
              .isEqualTo(versions.current() + " 4 old tombstone pushed");
          assertShown(statement, "current", "2 2 current", "3 3 current");
          assertThat(rows(statement, "SELECT id FROM only_deleted.f ORDER BY id"))
              .containsExactly("1", "4");
          assertShown(statement, "old", "1 1 old", "3 3 old", "4 4 old");
        });
  }

  @ParameterizedTest
  @EnumSource
  void whatIsAppendedAcrossVersionsCarriesTheCurrentOne(TestStore.Kind kind) throws SQLException {
    withStore(
        kind,
        (statement, versions) -> {
          statement.execute("SET feature_version = all");
          assertThat(
                  statement.executeUpdate("UPDATE f SET label = label || '!' WHERE id IN (1, 4)"))
              .isEqualTo(2);
          assertThat(versions.newest(1).get(0))
              .isEqualTo(versions.current() + " 1 old! live pushed");
          assertThat(versions.newest(4).get(0))
              .isEqualTo(versions.current() + " 4 old! live pushed");
          statement.execute("INSERT INTO f VALUES (5, 'new')");
          assertThat(versions.newest(5).get(0)).startsWith(versions.current() + " new live");
          assertShown(
              statement, "current", "1 1 old!", "2 2 current", "3 3 current", "4 4 old!", "5 new");
          statement.execute("SET feature_version = 'old'");
          statement.execute("DELETE FROM f WHERE id = 1");
          statement.execute("SET feature_version = all");
          assertThat(rows(statement, "SELECT id FROM only_deleted.f")).containsExactly("1");
          assertThat(statement.executeUpdate("UPDATE only_deleted.f SET metaxy_deleted_at = NULL"))
              .isEqualTo(1);
          assertThat(versions.newest(1).get(0)).startsWith(versions.current() + " 1 old live");
        });
  }

  @ParameterizedTest
  @EnumSource
  void oneVersionIsReadAndWrittenByItself(TestStore.Kind kind) throws SQLException {
    withStore(
        kind,
        (statement, versions) -> {
          statement.execute("SET feature_version = 'old'");
          assertThat(statement.executeUpdate("UPDATE f SET label = 'x' WHERE id = 1")).isEqualTo(1);
          assertThat(versions.newest(1).get(0)).startsWith("old x live");
          assertThat(statement.executeUpdate("INSERT INTO f VALUES (2, 'y')")).isEqualTo(1);
          assertThat(versions.newest(2).get(0)).startsWith("old y live");
          assertThat(statement.executeUpdate("DELETE FROM f WHERE id = 3")).isEqualTo(1);
          assertThat(versions.newest(3).get(0)).startsWith("old 3 old tombstone");
          assertThat(statement.executeUpdate("UPDATE only_deleted.f SET metaxy_deleted_at = NULL"))
              .isEqualTo(1);
          assertThat(versions.newest(3).get(0)).startsWith("old 3 old live");
          assertShown(statement, "old", "1 x", "2 y", "3 3 old", "4 4 old");
          assertShown(statement, "current", "2 2 current", "3 3 current", "4 4 current");
        });
  }

  @ParameterizedTest
  @EnumSource
  void aHardDeleteErasesWithinTheVersionsLookedAt(TestStore.Kind kind) throws SQLException {
    withStore(
        kind,
        (statement, versions) -> {
          statement.execute("SET hard_delete = true");
          assertThat(statement.executeUpdate("DELETE FROM f WHERE id = 3")).isEqualTo(1);
          assertThat(versions.newest(3)).hasSize(1);
          assertShown(statement, "all", "1 1 old", "2 2 current", "3 3 old", "4 4 old");
          assertThat(statement.executeUpdate("DELETE FROM f WHERE id = 4 AND label = '4 current'"))
              .as("what shows is 4 old")
              .isZero();
          assertThat(statement.executeUpdate("DELETE FROM f WHERE label = '4 old'")).isEqualTo(1);
          assertThat(versions.newest(4)).isEmpty();
          statement.execute("SET feature_version = 'old'");
          assertThat(statement.executeUpdate("DELETE FROM f")).isEqualTo(2);
          assertShown(statement, "all", "2 2 current");
          statement.execute("SET feature_version = all");
          assertThat(statement.executeUpdate("DELETE FROM history.f")).isEqualTo(1);
        });
  }

  private static void assertShown(Statement statement, String version, String... rows)
      throws SQLException {
    statement.execute("SET feature_version = '%s'".formatted(version));
    assertThat(rows(statement, SHOWN)).as("under %s", version).containsExactly(rows);
  }

  private static List<String> rows(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      List<String> texts = new ArrayList<>();
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          row.add(rows.getString(i));
        }
        texts.add(String.join(" ", row));
      }
      return texts;
    }
  }
}
