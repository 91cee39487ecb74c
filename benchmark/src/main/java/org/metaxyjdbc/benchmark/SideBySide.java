package org.metaxyjdbc.benchmark;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.runner.IterationType;

/**
 * The same work through this project's driver and by hand-written SQL through the store's own
 * driver, on one store. Both run the same code, differ in connection and SQL only, and must have
 * the same answer, which is looked at before anything is measured.
 *
 * <p>The sides take turns of some milliseconds in one JVM, so that each iteration has times of both
 * that were taken on the same machine, however busy that was: {@link SideTimes}.
 */
@Warmup(iterations = 10, time = 1)
@Measurement(iterations = 30, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public abstract class SideBySide extends StoreBenchmark {
  private static final long TURN_NANOS = 5_000_000;

  private Side ours;
  private Side handWritten;
  private boolean isOursFirst;
  private int turn = 1;
  private long statements;
  private long oursNanos;
  private long handWrittenNanos;
  private long sum;

  /** For JMH. */
  @SuppressWarnings("NullAway")
  protected SideBySide() {}

  /** A turn of each side, every other time this driver's first. */
  @Benchmark
  public final long alternately() throws SQLException {
    isOursFirst = !isOursFirst;
    if (isOursFirst) {
      oursNanos += turn(ours);
    }
    handWrittenNanos += turn(handWritten);
    if (!isOursFirst) {
      oursNanos += turn(ours);
    }
    statements += turn;
    return sum;
  }

  private long turn(Side side) throws SQLException {
    long begin = System.nanoTime();
    for (int i = 0; i < turn; i++) {
      sum += run(side);
    }
    long nanos = System.nanoTime() - begin;
    afterTurn(side);
    return nanos;
  }

  /** How many statements a turn may have. */
  int longestTurn() {
    return Integer.MAX_VALUE;
  }

  /** What is to be done after a turn and is not measured. */
  void afterTurn(Side side) throws SQLException {}

  @Setup(Level.Iteration)
  public final void beginIteration() {
    statements = 0;
    oursNanos = 0;
    handWrittenNanos = 0;
  }

  @TearDown(Level.Iteration)
  public final void endIteration(IterationParams iteration) {
    if (iteration.getType() == IterationType.MEASUREMENT) {
      SideTimes.add(statements, oursNanos, handWrittenNanos);
    } else {
      long fitting = TURN_NANOS * statements / Math.max(oursNanos, 1);
      turn = (int) Math.max(1, Math.min(fitting, longestTurn()));
    }
  }

  /** The statement of a user of this driver. */
  abstract String oursSql();

  /** The statement of somebody who knows the store. */
  abstract String handWrittenSql(BenchmarkStore data) throws SQLException;

  /** A connection of this project's. */
  Connection connect(BenchmarkStore data) throws SQLException {
    return data.connect();
  }

  /** The connection that this driver is compared with. */
  Connection connectOther(BenchmarkStore data) throws SQLException {
    return data.connectNatively();
  }

  /** Does the work once. */
  abstract long run(Side side) throws SQLException;

  /**
   * What the work gives, the same for every order of rows; leaves the store as it was, and asks for
   * the same records at each call.
   */
  abstract Answer answer(Side side) throws SQLException;

  @Override
  void open(BenchmarkStore data) throws SQLException {
    String sql = handWrittenSql(data);
    ours = Side.open(connect(data), oursSql());
    handWritten = Side.open(connectOther(data), sql);
    Answer expected = answer(handWritten);
    Answer actual = answer(ours);
    if (!actual.equals(expected) || expected.rows() == 0) {
      throw new IllegalStateException(
          "%s: %s gives %s, but %s gives %s"
              .formatted(getClass().getSimpleName(), oursSql(), actual, sql, expected));
    }
  }

  Side handWrittenSide() {
    return handWritten;
  }

  /** From now on nothing is committed. */
  void inTransactions() throws SQLException {
    ours.connection().setAutoCommit(false);
    handWritten.connection().setAutoCommit(false);
  }

  @Override
  void close() throws SQLException {
    ours.close();
    handWritten.close();
  }

  /** How many rows, and a sum over what they hold. */
  record Answer(long rows, long sum) {
    static final Answer NONE = new Answer(0, 0);

    Answer plus(Answer other) {
      return new Answer(rows + other.rows, sum + other.sum);
    }
  }
}
