package org.metaxyjdbc.benchmark;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Soft deletes of 10,000 records, or half of a smaller store, in one statement; taken back each
 * time, which is not measured.
 */
public class DeleteRecords extends DeleteBenchmark {
  private static final int RECORDS = 10_000;

  @Override
  String oursSql() {
    return "DELETE FROM prediction WHERE id <= ?";
  }

  @Override
  String handWrittenSql(BenchmarkStore data) {
    return data.sql()
        .deleteRecords(Feature.PREDICTION, data.versionOf(Feature.PREDICTION), "\"id\" <= ?");
  }

  @Override
  void open(BenchmarkStore data) throws SQLException {
    super.open(data);
    inTransactions();
  }

  @Override
  boolean isTakenBack() {
    return true;
  }

  @Override
  void afterTurn(Side side) throws SQLException {
    side.connection().rollback();
  }

  @Override
  long bind(PreparedStatement statement) throws SQLException {
    int withDeleted = RECORDS * BenchmarkStore.DELETED / (BenchmarkStore.DELETED - 1);
    int last = Math.min(withDeleted, data().records() / 2);
    statement.setLong(1, last);
    return (long) last - last / BenchmarkStore.DELETED;
  }
}
