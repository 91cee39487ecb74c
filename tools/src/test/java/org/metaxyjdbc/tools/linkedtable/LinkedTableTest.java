package org.metaxyjdbc.tools.linkedtable;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.metaxyjdbc.testing.PredictionStore;
import org.metaxyjdbc.testing.TestStore;

/**
 * A feature as a table of an H2 database. H2 asks for it column by column, and writes {@code
 * DEFAULT} for the columns that an INSERT leaves out.
 */
class LinkedTableTest {
  private static void link(Statement statement, PredictionStore store, String schema, String table)
      throws SQLException {
    statement.execute(
        "CREATE LINKED TABLE \"%s\" ('org.metaxyjdbc.jdbc.MetaxyDriver', '%s', '', '', '%s', '%s')"
            .formatted(schema + "_" + table, store.url(), schema, table));
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void aFeatureIsJoinedWithTablesOfAnotherDatabaseAndAppendedTo(TestStore.Kind kind)
      throws SQLException {
    PredictionStore store = PredictionStore.create(kind);
    try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:");
        Statement statement = connection.createStatement()) {
      link(statement, store, "active", "predictions");
      link(statement, store, "only_deleted", "predictions");
      statement.execute("CREATE TABLE reviews (id BIGINT, note VARCHAR)");
      statement.execute("INSERT INTO reviews VALUES (1, 'good'), (5, 'gone')");
      try (ResultSet rows =
          statement.executeQuery(
              """
              SELECT r.note, p."created_at", d."prediction_id" FROM reviews r
              LEFT JOIN "active_predictions" p ON p."prediction_id" = r.id
              LEFT JOIN "only_deleted_predictions" d ON d."prediction_id" = r.id
              ORDER BY r.id
              """)) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString(1)).isEqualTo("good");
        assertThat(rows.getString(2)).isEqualTo("2024-01-01 10:00:00.123456");
        assertThat(rows.getString(3)).isNull();
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString(2)).isNull();
        assertThat(rows.getLong(3)).isEqualTo(5);
      }
      assertThat(
              statement.executeUpdate(
                  "INSERT INTO \"active_predictions\" (\"prediction_id\", \"model\") VALUES (6, 'v3')"))
          .isEqualTo(1);
    }
    assertThat(store.ids("active")).containsExactly(1L, 2L, 3L, 4L, 6L);
  }
}
