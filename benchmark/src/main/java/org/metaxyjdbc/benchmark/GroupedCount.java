package org.metaxyjdbc.benchmark;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** A GROUP BY of all records into a few groups. */
public class GroupedCount extends QueryBenchmark {
  private static final String QUERY = "SELECT model, COUNT(*), MAX(score) FROM %s c GROUP BY model";

  @Override
  String oursSql() {
    return QUERY.formatted("prediction");
  }

  @Override
  String handWrittenSql(BenchmarkStore data) {
    String current = data.currentRows(Feature.PREDICTION, List.of("model", "score"));
    return QUERY
        .replace("model", "\"model\"")
        .replace("score", "\"score\"")
        .formatted("(" + current + ")");
  }

  @Override
  long read(ResultSet row) throws SQLException {
    long hash = row.getString(1).hashCode();
    hash = 31 * hash + row.getLong(2);
    return 31 * hash + Double.doubleToLongBits(row.getDouble(3));
  }
}
