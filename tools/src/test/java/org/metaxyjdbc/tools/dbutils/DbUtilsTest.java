package org.metaxyjdbc.tools.dbutils;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import org.apache.commons.dbutils.QueryRunner;
import org.apache.commons.dbutils.handlers.MapListHandler;
import org.apache.commons.dbutils.handlers.ScalarHandler;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.metaxyjdbc.testing.PredictionStore;
import org.metaxyjdbc.testing.TestStore;

/** DbUtils, which asks a statement for the types of its parameters. */
class DbUtilsTest {
  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void aRunnerReadsAndWrites(TestStore.Kind kind) throws SQLException {
    PredictionStore store = PredictionStore.create(kind);
    QueryRunner runner = new QueryRunner();
    try (Connection connection = store.store().connect()) {
      assertThat(
              runner.batch(
                  connection,
                  "INSERT INTO predictions (prediction_id, model, price, is_checked) VALUES (?, ?, ?, ?)",
                  new Object[][] {
                    {6L, "v3", new BigDecimal("1.25"), null}, {7L, null, null, true}
                  }))
          .containsExactly(1, 1);
      assertThat(
              runner.update(
                  connection, "UPDATE predictions SET model = ? WHERE prediction_id = ?", null, 6))
          .isEqualTo(1);
      assertThat(
              runner.query(
                  connection,
                  "SELECT prediction_id, model, price FROM predictions WHERE prediction_id = ?",
                  new MapListHandler(),
                  6))
          .singleElement()
          .satisfies(
              row -> {
                assertThat(row.get("PREDICTION_ID")).isEqualTo(6L);
                assertThat(row.get("model")).isNull();
                assertThat(row.get("price")).isEqualTo(new BigDecimal("1.25"));
              });
      assertThat(runner.update(connection, "DELETE FROM predictions WHERE prediction_id < ?", 3))
          .isEqualTo(2);
      assertThat(
              runner.query(
                  connection,
                  "SELECT COUNT(*) FROM only_deleted.predictions",
                  new ScalarHandler<Long>()))
          .isEqualTo(3);
    }
    assertThat(store.ids("active")).containsExactly(3L, 4L, 6L, 7L);
  }
}
