package org.metaxyjdbc.benchmark;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** One record by its id, prepared once. */
public class PointLookup extends QueryBenchmark {
  @Override
  String oursSql() {
    return "SELECT %s FROM prediction WHERE id = ?".formatted(Feature.PREDICTION.columnList());
  }

  @Override
  String handWrittenSql(BenchmarkStore data) {
    return data.sql()
        .currentRecord(
            Feature.PREDICTION,
            data.versionOf(Feature.PREDICTION),
            Feature.PREDICTION.columns(),
            "?");
  }

  @Override
  void bind(PreparedStatement statement) throws SQLException {
    statement.setLong(1, nextId());
  }

  @Override
  int queriesCompared() {
    return 20;
  }

  @Override
  long read(ResultSet row) throws SQLException {
    return readPrediction(row);
  }

  /** The same with the id in the text of a new statement. */
  final long runAsNewStatement(Side side) throws SQLException {
    String sql = side.sql().replace("?", Long.toString(nextId()));
    try (Statement statement = side.connection().createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return sum(rows);
    }
  }
}
