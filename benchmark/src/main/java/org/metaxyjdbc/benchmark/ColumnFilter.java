package org.metaxyjdbc.benchmark;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** One record of a hundred, by a column that is not an id. */
public class ColumnFilter extends QueryBenchmark {
  private static final int CATEGORY = 7;

  @Override
  String oursSql() {
    return "SELECT %s FROM prediction WHERE category = ?"
        .formatted(Feature.PREDICTION.columnList());
  }

  @Override
  String handWrittenSql(BenchmarkStore data) {
    return "SELECT %s FROM (%s) c WHERE \"category\" = ?"
        .formatted(
            Feature.PREDICTION.columnList(),
            data.currentRows(Feature.PREDICTION, Feature.PREDICTION.columns()));
  }

  @Override
  void bind(PreparedStatement statement) throws SQLException {
    statement.setInt(1, CATEGORY);
  }

  @Override
  long read(ResultSet row) throws SQLException {
    return readPrediction(row);
  }
}
