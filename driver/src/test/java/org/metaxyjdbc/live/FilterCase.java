package org.metaxyjdbc.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One filter on one feature of the demo project, for Metaxy and for SQL.
 *
 * @param feature the feature's key
 * @param texts the filters in Metaxy's filter language, combined with AND
 * @param expression a narwhals expression for Metaxy where its own language does not work on every
 *     store; else null
 * @param sql the same in SQL, where it means something else or another spelling is needed; the
 *     filter's own text otherwise
 * @param onIdsOnly whether it holds for all versions of a record or for none
 */
record FilterCase(
    String feature,
    List<String> texts,
    @Nullable String expression,
    String sql,
    boolean onIdsOnly) {
  /** The filters for {@link Metaxy#delete}. */
  List<JsonNode> metaxy() {
    return expression == null
        ? text(texts.toArray(String[]::new))
        : List.of(JsonNodeFactory.instance.objectNode().put("expression", expression));
  }

  /** At least one of each kind of value, operator and connective. */
  static Stream<FilterCase> all() {
    return Stream.of(
        same("predictions", "score < 0.3"),
        same("predictions", "score IS NULL"),
        same("predictions", "score IS NOT NULL AND label IS NULL"),
        other("predictions", "label = NULL", "label IS NULL"),
        other(
            "predictions", "label != NULL AND score >= 0.5", "label IS NOT NULL AND score >= 0.5"),
        same("predictions", "label = 'cat' OR score > 0.9"),
        same("predictions", "NOT label = 'cat'"),
        same("predictions", "NOT (label = 'cat' OR score < 0.5)"),
        same("predictions", "NOT label IN ('cat', 'bird')"),
        other("predictions", "label IN ('cat', NULL)", "label IN ('cat')"),
        same("predictions", "NOT is_archived"),
        same("predictions", "n_tokens < -100 OR n_tokens >= 3500"),
        same("predictions", "n_tokens = 999999"),
        same(
            "predictions",
            "(score < 0.5 AND is_archived) OR (label = 'dog' AND NOT (n_tokens < 1000))"),
        allOf("predictions", "score < 0.8", "NOT is_archived", "n_tokens > 0"),
        onIds("predictions", "prediction_id = 1000000005"),
        onIds("predictions", "prediction_id IN (1000000001, 1000000002, 1000000040, 7)"),
        everything("video/raw"),
        same("video/raw", "status = 'it''s \"odd\" ü'"),
        same("video/raw", "status = 'größe 💾'"),
        same("video/raw", "status != 'active' AND has_audio IS NULL"),
        same("video/raw", "NOT has_audio"),
        other("video/raw", "has_audio IS NOT TRUE", "has_audio = FALSE"),
        same("video/raw", "duration_s > 2500.5 AND size_bytes < 500000000000"),
        same("video/raw", "fps > 24.5"),
        expression("video/raw", "nw.col('fps') == Decimal('29.970')", "fps = 29.97", "fps = 29.97"),
        expression(
            "video/raw",
            "nw.col('recorded_on') >= dt.date(2024, 3, 1)",
            "recorded_on >= DATE '2024-03-01'",
            "recorded_on >= '2024-03-01'"),
        expression(
            "video/raw",
            "nw.col('recorded_at') < dt.datetime(2024, 2, 15, 12, 30, 0, 1)",
            "recorded_at < TIMESTAMP '2024-02-15 12:30:00.000001'",
            "recorded_at < '2024-02-15T12:30:00.000001'"),
        expression(
            "video/raw",
            "nw.col('ingested_at') > dt.datetime(2024, 3, 1, 5, tzinfo=dt.timezone.utc)",
            "ingested_at > CAST('2024-03-01 05:00:00' AS TIMESTAMP WITH LOCAL TIME ZONE)",
            "ingested_at > '2024-03-01 10:00:00+05:00'"),
        onIds("video/raw", "video_id > 'v00040' AND NOT video_id = 'v00044'"),
        onIds("video/raw", "video_id IN ('v00001', 'v00002', 'v00003', 'it''s')"),
        same("video/faces", "quality >= 0.5 AND n_faces < 4"),
        same("predictions/model_v1", "confidence > 0.25 AND label = 'dog'"),
        onIds("predictions/model_v1", "sample_uid = 's0003' AND model_run = 1"),
        onIds("predictions/model_v1", "sample_uid IN ('s0004', 's0005') OR model_run = 2"),
        same("predictions/model_v1", "model_run = 0 AND confidence < 0.5"));
  }

  /** Filters in Metaxy's language, to be combined with AND. */
  static List<JsonNode> text(String... filters) {
    return Stream.of(filters).<JsonNode>map(JsonNodeFactory.instance::textNode).toList();
  }

  private static FilterCase everything(String feature) {
    return new FilterCase(feature, List.of(), null, "TRUE", true);
  }

  private static FilterCase same(String feature, String filter) {
    return other(feature, filter, filter);
  }

  private static FilterCase other(String feature, String metaxy, String sql) {
    return new FilterCase(feature, List.of(metaxy), null, sql, false);
  }

  private static FilterCase onIds(String feature, String filter) {
    return new FilterCase(feature, List.of(filter), null, filter, true);
  }

  private static FilterCase allOf(String feature, String... filters) {
    return new FilterCase(feature, List.of(filters), null, String.join(" AND ", filters), false);
  }

  private static FilterCase expression(String feature, String python, String sql, String text) {
    return new FilterCase(feature, List.of(text), python, sql, false);
  }

  @Override
  public String toString() {
    return feature + ": " + sql;
  }
}
