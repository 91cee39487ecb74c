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
 * Plans are kept and shared by sessions; a statement must never run by one that was made for other
 * settings or for another state of the store.
 */
class KeptPlanTest {
  private static final int TRIES = 1_000_000;

  private static List<String> rows(PreparedStatement query) throws SQLException {
    try (ResultSet rows = query.executeQuery()) {
      return rows(rows);
    }
  }

  private static List<String> rows(Statement statement, String query) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      return rows(rows);
    }
  }

  private static List<String> rows(ResultSet rows) throws SQLException {
    List<String> result = new ArrayList<>();
    while (rows.next()) {
      List<String> row = new ArrayList<>();
      for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
        row.add(rows.getString(i));
      }
      result.add(String.join(" ", row));
    }
    return result;
  }

  /** The same text in sessions with other settings, by turns, so that each finds others' plans. */
  @ParameterizedTest
  @EnumSource
  void eachSessionReadsByItsOwnSettings(TestStore.Kind kind) throws SQLException {
    TestStore store = kind.create();
    String query = "SELECT id, label FROM f WHERE id < 100 ORDER BY id";
    try (Connection first = store.connect();
        Statement statement = first.createStatement();
        Connection second = store.connect();
        Statement other = second.createStatement()) {
      statement.execute("CREATE TABLE f (id INTEGER PRIMARY KEY, label VARCHAR)");
      statement.execute("INSERT INTO f VALUES (1, 'a'), (2, 'b')");
      String before = rows(statement, "SELECT MAX(metaxy_updated_at) FROM f").get(0);
      statement.execute("INSERT INTO f VALUES (1, 'c')");
      statement.execute("DELETE FROM f WHERE id = 2");
      statement.execute("SET feature_version = 'older'");
      statement.execute("INSERT INTO f VALUES (3, 'd')");
      statement.execute("RESET feature_version");

      try (PreparedStatement ours = first.prepareStatement(query);
          PreparedStatement others = second.prepareStatement(query)) {
        for (int i = 0; i < 3; i++) {
          assertThat(rows(statement, query)).containsExactly("1 c");
          assertThat(rows(ours)).containsExactly("1 c");

          other.execute("SET feature_version = 'older'");
          assertThat(rows(other, query)).containsExactly("3 d");
          assertThat(rows(others)).containsExactly("3 d");
          assertThat(rows(ours)).containsExactly("1 c");

          other.execute("SET feature_version = 'all'");
          assertThat(rows(others)).containsExactly("1 c", "3 d");
          assertThat(rows(other, query)).containsExactly("1 c", "3 d");

          other.execute("RESET feature_version");
          other.execute("SET as_of = '" + before + "'");
          assertThat(rows(others)).containsExactly("1 a", "2 b");
          assertThat(rows(ours)).containsExactly("1 c");
          other.execute("RESET as_of");

          second.setSchema("only_deleted");
          assertThat(rows(other, query)).containsExactly("2 b");
          assertThat(rows(others)).containsExactly("2 b");
          second.setSchema("active");
          assertThat(rows(others)).containsExactly("1 c");
          assertThat(rows(statement, query.replace("100", "1"))).isEmpty();
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aDeleteIsPhysicalOnlyWhereTheSessionSaysSo(TestStore.Kind kind) throws SQLException {
    TestStore store = kind.create();
    try (Connection connection = store.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE f (id INTEGER PRIMARY KEY, label VARCHAR)");
      statement.execute("INSERT INTO f VALUES (1, 'a'), (2, 'b'), (3, 'c'), (4, 'd')");
      try (PreparedStatement delete = connection.prepareStatement("DELETE FROM f WHERE id = ?")) {
        for (int id = 1; id <= 4; id++) {
          statement.execute("SET hard_delete = " + (id % 2 == 0));
          delete.setInt(1, id);
          assertThat(delete.executeUpdate()).isEqualTo(1);
        }
      }
      assertThat(rows(statement, "SELECT id FROM only_deleted.f ORDER BY id"))
          .containsExactly("1", "3");
      assertThat(rows(statement, "SELECT id FROM history.f ORDER BY id"))
          .containsExactly("1", "1", "3", "3");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPreparedStatementFollowsTheDefinitionOfItsTable(TestStore.Kind kind) throws SQLException {
    TestStore store = kind.create();
    try (Connection connection = store.connect();
        Connection other = store.connect();
        Statement statement = other.createStatement()) {
      statement.execute("CREATE TABLE f (id INTEGER PRIMARY KEY, label VARCHAR)");
      statement.execute("INSERT INTO f VALUES (1, 'a')");
      try (PreparedStatement query = connection.prepareStatement("SELECT * FROM f");
          PreparedStatement insert = connection.prepareStatement("INSERT INTO f VALUES (?, ?)")) {
        assertThat(columns(query)).startsWith("id", "label").doesNotContain("note");
        statement.execute("ALTER TABLE f ADD COLUMN note VARCHAR");
        assertThat(columns(query)).contains("id", "label", "note");

        statement.execute("SET hard_delete = true");
        statement.execute("DROP TABLE f");
        assertThatThrownBy(query::executeQuery)
            .isInstanceOfSatisfying(
                SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42S02"));
        statement.execute("CREATE TABLE f (id VARCHAR PRIMARY KEY, score DOUBLE)");
        assertThat(columns(query)).startsWith("id", "score").doesNotContain("label");
        insert.setString(1, "x");
        insert.setDouble(2, 0.5);
        assertThat(insert.executeUpdate()).isEqualTo(1);
        assertThat(rows(statement, "SELECT id, score FROM f WHERE id = 'x'"))
            .containsExactly("x 0.5");
      }
    }
  }

  private static List<String> columns(PreparedStatement query) throws SQLException {
    try (ResultSet rows = query.executeQuery()) {
      List<String> columns = new ArrayList<>();
      for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
        columns.add(rows.getMetaData().getColumnLabel(i));
      }
      return columns;
    }
  }

  /** Somebody else pushes the project, which makes another feature version the current one. */
  @ParameterizedTest
  @EnumSource
  void aPushOfSomebodyElseIsSeenSoon(TestStore.Kind kind) throws SQLException {
    TestStore store = kind.create();
    try (Connection connection = store.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE f (id INTEGER PRIMARY KEY, label VARCHAR)");
      statement.execute("INSERT INTO f VALUES (1, 'a'), (2, 'b')");
      try (PreparedStatement query = connection.prepareStatement("SELECT id FROM f WHERE id = 1")) {
        assertThat(rows(query)).containsExactly("1");
        push(store);
        int tries = 0;
        while (!rows(query).isEmpty() && tries++ < TRIES) {
          Thread.onSpinWait();
        }
        assertThat(rows(query)).isEmpty();
      }
      assertThat(rows(statement, "SELECT id FROM f WHERE id = 1")).isEmpty();
      statement.execute("SET feature_version = 'all'");
      assertThat(rows(statement, "SELECT id FROM f WHERE id = 1")).containsExactly("1");
    }
  }

  /** Another code version of the only field, at a later time. */
  private static void push(TestStore store) throws SQLException {
    try (Connection raw = store.raw();
        Statement statement = raw.createStatement()) {
      String registry = "\"metaxy_system__feature_versions\"";
      List<String> columns = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery("SELECT * FROM " + registry)) {
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          columns.add('"' + rows.getMetaData().getColumnName(i) + '"');
        }
      }
      List<String> values =
          columns.stream()
              .map(
                  column ->
                      switch (column) {
                        case "\"feature_spec\"" ->
                            "REPLACE(CAST(%s AS VARCHAR), '__metaxy_initial__', '2')"
                                .formatted(column);
                        case "\"recorded_at\"" -> column + " + INTERVAL '1' SECOND";
                        default -> column;
                      })
              .toList();
      statement.execute(
          "INSERT INTO %s (%s) SELECT %s FROM %1$s"
              .formatted(registry, String.join(", ", columns), String.join(", ", values)));
    }
  }
}
