package org.metaxyjdbc.spark;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.v2.jdbc.JDBCTableCatalog;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.metaxyjdbc.testing.PredictionStore;
import org.metaxyjdbc.testing.TestStore;

/** Spark's JDBC source reads features and appends versions. */
class SparkTest {
  private static SparkSession spark;

  @BeforeAll
  static void start() {
    spark =
        SparkSession.builder()
            .master("local[1]")
            .config("spark.ui.enabled", false)
            .config("spark.driver.host", "localhost")
            .config("spark.sql.shuffle.partitions", 1)
            .config("spark.sql.maxMetadataStringLength", 1000)
            .config("spark.sql.session.timeZone", "UTC")
            .getOrCreate();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static Dataset<Row> read(
      PredictionStore store, String table, Map<String, String> options) {
    return spark
        .read()
        .format("jdbc")
        .option("url", store.url())
        .option("dbtable", table)
        .options(options)
        .load();
  }

  private static String plan(Dataset<Row> rows) {
    return rows.queryExecution().executedPlan().toString();
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void everyTypeArrives(TestStore.Kind kind) throws SQLException {
    PredictionStore store = PredictionStore.toRead(kind);
    Dataset<Row> predictions =
        read(store, "predictions", Map.of("preferTimestampNTZ", "true")).orderBy("prediction_id");
    assertThat(predictions.schema().toDDL())
        .startsWith(
            "prediction_id BIGINT,model STRING,confidence DOUBLE,price DECIMAL(10,2),is_checked BOOLEAN,taken_on DATE,created_at TIMESTAMP_NTZ,seen_at TIMESTAMP,")
        .contains("metaxy_provenance_by_field STRING", "metaxy_created_at TIMESTAMP");
    Row row = predictions.first();
    assertThat(row.getLong(0)).isEqualTo(1);
    assertThat(row.getString(1)).isEqualTo("v1");
    assertThat(row.getDouble(2)).isEqualTo(0.9);
    assertThat(row.getDecimal(3)).isEqualTo(new BigDecimal("10.50"));
    assertThat(row.getBoolean(4)).isTrue();
    assertThat(row.getDate(5).toLocalDate()).isEqualTo(LocalDate.of(2024, 1, 1));
    assertThat(row.<LocalDateTime>getAs(6)).isEqualTo("2024-01-01T10:00:00.123456");
    assertThat(row.getTimestamp(7).toInstant())
        .isEqualTo(Instant.parse("2024-01-01T10:00:00.123456Z"));
    assertThat(predictions.collectAsList().get(3).isNullAt(3)).isTrue();
    assertThat(read(store, "only_deleted.predictions", Map.of()).count()).isEqualTo(1);
    assertThat(read(store, "history.predictions", Map.of()).count()).isEqualTo(6);
    assertThat(
            read(store, "(SELECT model, COUNT(*) AS n FROM predictions GROUP BY model) t", Map.of())
                .orderBy("model")
                .collectAsList())
        .extracting(r -> r.getString(0) + r.getLong(1))
        .containsExactly("v12", "v22");
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void partitionsTogetherAreTheFeature(TestStore.Kind kind) throws SQLException {
    PredictionStore store = PredictionStore.toRead(kind);
    Dataset<Row> byId =
        read(
            store,
            "predictions",
            Map.of(
                "partitionColumn",
                "prediction_id",
                "lowerBound",
                "1",
                "upperBound",
                "5",
                "numPartitions",
                "3",
                "fetchsize",
                "1"));
    assertThat(byId.rdd().getNumPartitions()).isEqualTo(3);
    assertThat(byId.orderBy("prediction_id").collectAsList())
        .extracting(row -> row.getLong(0))
        .containsExactly(1L, 2L, 3L, 4L);
    assertThat(
            read(
                    store,
                    "predictions",
                    Map.of(
                        "partitionColumn",
                        "seen_at",
                        "lowerBound",
                        "2024-01-15 00:00:00",
                        "upperBound",
                        "2024-02-15 00:00:00",
                        "numPartitions",
                        "2"))
                .count())
        .isEqualTo(4);
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void filtersArePushedDown(TestStore.Kind kind) throws SQLException {
    PredictionStore store = PredictionStore.toRead(kind);
    Dataset<Row> filtered =
        read(store, "predictions", Map.of())
            .filter(
                col("confidence")
                    .gt(0.25)
                    .and(col("model").startsWith("v"))
                    .and(col("model").isin("v1", "v2"))
                    .and(col("taken_on").geq(lit("2024-02-01").cast("date")))
                    .and(
                        col("seen_at")
                            .isNull()
                            .or(col("seen_at").gt(lit("2024-01-31 00:00:00").cast("timestamp"))))
                    .and(col("price").leq(lit(new BigDecimal("30"))))
                    .and(col("is_checked").isNull().or(col("is_checked").equalTo(false))))
            .select("prediction_id", "price");
    assertThat(plan(filtered))
        .contains(
            "*GreaterThan(confidence,0.25)", "*In(model, [v1,v2])", "*StringStartsWith(model,v)")
        .doesNotContain("Filter (");
    assertThat(filtered.orderBy("prediction_id").collectAsList())
        .extracting(row -> row.getLong(0))
        .containsExactly(2L, 3L);
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void appendedRowsAreVersions(TestStore.Kind kind) throws SQLException {
    PredictionStore store = PredictionStore.create(kind);
    Dataset<Row> changed =
        read(store, "predictions", Map.of("preferTimestampNTZ", "true"))
            .filter("prediction_id <= 2")
            .select(
                col("prediction_id").plus(lit(5)).minus(lit(0)).as("prediction_id"),
                col("model"),
                col("confidence").multiply(2).as("confidence"),
                lit(null).cast("decimal(10,2)").as("price"),
                lit(null).cast("boolean").as("is_checked"),
                col("taken_on"),
                col("created_at"),
                col("seen_at"));
    append(store, changed, "predictions");
    append(store, changed.withColumn("model", lit("v3")), "active.predictions");
    assertThat(store.ids("active")).containsExactly(1L, 2L, 3L, 4L, 6L, 7L);
    assertThat(store.ids("history")).containsExactly(1L, 2L, 3L, 4L, 5L, 5L, 6L, 6L, 7L, 7L);
    Row written =
        read(store, "predictions", Map.of("preferTimestampNTZ", "true"))
            .filter("prediction_id = 6")
            .first();
    assertThat(written.getString(1)).isEqualTo("v3");
    assertThat(written.getDouble(2)).isEqualTo(1.8);
    assertThat(written.isNullAt(3)).isTrue();
    assertThat(written.<LocalDateTime>getAs(6)).isEqualTo("2024-01-01T10:00:00.123456");
    assertThat(written.getTimestamp(7))
        .isEqualTo(Timestamp.from(Instant.parse("2024-01-01T10:00:00.123456Z")));
    assertThatThrownBy(
            () -> changed.write().mode(SaveMode.Overwrite).format("jdbc").options(to(store)).save())
        .hasStackTraceContaining("hard_delete");
    assertThat(store.ids("active")).hasSize(6);
  }

  private static Map<String, String> to(PredictionStore store) {
    return Map.of("url", store.url(), "dbtable", "predictions");
  }

  private static void append(PredictionStore store, Dataset<Row> rows, String table) {
    rows.write()
        .mode(SaveMode.Append)
        .format("jdbc")
        .option("url", store.url())
        .option("dbtable", table)
        .save();
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void aStoreIsACatalog(TestStore.Kind kind) throws SQLException {
    PredictionStore store = PredictionStore.toRead(kind);
    String catalog = "store_" + kind;
    spark.conf().set("spark.sql.catalog." + catalog, JDBCTableCatalog.class.getName());
    spark.conf().set("spark.sql.catalog." + catalog + ".url", store.url());
    spark
        .conf()
        .set("spark.sql.catalog." + catalog + ".driver", "org.metaxyjdbc.jdbc.MetaxyDriver");
    assertThat(spark.sql("SHOW TABLES IN " + catalog + ".active").collectAsList())
        .extracting(row -> row.getString(1))
        .contains("models", "predictions");
    Dataset<Row> mean =
        spark
            .table(catalog + ".active.predictions")
            .join(spark.table(catalog + ".active.models"), "model")
            .groupBy("owner")
            .agg(avg("confidence").as("mean"))
            .orderBy("owner");
    assertThat(mean.collectAsList())
        .extracting(row -> List.of(row.getString(0), row.getDouble(1)))
        .containsExactly(List.of("Ada", 0.6), List.of("Ben", 0.5));
  }
}
