package org.metaxyjdbc.benchmark;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** The number of records. */
public class CountAll extends QueryBenchmark {
  @Override
  String oursSql() {
    return "SELECT COUNT(*) FROM prediction";
  }

  @Override
  String handWrittenSql(BenchmarkStore data) {
    return "SELECT COUNT(*) FROM (%s) c"
        .formatted(data.currentRows(Feature.PREDICTION, List.of("id")));
  }

  @Override
  long read(ResultSet row) throws SQLException {
    return row.getLong(1);
  }
}
