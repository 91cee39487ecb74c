package org.metaxyjdbc.benchmark;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
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
@Measurement(iterations = 20)
public abstract class DeleteBenchmark extends SideBySide {
  private final FullRead remaining = new FullRead();
  private @Nullable PreparedStatement lock;

  /** For JMH. */
  @SuppressWarnings("NullAway")
  protected DeleteBenchmark() {}

  /** Binds the parameters of the next delete, and says how many records it finds. */
  abstract long bind(PreparedStatement statement) throws SQLException;

  /** The hand-written side takes the same lock as this driver. */
  @Override
  void open(BenchmarkStore data) throws SQLException {
    super.open(data);
    String sql = data.sql().lock();
    if (sql != null) {
      lock = handWrittenSide().connection().prepareStatement(sql);
      handWrittenSide().connection().setAutoCommit(false);
    }
  }

  @Override
  long run(Side side) throws SQLException {
    boolean locks = lock != null && side.equals(handWrittenSide());
    if (locks) {
      lock.executeQuery().close();
    }
    long expected = bind(side.statement());
    long count = side.statement().executeUpdate();
    if (locks && !isTakenBack()) {
      side.connection().commit();
    }
    if (count != expected) {
      throw new IllegalStateException(
          "%s deleted %d records and not %d; a store with more records is needed, or there are fewer iterations"
              .formatted(side.sql(), count, expected));
    }
    return count;
  }

  @Override
  int longestTurn() {
    return 1;
  }

  /** Whether nothing is ever committed. */
  boolean isTakenBack() {
    return false;
  }

  /** What is left after a delete, which is taken back, as this side sees it. */
  @Override
  Answer answer(Side side) throws SQLException {
    firstId();
    Connection connection = side.connection();
    boolean autoCommit = connection.getAutoCommit();
    connection.setAutoCommit(false);
    run(side);
    Answer answer;
    try (PreparedStatement query = connection.prepareStatement(remainingSql(side));
        ResultSet rows = query.executeQuery()) {
      answer = remaining.answer(rows);
    }
    connection.rollback();
    connection.setAutoCommit(autoCommit);
    return answer;
  }

  private String remainingSql(Side side) throws SQLException {
    return side.sql().equals(oursSql()) ? remaining.oursSql() : remaining.handWrittenSql(data());
  }
}
