package org.metaxyjdbc.benchmark;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/** All versions of all records: rows as fast as they come, without a choice among them. */
public class LargeScan extends FullRead {
  private static final int ROWS_AT_ONCE = 1_000;

  /** PostgreSQL's driver sends rows bit by bit in a transaction only. */
  @Override
  void open(BenchmarkStore data) throws SQLException {
    super.open(data);
    inTransactions();
  }

  @Override
  void bind(PreparedStatement statement) throws SQLException {
    statement.setFetchSize(ROWS_AT_ONCE);
  }

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
