package org.metaxyjdbc.tools.jooq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.jooq.impl.DSL.avg;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.using;
import static org.jooq.impl.DSL.when;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Meta;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.metaxyjdbc.testing.PredictionStore;
import org.metaxyjdbc.testing.TestStore;

/** jOOQ, with the dialect of the store and with the one it takes for a product it does not know. */
class JooqTest {
  private static final Table<Record> PREDICTIONS = table(name("predictions"));
  private static final Table<Record> DELETED = table(name("only_deleted", "predictions"));
  private static final Table<Record> MODELS = table(name("models"));
  private static final Field<Long> ID =
      field(name("predictions", "prediction_id"), SQLDataType.BIGINT);
  private static final Field<String> MODEL =
      field(name("predictions", "model"), SQLDataType.VARCHAR);
  private static final Field<Double> CONFIDENCE =
      field(name("predictions", "confidence"), SQLDataType.DOUBLE);
  private static final Field<BigDecimal> PRICE =
      field(name("predictions", "price"), SQLDataType.DECIMAL(10, 2));

  /** What jOOQ's reflection fills. */
  record Prediction(
      long predictionId,
      String model,
      double confidence,
      @Nullable BigDecimal price,
      @Nullable Boolean isChecked,
      @Nullable LocalDate takenOn,
      @Nullable LocalDateTime createdAt,
      @Nullable OffsetDateTime seenAt) {}

  static Stream<Arguments> stores() {
    return Stream.of(
        Arguments.of(TestStore.Kind.H2, SQLDialect.H2),
        Arguments.of(TestStore.Kind.DUCKDB, SQLDialect.DUCKDB),
        Arguments.of(TestStore.Kind.POSTGRESQL, SQLDialect.POSTGRES),
        Arguments.of(TestStore.Kind.H2, SQLDialect.DEFAULT),
        Arguments.of(TestStore.Kind.DUCKDB, SQLDialect.DEFAULT),
        Arguments.of(TestStore.Kind.POSTGRESQL, SQLDialect.DEFAULT));
  }

  /** Work with jOOQ on a store. */
  @FunctionalInterface
  private interface Work {
    void run(PredictionStore store, DSLContext jooq) throws SQLException;
  }

  private static void onNew(TestStore.Kind kind, SQLDialect dialect, Work work)
      throws SQLException {
    on(PredictionStore.create(kind), dialect, work);
  }

  private static void on(PredictionStore store, SQLDialect dialect, Work work) throws SQLException {
    try (Connection connection = store.store().connect()) {
      work.run(store, using(connection, dialect));
    }
  }

  @ParameterizedTest
  @MethodSource("stores")
  void plainSqlIsFetched(TestStore.Kind kind, SQLDialect dialect) throws SQLException {
    on(
        PredictionStore.toRead(kind),
        dialect,
        (store, jooq) -> {
          assertThat(
                  jooq.fetch(
                          "SELECT model, COUNT(*) AS n FROM predictions WHERE confidence > ? GROUP BY model ORDER BY 1",
                          0.25)
                      .intoMaps())
              .extracting(row -> row.get("model"), row -> row.get("n"))
              .containsExactly(tuple("v1", 2L), tuple("v2", 1L));
          assertThat(jooq.fetchValue("SELECT price FROM predictions WHERE prediction_id = {0}", 2L))
              .isEqualTo(new BigDecimal("20.25"));
        });
  }

  @ParameterizedTest
  @MethodSource("stores")
  void recordsBecomeObjects(TestStore.Kind kind, SQLDialect dialect) throws SQLException {
    on(
        PredictionStore.toRead(kind),
        dialect,
        (store, jooq) -> {
          List<Prediction> predictions =
              jooq.select(
                      ID,
                      MODEL,
                      CONFIDENCE,
                      PRICE,
                      field(name("is_checked"), SQLDataType.BOOLEAN),
                      field(name("taken_on"), SQLDataType.LOCALDATE),
                      field(name("created_at"), SQLDataType.LOCALDATETIME(6)),
                      field(name("seen_at"), SQLDataType.OFFSETDATETIME(6)))
                  .from(PREDICTIONS)
                  .orderBy(ID)
                  .fetchInto(Prediction.class);
          assertThat(predictions).hasSize(4);
          assertThat(predictions.get(0).seenAt().toInstant())
              .isEqualTo("2024-01-01T10:00:00.123456Z");
          assertThat(predictions.get(0).createdAt())
              .isEqualTo(LocalDateTime.parse("2024-01-01T10:00:00.123456"));
          assertThat(predictions.get(0).price()).isEqualByComparingTo("10.5");
          assertThat(predictions.get(3))
              .isEqualTo(new Prediction(4, "v2", 0.2, null, true, null, null, null));
        });
  }

  @ParameterizedTest
  @MethodSource("stores")
  void theDslJoinsGroupsAndLimits(TestStore.Kind kind, SQLDialect dialect) throws SQLException {
    on(
        PredictionStore.toRead(kind),
        dialect,
        (store, jooq) -> {
          Field<String> owner = field(name("models", "owner"), SQLDataType.VARCHAR);
          assertThat(
                  jooq.select(owner, count(), avg(CONFIDENCE).as("mean"))
                      .from(PREDICTIONS)
                      .join(MODELS)
                      .on(MODEL.eq(field(name("models", "model"), SQLDataType.VARCHAR)))
                      .where(CONFIDENCE.between(0.0, 1.0).and(MODEL.in("v1", "v2")))
                      .groupBy(owner)
                      .having(count().ge(2))
                      .orderBy(field(name("mean")).desc())
                      .limit(1)
                      .fetch())
              .singleElement()
              .satisfies(
                  row -> {
                    assertThat(row.value1()).isEqualTo("Ada");
                    assertThat(row.value2()).isEqualTo(2);
                    assertThat(row.value3().doubleValue()).isEqualTo(0.6);
                  });
          assertThat(
                  jooq.select(ID)
                      .from(PREDICTIONS)
                      .where(MODEL.likeIgnoreCase("V%"))
                      .orderBy(PRICE.desc().nullsLast(), ID)
                      .limit(2)
                      .offset(1)
                      .fetch(ID))
              .containsExactly(2L, 1L);
          assertThat(jooq.fetchCount(DELETED)).isEqualTo(1);
          assertThat(jooq.fetchExists(PREDICTIONS, CONFIDENCE.gt(0.95))).isFalse();
        });
  }

  @ParameterizedTest
  @MethodSource("stores")
  void aRecordIsLockedWhileItChanges(TestStore.Kind kind, SQLDialect dialect) throws SQLException {
    onNew(
        kind,
        dialect,
        (store, jooq) -> {
          jooq.transaction(
              changes ->
                  changes
                      .dsl()
                      .update(PREDICTIONS)
                      .set(
                          CONFIDENCE,
                          changes
                                  .dsl()
                                  .select(CONFIDENCE)
                                  .from(PREDICTIONS)
                                  .where(ID.eq(1L))
                                  .forUpdate()
                                  .of(PREDICTIONS)
                                  .fetchOne(CONFIDENCE)
                              + 1)
                      .where(ID.eq(1L))
                      .execute());
          assertThat(jooq.select(CONFIDENCE).from(PREDICTIONS).where(ID.eq(1L)).fetch(CONFIDENCE))
              .containsExactly(1.9);
        });
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void whatIsGroupedByMayHoldLiterals(TestStore.Kind kind) throws SQLException {
    on(
        PredictionStore.toRead(kind),
        SQLDialect.DEFAULT,
        (store, jooq) -> {
          Field<String> level =
              when(CONFIDENCE.gt(inline(0.5)), inline("high")).otherwise(inline("low"));
          assertThat(
                  jooq.select(level, count())
                      .from(PREDICTIONS)
                      .groupBy(level)
                      .fetchMap(level, count()))
              .isEqualTo(Map.of("high", 2, "low", 2));
        });
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void aListMayHaveThousandsOfValues(TestStore.Kind kind) throws SQLException {
    List<Long> ids = LongStream.range(2, 2002).boxed().toList();
    on(
        PredictionStore.toRead(kind),
        SQLDialect.DEFAULT,
        (store, jooq) ->
            assertThat(jooq.select(ID).from(PREDICTIONS).where(ID.in(ids)).orderBy(ID).fetch(ID))
                .containsExactly(2L, 3L, 4L));
  }

  @ParameterizedTest
  @MethodSource("stores")
  void writesAppendVersionsAndTombstones(TestStore.Kind kind, SQLDialect dialect)
      throws SQLException {
    onNew(
        kind,
        dialect,
        (store, jooq) -> {
          Field<Long> id = field(name("prediction_id"), SQLDataType.BIGINT);
          Field<String> model = field(name("model"), SQLDataType.VARCHAR);
          assertThat(
                  jooq.insertInto(PREDICTIONS, id, model)
                      .values(6L, "v3")
                      .values(7L, "v3")
                      .execute())
              .isEqualTo(2);
          assertThat(
                  jooq.update(PREDICTIONS)
                      .set(field(name("price"), SQLDataType.DECIMAL(10, 2)), new BigDecimal("9.99"))
                      .set(
                          field(name("created_at"), SQLDataType.LOCALDATETIME(6)),
                          LocalDateTime.parse("2025-01-01T00:00:00.000001"))
                      .where(id.eq(6L))
                      .execute())
              .isEqualTo(1);
          assertThat(jooq.deleteFrom(PREDICTIONS).where(id.in(1L, 7L)).execute()).isEqualTo(2);
          assertThat(store.ids("active")).containsExactly(2L, 3L, 4L, 6L);
          assertThat(store.ids("only_deleted")).containsExactly(1L, 5L, 7L);
          assertThat(store.ids("history"))
              .containsExactly(1L, 1L, 2L, 3L, 4L, 5L, 5L, 6L, 6L, 7L, 7L);
          assertThat(jooq.select(PRICE).from(PREDICTIONS).where(ID.eq(6L)).fetchSingle(PRICE))
              .isEqualByComparingTo("9.99");
        });
  }

  @ParameterizedTest
  @MethodSource("stores")
  void batchesAreWritten(TestStore.Kind kind, SQLDialect dialect) throws SQLException {
    onNew(
        kind,
        dialect,
        (store, jooq) -> {
          Field<Long> id = field(name("prediction_id"), SQLDataType.BIGINT);
          Field<Double> confidence = field(name("confidence"), SQLDataType.DOUBLE);
          assertThat(
                  jooq.batch(
                          jooq.insertInto(PREDICTIONS, id, confidence)
                              .values((Long) null, (Double) null))
                      .bind(10L, 0.5)
                      .bind(11L, 0.6)
                      .execute())
              .containsExactly(1, 1);
          assertThat(
                  jooq.batch(
                          jooq.deleteFrom(PREDICTIONS).where(id.eq(10L)),
                          jooq.update(PREDICTIONS).set(confidence, 0.7).where(id.eq(11L)))
                      .execute())
              .containsExactly(1, 1);
          assertThat(store.ids("active")).containsExactly(1L, 2L, 3L, 4L, 11L);
        });
  }

  @ParameterizedTest
  @MethodSource("stores")
  void aTransactionThatFailsLeavesNothing(TestStore.Kind kind, SQLDialect dialect)
      throws SQLException {
    onNew(
        kind,
        dialect,
        (store, jooq) -> {
          assertThatThrownBy(
                  () ->
                      jooq.transaction(
                          inner -> {
                            assertThat(using(inner).deleteFrom(PREDICTIONS).execute()).isEqualTo(4);
                            using(inner).fetch("SELECT nothing FROM predictions");
                          }))
              .isInstanceOf(DataAccessException.class)
              .satisfies(e -> assertThat(((DataAccessException) e).sqlState()).isEqualTo("42S22"));
          assertThat(store.ids("active")).hasSize(4);
          jooq.transaction(inner -> using(inner).deleteFrom(PREDICTIONS).execute());
          assertThat(store.ids("active")).isEmpty();
        });
  }

  /** With the dialect of a store, jOOQ asks for that store's own catalog, which is not shown. */
  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void metaShowsFeaturesWithColumnsAndKeys(TestStore.Kind kind) throws SQLException {
    on(
        PredictionStore.toRead(kind),
        SQLDialect.DEFAULT,
        (store, jooq) -> {
          Meta meta = jooq.meta();
          assertThat(meta.getSchemas())
              .extracting(schema -> schema.getName())
              .contains("active", "only_deleted", "history", "registry");
          Table<?> predictions =
              meta.filterSchemas(schema -> schema.getName().equals("active"))
                  .getTables("predictions")
                  .get(0);
          assertThat(predictions.fields())
              .extracting(field -> field.getName())
              .startsWith("prediction_id", "model", "confidence", "price")
              .contains("metaxy_deleted_at");
          assertThat(predictions.field("price").getDataType())
              .satisfies(
                  type -> {
                    assertThat(type.getType()).isEqualTo(BigDecimal.class);
                    assertThat(type.precision()).isEqualTo(10);
                    assertThat(type.scale()).isEqualTo(2);
                  });
          assertThat(predictions.getPrimaryKey().getFields())
              .extracting(field -> field.getName())
              .containsExactly("prediction_id");
        });
  }
}
