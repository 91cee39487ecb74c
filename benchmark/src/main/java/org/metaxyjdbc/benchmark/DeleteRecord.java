package org.metaxyjdbc.benchmark;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Soft deletes of one record after the other, each its own transaction. */
public class DeleteRecord extends DeleteBenchmark {
  @Override
  String oursSql() {
    return "DELETE FROM prediction WHERE id = ?";
  }

  @Override
  String handWrittenSql(BenchmarkStore data) {
    return data.sql().deleteRecord(Feature.PREDICTION, data.versionOf(Feature.PREDICTION), "?");
  }

  @Override
  long bind(PreparedStatement statement) throws SQLException {
    long id = nextId();
    while (id % BenchmarkStore.DELETED == 0) {
      id = nextId();
    }
    statement.setLong(1, id);
    return 1;
  }
}
