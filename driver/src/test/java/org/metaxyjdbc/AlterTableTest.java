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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.metaxyjdbc.testing.TestStore;

/** {@code ALTER TABLE … ADD COLUMN}, and {@code DROP TABLE}. */
class AlterTableTest {
  private static final String CREATE =
      "CREATE TABLE lab__f (id INTEGER, label VARCHAR, PRIMARY KEY (id))";

  @ParameterizedTest
  @EnumSource
  void versionsBeforeHaveNullThere(TestStore.Kind kind) throws SQLException {
    try (Connection connection = kind.create().connect();
        Statement statement = connection.createStatement()) {
      statement.execute(CREATE);
      statement.execute("INSERT INTO lab__f VALUES (1, 'a'), (2, 'b'), (3, 'c')");
      statement.execute("DELETE FROM lab__f WHERE id = 2");
      statement.execute("ALTER TABLE lab__f ADD COLUMN \"Score of it\" DECIMAL(10, 3)");
      statement.execute("ALTER TABLE active.lab__f ADD seen TIMESTAMP WITH TIME ZONE NULL");
      assertThat(rows(statement, "SELECT id, label, \"Score of it\", seen FROM lab__f ORDER BY id"))
          .containsExactly("1 a null null", "3 c null null");
      statement.execute("UPDATE lab__f SET \"score of IT\" = 1.25 WHERE id = 1");
      statement.execute("INSERT INTO lab__f VALUES (4, 'd', 0.5, NULL)");
      assertThat(rows(statement, "SELECT id, \"Score of it\" FROM lab__f ORDER BY id"))
          .containsExactly("1 1.250", "3 null", "4 0.500");
      statement.execute("UPDATE only_deleted.lab__f SET metaxy_deleted_at = NULL");
      assertThat(rows(statement, "SELECT id, \"Score of it\" FROM history.lab__f WHERE id = 2"))
          .containsExactly("2 null", "2 null", "2 null");
      assertThat(rows(statement, "SELECT id FROM lab__f WHERE \"Score of it\" > 0.4 ORDER BY id"))
          .containsExactly("1", "4");
    }
  }

  @ParameterizedTest
  @EnumSource
  void plansOfAllSessionsAreMadeAnew(TestStore.Kind kind) throws SQLException {
    TestStore store = kind.create();
    String all = "SELECT * FROM lab__f";
    try (Connection one = store.connect();
        Connection two = store.connect();
        Statement first = one.createStatement();
        Statement second = two.createStatement()) {
      first.execute(CREATE);
      first.execute("INSERT INTO lab__f VALUES (1, 'a')");
      try (PreparedStatement prepared = two.prepareStatement(all)) {
        assertThat(columns(prepared.executeQuery())).startsWith("id", "label").hasSize(12);
        assertThatThrownBy(() -> second.execute("SELECT score FROM lab__f"))
            .isInstanceOf(SQLException.class);
        first.execute("ALTER TABLE lab__f ADD COLUMN score DOUBLE");
        assertThat(columns(prepared.executeQuery())).startsWith("id", "label", "score");
      }
      assertThat(rows(second, "SELECT score FROM lab__f")).containsExactly("null");
      assertThat(columns(first.executeQuery(all))).contains("score");
      second.execute("INSERT INTO lab__f VALUES (2, 'b', 0.5)");
      try (ResultSet columns = two.getMetaData().getColumns(null, "active", "lab__f", "score")) {
        assertThat(columns.next()).isTrue();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void theRegistryGetsTheEntryOfAFeatureMadeWithTheColumn(TestStore.Kind kind) throws SQLException {
    List<String> altered =
        entry(
            kind,
            CREATE,
            "CREATE TABLE other (id INTEGER PRIMARY KEY)",
            "ALTER TABLE lab__f ADD COLUMN score DOUBLE");
    List<String> made =
        entry(
            kind,
            "CREATE TABLE other (id INTEGER PRIMARY KEY)",
            CREATE.replace("label VARCHAR,", "label VARCHAR, score DOUBLE,"));
    List<String> before = entry(kind, "CREATE TABLE other (id INTEGER PRIMARY KEY)", CREATE);

    assertThat(altered).isEqualTo(made);
    assertThat(altered).isNotEqualTo(before);
  }

  /** The newest entry of the feature in a new store. */
  private static List<String> entry(TestStore.Kind kind, String... statements) throws SQLException {
    try (Connection connection = kind.create().connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
      return rows(
          statement,
          """
          SELECT project, feature_class_path, tags, metaxy_feature_version,
            metaxy_definition_version, metaxy_project_version, feature_spec, feature_schema
          FROM registry.feature_versions WHERE feature_key = 'lab/f'
          ORDER BY recorded_at DESC LIMIT 1""");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFeatureWithoutATableGetsOne(TestStore.Kind kind) throws SQLException {
    TestStore store = kind.create();
    try (Connection connection = store.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(CREATE);
    }
    store.execute("DROP TABLE \"lab__f\"");
    try (Connection connection = store.connect();
        Statement statement = connection.createStatement()) {
      assertThat(rows(statement, "SELECT * FROM lab__f")).isEmpty();
      statement.execute("ALTER TABLE lab__f ADD COLUMN score DOUBLE");
      statement.execute("INSERT INTO lab__f (id, label, score) VALUES (1, 'a', 0.5)");
      assertThat(rows(statement, "SELECT id, label, score FROM lab__f")).containsExactly("1 a 0.5");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ALTER TABLE lab__f ADD COLUMN LABEL INTEGER | 42S21 | already has",
        "ALTER TABLE lab__f ADD COLUMN metaxy_updated_at TIMESTAMP | 42602 | Metaxy's own",
        "ALTER TABLE lab__f ADD COLUMN IF NOT EXISTS Metaxy_own INTEGER | 42602 | Metaxy's own",
        "ALTER TABLE lab__f ADD COLUMN c INTEGER NOT NULL | 0A000 | NOT NULL",
        "ALTER TABLE lab__g ADD COLUMN c INTEGER | 42S02 | did you mean 'lab__f'",
        "ALTER TABLE history.lab__f ADD COLUMN c INTEGER | 42501 | active",
        "ALTER TABLE registry.features ADD COLUMN c INTEGER | 42501 | active",
        "ALTER TABLE lab__f ADD COLUMN c NO_SUCH_TYPE | 42000 | NO_SUCH_TYPE",
        "ALTER TABLE lab__f ADD COLUMN c | 42000 | line 1",
        "ALTER TABLE lab__f DROP COLUMN label | 42000 | line 1",
        "DROP TABLE lab__f | 42501 | hard_delete",
        "DROP TABLE lab__g | 42S02 | lab__f",
      })
  void mistakesAreExplained(String sql, String state, String hint) throws SQLException {
    for (TestStore.Kind kind : TestStore.Kind.values()) {
      try (Connection connection = kind.create().connect();
          Statement statement = connection.createStatement()) {
        statement.execute(CREATE);
        assertThatThrownBy(() -> statement.execute(sql))
            .as("%s", kind)
            .isInstanceOf(SQLException.class)
            .hasMessageContaining(hint)
            .extracting(e -> ((SQLException) e).getSQLState())
            .isEqualTo(state);
        assertThat(columns(statement.executeQuery("SELECT * FROM lab__f"))).hasSize(12);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void ifNotExistsLeavesAColumnThatThereIs(TestStore.Kind kind) throws SQLException {
    try (Connection connection = kind.create().connect();
        Statement statement = connection.createStatement()) {
      statement.execute(CREATE);
      for (int i = 0; i < 2; i++) {
        statement.execute("ALTER TABLE lab__f ADD COLUMN IF NOT EXISTS score DOUBLE");
      }
      assertThat(columns(statement.executeQuery("SELECT * FROM lab__f"))).hasSize(13);
      assertThat(rows(statement, "SELECT feature_key FROM registry.feature_versions")).hasSize(2);
    }
  }

  @ParameterizedTest
  @EnumSource
  void rollbackTakesTheColumnAwayWhereTheStoreCan(TestStore.Kind kind) throws SQLException {
    try (Connection connection = kind.create().connect();
        Statement statement = connection.createStatement()) {
      statement.execute(CREATE);
      connection.setAutoCommit(false);
      statement.execute("ALTER TABLE lab__f ADD COLUMN score DOUBLE");
      assertThat(columns(statement.executeQuery("SELECT * FROM lab__f"))).contains("score");
      connection.rollback();
      List<String> after = columns(statement.executeQuery("SELECT * FROM lab__f"));
      if (kind == TestStore.Kind.H2) {
        assertThat(after).as("H2 commits with DDL").contains("score");
      } else {
        assertThat(after).doesNotContain("score");
        assertThat(rows(statement, "SELECT feature_key FROM registry.feature_versions")).hasSize(1);
      }
    }
  }

  /** PostgreSQL's driver prepares in the server what runs for the fifth time. */
  @ParameterizedTest
  @EnumSource
  void whatOthersAlterIsPreparedAnewWithinATransaction(TestStore.Kind kind) throws SQLException {
    TestStore store = kind.create();
    try (Connection connection = store.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(CREATE);
      for (int i = 0; i < 6; i++) {
        statement.execute("INSERT INTO lab__f VALUES (1, 'a')");
        assertThat(rows(statement, "SELECT * FROM lab__f")).hasSize(1);
      }
      store.execute(
          "ALTER TABLE \"lab__f\" ALTER COLUMN \"id\" SET DATA TYPE BIGINT",
          "UPDATE \"metaxy_system__feature_versions\" SET \"recorded_at\" = \"recorded_at\" + INTERVAL '1' SECOND");
      connection.setAutoCommit(false);
      // What was never planned before looks at the registry at once.
      assertThat(rows(statement, "SELECT id AS altered FROM lab__f")).containsExactly("1");
      assertThat(rows(statement, "SELECT * FROM lab__f")).hasSize(1);
      statement.execute("INSERT INTO lab__f VALUES (3000000000, 'b')");
      assertThat(statement.executeUpdate("INSERT INTO lab__f VALUES (1, 'c')")).isEqualTo(1);
      assertThat(rows(statement, "SELECT id FROM lab__f ORDER BY id"))
          .containsExactly("1", "3000000000");
      connection.commit();
    }
  }

  @ParameterizedTest
  @EnumSource
  void dropTableRemovesTableAndEntries(TestStore.Kind kind) throws SQLException {
    try (Connection connection = kind.create().connect();
        Statement statement = connection.createStatement()) {
      statement.execute(CREATE);
      statement.execute("ALTER TABLE lab__f ADD COLUMN score DOUBLE");
      statement.execute("SET hard_delete = true");
      statement.execute("DROP TABLE lab__f");
      assertThat(rows(statement, "SELECT feature_key FROM registry.feature_versions")).isEmpty();
      assertThatThrownBy(() -> statement.execute("SELECT * FROM lab__f"))
          .extracting(e -> ((SQLException) e).getSQLState())
          .isEqualTo("42S02");
      statement.execute("DROP TABLE IF EXISTS lab__f");
      statement.execute(CREATE);
      assertThat(columns(statement.executeQuery("SELECT * FROM lab__f"))).hasSize(12);
    }
  }

  private static List<String> columns(ResultSet result) throws SQLException {
    try (result) {
      List<String> names = new ArrayList<>();
      for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
        names.add(result.getMetaData().getColumnName(i));
      }
      return names;
    }
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
