package org.metaxyjdbc.live;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The contract's rule of reading and of hard deletes, worked out from the stored rows of a feature
 * without any SQL.
 */
final class RecordModel {
  private final List<String> idColumns;
  private final String featureVersion;
  private final List<JsonNode> stored;

  private RecordModel(List<String> idColumns, String featureVersion, List<JsonNode> stored) {
    this.idColumns = idColumns;
    this.featureVersion = featureVersion;
    this.stored = stored;
  }

  static RecordModel of(FeatureDump dump) {
    return new RecordModel(dump.idColumns(), dump.featureVersion(), dump.stored());
  }

  /** What identifies the record of a row. */
  List<JsonNode> id(JsonNode row) {
    return idColumns.stream().map(row::get).toList();
  }

  /** The rows that a mode shows. */
  List<JsonNode> rows(ReadMode mode) {
    List<JsonNode> rows =
        stored.stream()
            .filter(row -> mode.isAllFeatureVersions() || isCurrentFeatureVersion(row))
            .toList();
    return switch (mode.schema()) {
      case "active" -> live(currentVersions(rows));
      case "include_deleted" -> currentVersions(rows);
      case "only_deleted" ->
          currentVersions(rows).stream().filter(RecordModel::isTombstone).toList();
      default -> mode.isWithoutTombstones() ? live(rows) : rows;
    };
  }

  /**
   * What is left when every version of these records is erased, within the current feature version
   * or in all.
   */
  RecordModel without(Set<List<JsonNode>> ids, boolean allFeatureVersions) {
    return new RecordModel(
        idColumns,
        featureVersion,
        stored.stream()
            .filter(
                row ->
                    !ids.contains(id(row)) || !(allFeatureVersions || isCurrentFeatureVersion(row)))
            .toList());
  }

  private boolean isCurrentFeatureVersion(JsonNode row) {
    return row.get("metaxy_feature_version").asText().equals(featureVersion);
  }

  private List<JsonNode> currentVersions(List<JsonNode> rows) {
    Map<List<JsonNode>, JsonNode> current = new LinkedHashMap<>();
    for (JsonNode row : rows) {
      current.merge(
          id(row), row, (one, other) -> time(one).compareTo(time(other)) >= 0 ? one : other);
    }
    return new ArrayList<>(current.values());
  }

  private static List<JsonNode> live(List<JsonNode> rows) {
    return rows.stream().filter(row -> !isTombstone(row)).toList();
  }

  static boolean isTombstone(JsonNode row) {
    return !row.get("metaxy_deleted_at").isNull();
  }

  /** In a format that sorts by time. */
  private static String time(JsonNode row) {
    return row.get(isTombstone(row) ? "metaxy_deleted_at" : "metaxy_updated_at").asText();
  }
}
