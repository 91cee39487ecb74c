package org.metaxyjdbc.benchmark;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The first connection and query of a JVM, up to the first row. The store is ready before that: it
 * was opened through its own driver.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class FirstQuery extends StoreBenchmark {
  private BenchmarkStore data;
  private String handWrittenSql;

  /** For JMH. */
  @SuppressWarnings("NullAway")
  public FirstQuery() {}

  @Override
  void open(BenchmarkStore store) throws SQLException {
    data = store;
    handWrittenSql =
        data.sql()
            .currentRecord(
                Feature.PREDICTION,
                data.versionOf(Feature.PREDICTION),
                Feature.PREDICTION.columns(),
                "?");
  }

  @Override
  void close() {}

  @Benchmark
  public long ours() throws SQLException {
    try (Connection connection = data.connect()) {
      return first(
          connection,
          "SELECT %s FROM prediction WHERE id = ?".formatted(Feature.PREDICTION.columnList()));
    }
  }

  @Benchmark
  public long handWritten() throws SQLException {
    try (Connection connection = data.connectNatively()) {
      return first(connection, handWrittenSql);
    }
  }

  private static long first(Connection connection, String sql) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setLong(1, 1);
      try (ResultSet rows = query.executeQuery()) {
        rows.next();
        return QueryBenchmark.readPrediction(rows);
      }
    }
  }
}
