package org.metaxyjdbc.benchmark;

import java.sql.Connection;
import java.sql.SQLException;
import org.openjdk.jmh.annotations.Benchmark;

/**
 * The same work through this project's driver and by hand-written SQL through the store's own
 * driver, on one store. Both run the same code, differ in connection and SQL only, and must have
 * the same answer, which is looked at before anything is measured.
 */
public abstract class SideBySide extends StoreBenchmark {
  private Side ours;
  private Side handWritten;

  /** For JMH. */
  @SuppressWarnings("NullAway")
  protected SideBySide() {}

  @Benchmark
  public final long ours() throws SQLException {
    return run(ours);
  }

  @Benchmark
  public final long handWritten() throws SQLException {
    return run(handWritten);
  }

  /** The statement of a user of this driver. */
  abstract String oursSql();

  /** The statement of somebody who knows the store. */
  abstract String handWrittenSql(BenchmarkStore data) throws SQLException;

  /** A connection of this project's. */
  Connection connect(BenchmarkStore data) throws SQLException {
    return data.connect();
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
    handWritten = Side.open(data.connectNatively(), sql);
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

  void rollback() throws SQLException {
    ours.connection().rollback();
    handWritten.connection().rollback();
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
