package org.metaxyjdbc.benchmark;

import java.sql.ResultSet;
import java.sql.SQLException;

/** All columns of all records. */
public class FullRead extends QueryBenchmark {
  @Override
  String oursSql() {
    return "SELECT %s FROM prediction".formatted(Feature.PREDICTION.columnList());
  }

  @Override
  String handWrittenSql(BenchmarkStore data) throws SQLException {
    return data.currentRows(Feature.PREDICTION, Feature.PREDICTION.columns());
  }

  @Override
  long read(ResultSet row) throws SQLException {
    return readPrediction(row);
  }
}
