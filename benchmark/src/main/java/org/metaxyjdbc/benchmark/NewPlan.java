package org.metaxyjdbc.benchmark;

import java.sql.Connection;
import java.sql.SQLException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Preparing a statement that this driver has not seen before. There is nothing like it natively.
 */
@Warmup(iterations = 12, time = 5)
public class NewPlan extends StoreBenchmark {
  private Connection connection;
  private long number;

  /** For JMH. */
  @SuppressWarnings("NullAway")
  public NewPlan() {}

  @Benchmark
  public void ours() throws SQLException {
    number++;
    connection
        .prepareStatement(
            """
            SELECT model, COUNT(*) AS count_%d FROM prediction
            WHERE category = ? AND score > 0.5 GROUP BY model"""
                .formatted(number))
        .close();
  }

  @Override
  void open(BenchmarkStore data) throws SQLException {
    connection = data.connect();
  }

  @Override
  void close() throws SQLException {
    connection.close();
  }
}
