package org.metaxyjdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.metaxyjdbc.testing.DemoStore;
import org.metaxyjdbc.testing.TestStore;

/** A table that lacks a system column says so, and does not stand in the way of others. */
class MissingSystemColumnTest {
  @ParameterizedTest
  @CsvSource({
    "H2, metaxy_deleted_at",
    "H2, metaxy_updated_at",
    "H2, metaxy_feature_version",
    "DUCKDB, metaxy_deleted_at",
    "POSTGRESQL, metaxy_deleted_at"
  })
  void theErrorNamesTheColumn(TestStore.Kind kind, String column) throws Exception {
    DemoStore demo = DemoStore.create(kind);
    demo.store().execute("ALTER TABLE \"video__raw\" DROP COLUMN \"%s\"".formatted(column));
    try (Connection connection = demo.store().connect();
        Statement statement = connection.createStatement()) {
      for (String sql :
          new String[] {
            "SELECT * FROM video__raw",
            "SELECT * FROM history.video__raw",
            "DELETE FROM video__raw",
            "INSERT INTO video__raw (video_id) VALUES ('v3')"
          }) {
        assertThatThrownBy(() -> statement.execute(sql))
            .isInstanceOf(SQLException.class)
            .hasMessageContaining("'video__raw'")
            .hasMessageContaining(column)
            .extracting(e -> ((SQLException) e).getSQLState())
            .isEqualTo("58000");
      }
      try (ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM predictions")) {
        rows.next();
        assertThat(rows.getInt(1)).isEqualTo(8);
      }
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT table_name, problem FROM registry.features WHERE problem IS NOT NULL")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString(1)).isEqualTo("video__raw");
        assertThat(rows.getString(2)).contains(column);
        assertThat(rows.next()).isFalse();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"H2", "DUCKDB", "POSTGRESQL"})
  void theOtherSystemColumnsMayBeMissing(TestStore.Kind kind) throws Exception {
    TestStore store = kind.create();
    store.execute(
        """
        CREATE TABLE "plain" ("id" INTEGER, "x" INTEGER, \
        "metaxy_updated_at" TIMESTAMP WITH TIME ZONE, "metaxy_deleted_at" TIMESTAMP WITH TIME ZONE)\
        """,
        "INSERT INTO \"plain\" VALUES (1, 5, TIMESTAMP WITH TIME ZONE '2024-01-01 00:00:00+00', NULL)");
    try (Connection connection = store.connect("metaxy.id_columns", "plain:id");
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate("INSERT INTO plain (id, x) VALUES (2, 6)")).isEqualTo(1);
      assertThat(statement.executeUpdate("UPDATE plain SET x = 7 WHERE id = 1")).isEqualTo(1);
      assertThat(statement.executeUpdate("DELETE FROM plain WHERE id = 2")).isEqualTo(1);
      try (ResultSet rows = statement.executeQuery("SELECT id, x FROM plain")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getInt(2)).isEqualTo(7);
        assertThat(rows.next()).isFalse();
      }
    }
  }
}
