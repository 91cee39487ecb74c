package org.metaxyjdbc.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.stream.Stream;

/**
 * One filter on one feature of the demo project, for Metaxy and for SQL.
 *
 * @param feature the feature's key
 * @param metaxy the filters for Metaxy, combined with AND: text in its filter language, or an
 *     object with an {@code expression} where that language has no spelling for every store
 * @param sql the same in SQL, where it means something else or another spelling is needed; the
 *     filter's own text otherwise
 * @param onIdsOnly whether it holds for all versions of a record or for none
 */
record FilterCase(String feature, List<JsonNode> metaxy, String sql, boolean onIdsOnly) {
  /** At least one of each kind of value, operator and connective. */
  static Stream<FilterCase> all() {
    return Stream.of(
        everything("predictions"),
        same("predictions", "score < 0.3"),
        same("predictions", "score IS NULL"),
        same("predictions", "score IS NOT NULL AND label IS NULL"),
        other("predictions", "label = NULL", "label IS NULL"),
        other(
            "predictions", "label != NULL AND score >= 0.5", "label IS NOT NULL AND score >= 0.5"),
        same("predictions", "label = 'cat' OR score > 0.9"),
        same("predictions", "NOT label = 'cat'"),
        same("predictions", "label <> 'dog'"),
        same("predictions", "NOT (label = 'cat' OR score < 0.5)"),
        same("predictions", "NOT (label = 'cat' AND score < 0.5)"),
        same("predictions", "label IN ('cat', 'bird')"),
        same("predictions", "NOT label IN ('cat', 'bird')"),
        other("predictions", "label IN ('cat', NULL)", "label IN ('cat')"),
        same("predictions", "is_archived"),
        same("predictions", "NOT is_archived"),
        same("predictions", "is_archived = TRUE AND n_tokens > 1000"),
        same("predictions", "n_tokens < -100 OR n_tokens >= 3500"),
        same("predictions", "n_tokens = 999999"),
        same(
            "predictions",
            "(score < 0.5 AND is_archived) OR (label = 'dog' AND NOT (n_tokens < 1000))"),
        allOf("predictions", "score < 0.8", "NOT is_archived", "n_tokens > 0"),
        onIds("predictions", "prediction_id = 1000000005"),
        onIds("predictions", "prediction_id IN (1000000001, 1000000002, 1000000040, 7)"),
        onIds("predictions", "prediction_id >= 1000000030"),
        everything("video/raw"),
        same("video/raw", "status = 'it''s \"odd\" ü'"),
        same("video/raw", "status = 'größe 💾'"),
        same("video/raw", "status != 'active' AND has_audio IS NULL"),
        same("video/raw", "has_audio"),
        same("video/raw", "NOT has_audio"),
        other("video/raw", "has_audio IS NOT TRUE", "has_audio = FALSE"),
        same("video/raw", "duration_s > 2500.5 AND size_bytes < 500000000000"),
        same("video/raw", "path = 'videos/00001/take2.mp4'"),
        same("video/raw", "fps > 24.5"),
        expression("video/raw", "nw.col('fps') == Decimal('29.970')", "fps = 29.97"),
        expression(
            "video/raw",
            "nw.col('recorded_on') >= dt.date(2024, 3, 1)",
            "recorded_on >= DATE '2024-03-01'"),
        expression(
            "video/raw",
            "nw.col('recorded_at') < dt.datetime(2024, 2, 15, 12, 30, 0, 1)",
            "recorded_at < TIMESTAMP '2024-02-15 12:30:00.000001'"),
        expression(
            "video/raw",
            "nw.col('ingested_at') > dt.datetime(2024, 3, 1, 5, tzinfo=dt.timezone.utc)",
            "ingested_at > CAST('2024-03-01 05:00:00' AS TIMESTAMP WITH LOCAL TIME ZONE)"),
        onIds("video/raw", "video_id > 'v00040' AND NOT video_id = 'v00044'"),
        onIds("video/raw", "video_id IN ('v00001', 'v00002', 'v00003', 'it''s')"),
        same("video/faces", "n_faces = 0"),
        same("video/faces", "quality >= 0.5 AND n_faces < 4"),
        same("video/faces", "path IS NULL"),
        everything("predictions/model_v1"),
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
    return new FilterCase(feature, List.of(), "TRUE", true);
  }

  private static FilterCase same(String feature, String filter) {
    return other(feature, filter, filter);
  }

  private static FilterCase other(String feature, String metaxy, String sql) {
    return new FilterCase(feature, text(metaxy), sql, false);
  }

  private static FilterCase onIds(String feature, String filter) {
    return new FilterCase(feature, text(filter), filter, true);
  }

  private static FilterCase allOf(String feature, String... filters) {
    return new FilterCase(feature, text(filters), String.join(" AND ", filters), false);
  }

  private static FilterCase expression(String feature, String python, String sql) {
    return new FilterCase(
        feature,
        List.of(JsonNodeFactory.instance.objectNode().put("expression", python)),
        sql,
        false);
  }

  @Override
  public String toString() {
    return feature + ": " + sql;
  }
}
