package org.metaxyjdbc.tools.jdbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.metaxyjdbc.testing.PredictionStore;
import org.metaxyjdbc.testing.TestStore;

/** Jdbi's queries, batches and transactions. */
class JdbiTest {
  /** What Jdbi makes of a record. */
  public record Prediction(
      long predictionId,
      String model,
      @Nullable BigDecimal price,
      @Nullable Boolean isChecked,
      @Nullable LocalDate takenOn,
      @Nullable LocalDateTime createdAt,
      @Nullable Instant seenAt) {}

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void recordsAreReadAndWritten(TestStore.Kind kind) throws SQLException {
    PredictionStore store = PredictionStore.create(kind);
    Jdbi jdbi = Jdbi.create(store.url());
    LocalDateTime time = LocalDateTime.parse("2024-06-01T12:00:00.123456");
    Instant instant = Instant.parse("2024-06-01T12:00:00.123456Z");
    Prediction six =
        new Prediction(
            6, "v3", new BigDecimal("1.25"), true, LocalDate.of(2024, 6, 1), time, instant);
    jdbi.useHandle(
        handle -> {
          PreparedBatch batch =
              handle.prepareBatch(
                  "INSERT INTO predictions (prediction_id, model, price, is_checked, taken_on, created_at, seen_at) VALUES (:predictionId, :model, :price, :isChecked, :takenOn, :createdAt, :seenAt)");
          batch.bindMethods(six).add();
          batch.bindMethods(new Prediction(7, "v3", null, null, null, null, null)).add();
          assertThat(batch.execute()).containsExactly(1, 1);
          assertThat(
                  handle
                      .createQuery(
                          "SELECT * FROM predictions WHERE model IN (<models>) ORDER BY prediction_id")
                      .bindList("models", List.of("v3", "v4"))
                      .map(ConstructorMapper.of(Prediction.class))
                      .list())
              .containsExactly(six, new Prediction(7, "v3", null, null, null, null, null));
          assertThat(
                  handle
                      .createUpdate("DELETE FROM predictions WHERE prediction_id = :id")
                      .bind("id", 7)
                      .execute())
              .isEqualTo(1);
          assertThat(
                  handle
                      .select("SELECT COUNT(*) FROM only_deleted.predictions")
                      .mapTo(int.class)
                      .one())
              .isEqualTo(2);
        });
    assertThat(store.ids("active")).containsExactly(1L, 2L, 3L, 4L, 6L);
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void aTransactionThatFailsLeavesNothing(TestStore.Kind kind) throws SQLException {
    PredictionStore store = PredictionStore.create(kind);
    Jdbi jdbi = Jdbi.create(store.url());
    assertThatThrownBy(
            () ->
                jdbi.useTransaction(
                    handle -> {
                      assertThat(handle.execute("DELETE FROM predictions")).isEqualTo(4);
                      throw new IllegalStateException("undo it");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(store.ids("active")).hasSize(4);
  }
}
