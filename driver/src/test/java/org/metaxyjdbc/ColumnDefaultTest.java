package org.metaxyjdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.metaxyjdbc.testing.TestStore;

/** Defaults of columns, and features whose columns only the registry declares. */
class ColumnDefaultTest {
  @ParameterizedTest
  @EnumSource
  void anInsertThatLeavesAColumnOutGivesItItsDefault(TestStore.Kind kind) throws Exception {
    try (Connection connection = kind.create().connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TABLE clips (
            id INTEGER PRIMARY KEY,
            n INTEGER DEFAULT -5 NOT NULL,
            label VARCHAR(20) NOT NULL DEFAULT 'it''s new',
            price DECIMAL(10, 2) DEFAULT 1.50,
            ok BOOLEAN DEFAULT TRUE,
            day DATE DEFAULT DATE '2024-01-31',
            raw VARBINARY DEFAULT X'00ff',
            tags JSON DEFAULT '[1, 2]',
            made TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP,
            nothing INTEGER DEFAULT NULL)
          """);
      statement.execute("INSERT INTO clips (id) VALUES (1)");
      statement.execute("INSERT INTO clips (id, n, label) VALUES (2, 7, 'x')");
      statement.execute("UPDATE clips SET ok = NULL WHERE id = 1");
      String sql =
          "SELECT n, label, price, ok, day, raw, tags, nothing, made FROM clips ORDER BY id";
      try (ResultSet rows = statement.executeQuery(sql)) {
        assertThat(row(rows)).isEqualTo("-5|it's new|1.50|null|2024-01-31|00ff|[1,2]|null");
        assertThat(rows.getObject("made", OffsetDateTime.class).toInstant())
            .isBetween(Instant.now().minus(Duration.ofHours(1)), Instant.now());
        assertThat(row(rows)).isEqualTo("7|x|1.50|true|2024-01-31|00ff|[1,2]|null");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aMergeThatLeavesAColumnOutGivesItItsDefault(TestStore.Kind kind) throws Exception {
    try (Connection connection = kind.create().connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE a (id INTEGER PRIMARY KEY, n INTEGER DEFAULT 3, label VARCHAR)");
      statement.execute("INSERT INTO a VALUES (1, 7, 'old')");
      statement.execute(
          """
          MERGE INTO a USING (VALUES (1), (2)) AS s(id) ON a.id = s.id
          WHEN MATCHED THEN UPDATE SET label = 'merged'
          WHEN NOT MATCHED THEN INSERT (id, label) VALUES (s.id, 'new')
          """);
      statement.execute(
          """
          MERGE INTO a USING (VALUES (2), (3)) AS s(id) ON a.id = s.id
          WHEN MATCHED THEN UPDATE SET n = 9
          WHEN NOT MATCHED THEN INSERT VALUES (s.id, DEFAULT, 'word')
          """);
      try (ResultSet rows = statement.executeQuery("SELECT id, n, label FROM a ORDER BY id")) {
        List<String> all = new ArrayList<>();
        while (rows.next()) {
          all.add(rows.getString(1) + rows.getString(2) + rows.getString(3));
        }
        assertThat(all).containsExactly("17merged", "29new", "33word");
      }
    }
  }

  private static String row(ResultSet rows) throws SQLException {
    assertThat(rows.next()).isTrue();
    StringBuilder text = new StringBuilder(String.valueOf(rows.getString(1)));
    for (int i = 2; i <= 8; i++) {
      String value = String.valueOf(rows.getString(i));
      text.append('|').append(i == 7 ? value.replace(" ", "") : value);
    }
    return text.toString();
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNoConstantIsRefused(TestStore.Kind kind) throws Exception {
    try (Connection connection = kind.create().connect();
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(
              () ->
                  statement.execute(
                      "CREATE TABLE a (id INTEGER PRIMARY KEY, n INTEGER DEFAULT (SELECT 1))"))
          .isInstanceOf(SQLException.class);
      assertThatThrownBy(
              () ->
                  statement.execute(
                      "CREATE TABLE a (id INTEGER PRIMARY KEY, n INTEGER DEFAULT id)"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("id");
      statement.execute("CREATE TABLE a (id INTEGER PRIMARY KEY, n INTEGER DEFAULT 3)");
    }
  }

  @ParameterizedTest
  @EnumSource
  void defaultInAllRowsOfValuesIsAColumnLeftOut(TestStore.Kind kind) throws Exception {
    try (Connection connection = kind.create().connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE a (id INTEGER PRIMARY KEY, n INTEGER DEFAULT 3, label VARCHAR)");
      statement.execute("INSERT INTO a VALUES (1, DEFAULT), (2, DEFAULT)");
      statement.execute("INSERT INTO a (label, n, id) VALUES (DEFAULT, 7, 3)");
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO active.a VALUES (?, DEFAULT, ?, DEFAULT)")) {
        insert.setInt(1, 4);
        insert.setString(2, "x");
        assertThat(insert.executeUpdate()).isEqualTo(1);
      }
      try (ResultSet rows = statement.executeQuery("SELECT id, n, label FROM a ORDER BY id")) {
        List<String> all = new ArrayList<>();
        while (rows.next()) {
          all.add(rows.getString(1) + rows.getString(2) + rows.getString(3));
        }
        assertThat(all).containsExactly("13null", "23null", "37null", "43x");
      }
      for (String sql :
          List.of(
              "INSERT INTO a VALUES (6, DEFAULT), (7, 7)", "INSERT INTO a (id) VALUES (DEFAULT)")) {
        assertThatThrownBy(() -> statement.execute(sql))
            .isInstanceOf(SQLFeatureNotSupportedException.class)
            .hasMessageContaining("DEFAULT is not possible here");
      }
      assertThatThrownBy(() -> statement.execute("INSERT INTO b VALUES (6, DEFAULT)"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42S02"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void columnsThatTheRegistryDeclaresAreMadeAtTheFirstInsert(TestStore.Kind kind) throws Exception {
    TestStore store = kind.create();
    store.execute(
        """
        CREATE TABLE "metaxy_system__feature_versions" ("project" VARCHAR, "feature_key" VARCHAR, \
        "metaxy_feature_version" VARCHAR, "metaxy_definition_version" VARCHAR, \
        "recorded_at" TIMESTAMP, "feature_spec" VARCHAR, "feature_schema" VARCHAR, \
        "feature_class_path" VARCHAR, "metaxy_project_version" VARCHAR, "tags" VARCHAR, \
        "deleted_at" TIMESTAMP)\
        """,
        """
        INSERT INTO "metaxy_system__feature_versions" ("project", "feature_key", \
        "metaxy_feature_version", "recorded_at", "feature_spec", "feature_schema") \
        VALUES ('demo', 'clips', 'v1', TIMESTAMP '2024-01-01 00:00:00', \
        '{"key": "clips", "id_columns": ["id"], "deps": [], "fields": []}', \
        '{"properties": {"id": {"type": "string"}, "score": {"type": "number"}, \
        "tags": {"type": "array"}, "box": {"type": "object"}, \
        "seen": {"type": "string", "format": "date-time"}}}')\
        """);
    try (Connection connection = store.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "INSERT INTO clips (id, score, tags, box, seen) VALUES ('a', 0.5, '[1, 2]', '{\"w\": 3}',"
              + " TIMESTAMP WITH TIME ZONE '2024-01-31 12:00:00+01')");
      try (ResultSet rows = statement.executeQuery("SELECT tags, box, score FROM clips")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString(1).replace(" ", "")).isEqualTo("[1,2]");
        assertThat(rows.getString(2).replace(" ", "")).isEqualTo("{\"w\":3}");
        assertThat(rows.getDouble(3)).isEqualTo(0.5);
      }
    }
  }

  /** In the words of the store. */
  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void metadataHasTheDefault(TestStore.Kind kind) throws SQLException {
    try (Connection connection = kind.create().connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE f (id INTEGER PRIMARY KEY, n INTEGER DEFAULT 7, t VARCHAR DEFAULT 'it''s')");
      try (ResultSet columns = connection.getMetaData().getColumns(null, "active", "f", "_")) {
        assertThat(columns.next()).isTrue();
        assertThat(columns.getString("COLUMN_DEF")).isEqualTo("7");
        assertThat(columns.next()).isTrue();
        assertThat(columns.getString("COLUMN_DEF")).contains("'it''s'");
      }
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT column_name FROM information_schema.columns c WHERE c.table_schema = 'active' AND c.table_name = 'f' AND c.column_default IS NOT NULL ORDER BY 1")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString(1)).isEqualTo("n");
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString(1)).isEqualTo("t");
        assertThat(rows.next()).isFalse();
      }
    }
  }
}
