package org.metaxyjdbc.live;

import java.util.Arrays;
import java.util.Optional;

/** A way in which Metaxy's reader reads a feature, and the SQL that shows the same rows. */
public enum ReadMode {
  DEFAULT("default", "active", "current"),
  INCLUDE_SOFT_DELETED("include_soft_deleted", "include_deleted", "current"),
  ONLY_DELETED("only_deleted", "only_deleted", "current"),
  WITH_SAMPLE_HISTORY(
      "with_sample_history", "history", "current", " WHERE metaxy_deleted_at IS NULL"),
  WITH_SAMPLE_HISTORY_AND_DELETED("with_sample_history+include_soft_deleted", "history", "current"),
  WITH_FEATURE_HISTORY("with_feature_history", "active", "all"),
  WITH_FEATURE_HISTORY_AND_DELETED(
      "with_feature_history+include_soft_deleted", "include_deleted", "all"),
  WITH_FEATURE_HISTORY_ONLY_DELETED("with_feature_history+only_deleted", "only_deleted", "all"),
  WITH_FEATURE_AND_SAMPLE_HISTORY(
      "with_feature_history+with_sample_history",
      "history",
      "all",
      " WHERE metaxy_deleted_at IS NULL"),
  ALL("all", "history", "all");

  private final String metaxyName;
  private final String schema;
  private final String featureVersion;
  private final String where;

  ReadMode(String metaxyName, String schema, String featureVersion) {
    this(metaxyName, schema, featureVersion, "");
  }

  ReadMode(String metaxyName, String schema, String featureVersion, String where) {
    this.metaxyName = metaxyName;
    this.schema = schema;
    this.featureVersion = featureVersion;
    this.where = where;
  }

  /** The mode that {@code read_store.py} calls so; empty for none. */
  static Optional<ReadMode> of(String metaxyName) {
    return Arrays.stream(values()).filter(mode -> mode.metaxyName.equals(metaxyName)).findFirst();
  }

  /** The schema whose rows these are, before {@link #select} filters them. */
  String schema() {
    return schema;
  }

  /** The value of the setting {@code feature_version}. */
  String featureVersion() {
    return featureVersion;
  }

  /** Whether rows of every feature version are read. */
  boolean isAllFeatureVersions() {
    return featureVersion.equals("all");
  }

  /** Whether {@link #select} leaves the tombstones of the schema out. */
  boolean isWithoutTombstones() {
    return !where.isEmpty();
  }

  /** Reads the table of a feature in this mode, once {@link #featureVersion} is set. */
  String select(String table) {
    return "SELECT * FROM %s.\"%s\"%s".formatted(schema, table, where);
  }
}
