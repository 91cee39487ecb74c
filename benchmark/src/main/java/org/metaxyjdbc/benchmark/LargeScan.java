package org.metaxyjdbc.benchmark;

/** All versions of all records: rows as fast as they come, without a choice among them. */
public class LargeScan extends FullRead {
  @Override
  String oursSql() {
    return "SELECT %s FROM history.prediction".formatted(Feature.PREDICTION.columnList());
  }

  @Override
  String handWrittenSql(BenchmarkStore data) {
    return "SELECT %s FROM \"prediction\" WHERE \"metaxy_feature_version\" = '%s'"
        .formatted(Feature.PREDICTION.columnList(), data.versionOf(Feature.PREDICTION));
  }
}
