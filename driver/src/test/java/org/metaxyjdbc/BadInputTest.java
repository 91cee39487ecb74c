package org.metaxyjdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.metaxyjdbc.testing.TestStore;

/** Each mistake gets an SQLSTATE and a message that says what to do, and changes nothing. */
class BadInputTest {
  private static final String PREDICTIONS =
      """
      CREATE TABLE predictions (
        prediction_id INTEGER, model VARCHAR, confidence DOUBLE, PRIMARY KEY (prediction_id))""";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT * FROM predictoins | 42S02 | did you mean 'predictions'",
        "SELECT * FROM activ.predictions | 3F000 | did you mean 'active'",
        "SELECT confidenc FROM predictions | 42S22 | did you mean 'confidence'",
        "DELETE FROM predictoins | 42S02 | predictoins",
        "DELETE FROM predictions WHERE confidenc < 1 | 42S22 | confidence",
        "UPDATE predictions SET confidenc = 1 | 42S22 | confidence",
        "INSERT INTO predictions (prediction_id, modell) VALUES (9, 'x') | 42S22 | model",
        "SELEC 1 | 42000 | line 1, column 1",
        "SELECT 'a FROM predictions | 42000 | line 1",
        "SELECT 1; SELECT 2 | 42000 | one at a time",
        "INSERT INTO predictions (model) VALUES ('x') | 23502 | prediction_id",
        "INSERT INTO predictions (prediction_id) VALUES (NULL) | 23502 | prediction_id",
        "INSERT INTO history.predictions (prediction_id) VALUES (9) | 42501 | active.predictions",
        "INSERT INTO only_deleted.predictions (prediction_id) VALUES (9) | 42501 | active.predictions",
        "UPDATE predictions SET prediction_id = 9 | 42501 | identifies",
        "UPDATE include_deleted.predictions SET model = 'x' | 42501 | active.predictions",
        "INSERT INTO include_deleted.predictions (prediction_id) VALUES (9) | 42501 | active.predictions",
        "UPDATE only_deleted.predictions SET metaxy_deleted_at = CURRENT_TIMESTAMP | 42501 | restore",
        "UPDATE only_deleted.predictions SET metaxy_deleted_at = NULL, model = 'x' | 42501 | restore",
        "UPDATE history.predictions SET model = 'x' | 42501 | hard_delete",
        "UPDATE only_deleted.predictions SET model = 'x' | 42501 | restore",
        "DELETE FROM history.predictions | 42501 | hard_delete",
        "DELETE FROM only_deleted.predictions | 42501 | hard_delete",
        "DELETE FROM registry.features | 42501 | registry",
        "DROP TABLE predictions | 42501 | hard_delete",
        "TRUNCATE TABLE predictions | 42501 | hard_delete",
        "CREATE TABLE predictions (a INTEGER PRIMARY KEY) | 42S01 | predictions",
        "CREATE TABLE q (a INTEGER) | 42000 | PRIMARY KEY",
        "SET no_such_setting = 1 | 22023 | hard_delete",
        "SET hard_delete = maybe | 22023 | true",
        "SET as_of = '2999-01-01 00:00:00' | 22023 | future",
        "SET as_of = yesterday | 22007 | as_of",
        "SET read_only = 2 | 22023 | true",
        "SET allow_hard_delete = false | 42501 | connection",
        "INSERT INTO predictions (prediction_id, metaxy_provenance_by_field) VALUES (9, '{') | 22032 | JSON",
        "INSERT INTO predictions (prediction_id, metaxy_provenance_by_field) VALUES (9, '[]') | 22032 | JSON",
        "INSERT INTO predictions (prediction_id, metaxy_data_version_by_field) VALUES (9, '{\"nope\": \"1\"}') | 22023 | default",
        "INSERT INTO predictions (prediction_id, metaxy_provenance_by_field) VALUES (9, '{\"default\": \"1\"} x') | 22032 | JSON",
        "INSERT INTO predictions (prediction_id, metaxy_provenance_by_field) VALUES (9, '{\"default\": \"1\", \"default\": \"2\"}') | 22032 | JSON",
        "UPDATE predictions SET metaxy_data_version_by_field = 'x' | 22032 | JSON",
        "UPDATE predictions SET confidence = (SELECT n FROM (VALUES (1), (2)) AS v (n)) | 21000 | ore than one row",
        "INSERT INTO predictions SELECT NULL, 'v2', 0.1 | 23502 | prediction_id"
      })
  void mistakesAreExplained(String sql, String state, String hint) throws SQLException {
    for (TestStore.Kind kind : TestStore.Kind.values()) {
      TestStore store = kind.create();
      try (Connection connection = store.connect();
          Statement statement = connection.createStatement()) {
        statement.execute(PREDICTIONS);
        statement.execute("INSERT INTO predictions VALUES (1, 'v1', 0.5)");

        assertThatThrownBy(() -> statement.execute(sql))
            .as(kind + ": " + sql)
            .isInstanceOf(SQLException.class)
            .hasMessageContaining(hint)
            .message()
            .doesNotContain("org.apache");
        assertThatThrownBy(() -> statement.execute(sql))
            .extracting(e -> ((SQLException) e).getSQLState())
            .as(kind + ": " + sql)
            .isEqualTo(state);
        assertThat(count(statement, "history.predictions")).isEqualTo(1);
      }
    }
  }

  /** The store says what is wrong with a value, in a standard class of states. */
  @ParameterizedTest
  @EnumSource
  void valuesThatDoNotFitAreRefused(TestStore.Kind kind) throws SQLException {
    try (Connection connection = kind.create().connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE fits (id SMALLINT, price DECIMAL(4, 2), day DATE, doc JSON, n SMALLINT, PRIMARY KEY (id))");
      statement.execute("INSERT INTO fits (id, price) VALUES (1, 1.5)");
      for (String sql :
          List.of(
              "INSERT INTO fits (id) VALUES (70000)",
              "INSERT INTO fits (id) VALUES ('one')",
              "INSERT INTO fits (id, price) VALUES (2, 12345.67)",
              "INSERT INTO fits (id, day) VALUES (2, '2024-02-30')",
              "INSERT INTO fits (id, doc) VALUES (2, '{oops')",
              "UPDATE fits SET price = price * 1000",
              "UPDATE fits SET day = 'soon'")) {
        assertThatThrownBy(() -> statement.execute(sql))
            .as(sql)
            .isInstanceOf(SQLException.class)
            .extracting(e -> ((SQLException) e).getSQLState())
            .asString()
            .as(sql)
            .startsWith("22");
        assertThat(count(statement, "history.fits")).isEqualTo(1);
      }
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO fits (id, n) VALUES (2, ?)")) {
        insert.setLong(1, 70_000);
        assertThatThrownBy(insert::executeUpdate)
            .extracting(e -> ((SQLException) e).getSQLState())
            .isEqualTo("22003");
      }
      assertThat(count(statement, "history.fits")).isEqualTo(1);
    }
  }

  private static long count(Statement statement, String table) throws SQLException {
    try (ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void storeWithoutRegistryHasNoFeatures(TestStore.Kind kind) throws SQLException {
    try (Connection connection = kind.create().connect();
        Statement statement = connection.createStatement()) {
      assertThat(count(statement, "registry.features")).isZero();
      assertThatThrownBy(() -> statement.execute("SELECT * FROM f"))
          .extracting(e -> ((SQLException) e).getSQLState())
          .isEqualTo("42S02");
    }
  }

  @ParameterizedTest
  @EnumSource
  void brokenEntryHidesOneFeatureOnly(TestStore.Kind kind) throws SQLException {
    TestStore store = kind.create();
    try (Connection connection = store.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(PREDICTIONS);
      statement.execute("CREATE TABLE broken (id INTEGER PRIMARY KEY)");
      statement.execute("INSERT INTO predictions VALUES (1, 'v1', 0.5)");
      statement.execute("INSERT INTO broken VALUES (1)");
    }
    store.execute(
        "UPDATE \"metaxy_system__feature_versions\" SET \"feature_spec\" = '{oops' WHERE \"feature_key\" = 'broken'");
    try (Connection connection = store.connect();
        Statement statement = connection.createStatement()) {
      assertThat(count(statement, "predictions")).isEqualTo(1);
      assertThat(count(statement, "history.broken")).isEqualTo(1);
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT problem FROM registry.features WHERE feature_key = 'broken'")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString(1)).isNotBlank();
      }
      assertThatThrownBy(() -> statement.execute("SELECT * FROM broken"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("metaxy.id_columns");
    }
  }

  @ParameterizedTest
  @EnumSource
  void tableWithoutEntryNeedsItsIdColumns(TestStore.Kind kind) throws SQLException {
    TestStore store = kind.create();
    try (Connection connection = store.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE orphan (id INTEGER, label VARCHAR, PRIMARY KEY (id))");
      statement.execute("INSERT INTO orphan VALUES (1, 'a')");
      statement.execute("UPDATE orphan SET label = 'b'");
    }
    store.execute("DELETE FROM \"metaxy_system__feature_versions\"");
    try (Connection connection = store.connect();
        Statement statement = connection.createStatement()) {
      assertThat(count(statement, "history.orphan")).isEqualTo(2);
      assertThat(count(statement, "registry.features WHERE NOT is_registered")).isEqualTo(1);
      assertThatThrownBy(() -> statement.execute("SELECT * FROM orphan"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("metaxy.id_columns=orphan:");
    }
    try (Connection connection = store.connect("metaxy.id_columns", "orphan:id");
        Statement statement = connection.createStatement()) {
      assertThat(count(statement, "orphan")).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void namesOfAnyKindWork(TestStore.Kind kind) throws SQLException {
    try (Connection connection = kind.create().connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE \"order\" (\"select\" INTEGER, \"Größe\" DOUBLE, \"Sample Id\" VARCHAR, \"a\"\"b\" VARCHAR, \"x.y\" INTEGER, PRIMARY KEY (\"select\", \"Sample Id\"))");
      statement.execute(
          "INSERT INTO \"order\" VALUES (1, 1.5, 's ''1''', 'q', 7), (2, 2.5, '日本', 'r', 8)");
      statement.execute(
          "UPDATE \"order\" SET \"Größe\" = \"Größe\" * 2 WHERE \"Sample Id\" = '日本'");
      statement.execute("DELETE FROM \"order\" WHERE \"a\"\"b\" = 'q'");
      try (ResultSet rows =
          statement.executeQuery("SELECT \"select\", \"Größe\", \"x.y\" FROM \"order\"")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getInt("select")).isEqualTo(2);
        assertThat(rows.getDouble("größe")).isEqualTo(5.0);
        assertThat(rows.getInt("x.y")).isEqualTo(8);
        assertThat(rows.next()).isFalse();
      }
      statement.execute("SET hard_delete = true");
      assertThat(statement.executeUpdate("DELETE FROM include_deleted.\"order\"")).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource
  void newestRegistrationWinsAndProjectPicks(TestStore.Kind kind) throws SQLException {
    TestStore store = kind.create();
    try (Connection connection = store.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET project = 'first'");
      statement.execute(PREDICTIONS);
      statement.execute("INSERT INTO predictions VALUES (1, 'v1', 0.5)");
    }
    store.execute(
        """
        INSERT INTO "metaxy_system__feature_versions"
          ("project", "feature_key", "metaxy_feature_version", "recorded_at", "feature_spec", "feature_schema")
        SELECT 'second', "feature_key", 'other', "recorded_at" + INTERVAL '1' DAY,
          REPLACE("feature_spec", '__metaxy_initial__', '2'), "feature_schema"
        FROM "metaxy_system__feature_versions"
        """);
    try (Connection connection = store.connect();
        Statement statement = connection.createStatement()) {
      assertThat(count(statement, "predictions")).isZero();
      statement.execute("SET project = 'first'");
      assertThat(count(statement, "predictions")).isEqualTo(1);
      statement.execute("SET project = 'second'");
      assertThat(count(statement, "predictions")).isZero();
      statement.execute("SET feature_version = 'all'");
      assertThat(count(statement, "predictions")).isEqualTo(1);
      statement.execute("SET project = 'third'");
      assertThatThrownBy(() -> count(statement, "predictions"))
          .extracting(e -> ((SQLException) e).getSQLState())
          .isEqualTo("42S02");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"false", "true"})
  void readOnlyStoresRefuseToBeChanged(boolean hard, @TempDir Path folder) throws SQLException {
    String h2 = "jdbc:metaxy:h2:" + folder.resolve("h2");
    String duckDb = "jdbc:metaxy:duckdb:" + folder.resolve("features.duckdb");
    refuses(h2, h2 + ";ACCESS_MODE_DATA=r", hard);
    refuses(duckDb, duckDb + ";duckdb.read_only=true", hard);
  }

  private static void refuses(String url, String readOnlyUrl, boolean hard) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(PREDICTIONS);
      statement.execute("INSERT INTO predictions VALUES (1, 'v1', 0.5)");
    }
    try (Connection connection = DriverManager.getConnection(readOnlyUrl);
        Statement statement = connection.createStatement()) {
      statement.execute("SET hard_delete = " + hard);
      for (String sql :
          new String[] {
            "DELETE FROM predictions", "INSERT INTO predictions VALUES (2, 'v1', 0.5)"
          }) {
        assertThatThrownBy(() -> statement.execute(sql))
            .as(readOnlyUrl + " " + sql)
            .isInstanceOf(SQLException.class)
            .extracting(e -> ((SQLException) e).getSQLState())
            .isEqualTo("25006");
      }
      assertThat(count(statement, "predictions")).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void appendOnlyStoresCannotDeleteHard(TestStore.Kind kind) throws SQLException {
    TestStore store = kind.create();
    try (Connection connection = store.connect("metaxy.append_only", "true");
        Statement statement = connection.createStatement()) {
      statement.execute(PREDICTIONS);
      statement.execute("INSERT INTO predictions VALUES (1, 'v1', 0.5)");
      statement.execute("SET hard_delete = true");
      assertThatThrownBy(() -> statement.execute("DELETE FROM predictions"))
          .isInstanceOf(SQLFeatureNotSupportedException.class)
          .hasMessageContaining("append-only")
          .extracting(e -> ((SQLException) e).getSQLState())
          .isEqualTo("0A000");
      statement.execute("SET hard_delete = false");
      assertThat(statement.executeUpdate("DELETE FROM predictions")).isEqualTo(1);
    }
  }

  @Test
  void propertiesThatDoNotExistAreListed() {
    assertThatThrownBy(() -> DriverManager.getConnection("jdbc:metaxy:h2:mem:;metaxy.hard=true"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("metaxy.hard_delete")
        .extracting(e -> ((SQLException) e).getSQLState())
        .isEqualTo("22023");
  }

  @Test
  void hardDeleteCanBeForbidden() throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:metaxy:;metaxy.allow_hard_delete=false");
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.execute("SET hard_delete = true"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("allow_hard_delete=false")
          .extracting(e -> ((SQLException) e).getSQLState())
          .isEqualTo("42501");
    }
  }
}
