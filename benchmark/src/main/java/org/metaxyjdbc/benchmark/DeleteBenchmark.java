package org.metaxyjdbc.benchmark;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A soft delete that is prepared once. It is run a fixed number of times, whatever one takes, as
 * each changes the store.
 */
@BenchmarkMode(Mode.SingleShotTime)
@Warmup(iterations = 10)
@Measurement(iterations = 12)
public abstract class DeleteBenchmark extends SideBySide {
  private String remaining;

  /** For JMH. */
  @SuppressWarnings("NullAway")
  protected DeleteBenchmark() {}

  /** Binds the parameters of the next delete, and says how many records it finds. */
  abstract long bind(PreparedStatement statement) throws SQLException;

  @Override
  void open(BenchmarkStore data) throws SQLException {
    remaining = data.sql().currentRows(Feature.PREDICTION, data.versionOf(Feature.PREDICTION));
    super.open(data);
  }

  @Override
  long run(Side side) throws SQLException {
    long expected = bind(side.statement());
    long count = side.statement().executeUpdate();
    if (count != expected) {
      throw new IllegalStateException(
          "%s deleted %d records and not %d; a store with more records is needed, or there are fewer iterations"
              .formatted(side.sql(), count, expected));
    }
    return count;
  }

  /** What is left after a delete, which is taken back. */
  @Override
  Answer answer(Side side) throws SQLException {
    firstId();
    Connection connection = side.connection();
    boolean autoCommit = connection.getAutoCommit();
    connection.setAutoCommit(false);
    run(side);
    Answer answer = Answer.NONE;
    try (PreparedStatement query = connection.unwrap(Connection.class).prepareStatement(remaining);
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        answer = answer.plus(new Answer(1, QueryBenchmark.readPrediction(rows)));
      }
    }
    connection.rollback();
    connection.setAutoCommit(autoCommit);
    return answer;
  }
}
