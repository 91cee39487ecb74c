package org.metaxyjdbc.benchmark;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** The records of two features joined by their ids. */
public class FeatureJoin extends QueryBenchmark {
  static final String QUERY =
      """
      SELECT p."id", p."score", l."label"
      FROM %s p JOIN %s l ON p."id" = l."id\"""";

  @Override
  String oursSql() {
    return QUERY.formatted("prediction", "label");
  }

  @Override
  String handWrittenSql(BenchmarkStore data) {
    return QUERY.formatted(
        current(data, Feature.PREDICTION, "score"), current(data, Feature.LABEL, "label"));
  }

  private static String current(BenchmarkStore data, Feature feature, String column) {
    return "(" + data.currentRows(feature, List.of("id", column)) + ")";
  }

  @Override
  long read(ResultSet row) throws SQLException {
    long hash = row.getLong(1);
    hash = 31 * hash + Double.doubleToLongBits(row.getDouble(2));
    return 31 * hash + row.getString(3).hashCode();
  }
}
