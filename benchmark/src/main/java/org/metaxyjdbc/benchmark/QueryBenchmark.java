package org.metaxyjdbc.benchmark;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A query that is prepared once. */
public abstract class QueryBenchmark extends SideBySide {
  /** Binds the parameters of the next query. */
  void bind(PreparedStatement statement) throws SQLException {}

  /** Reads all columns of a row; equal rows give equal numbers. */
  abstract long read(ResultSet row) throws SQLException;

  @Override
  long run(Side side) throws SQLException {
    bind(side.statement());
    try (ResultSet rows = side.statement().executeQuery()) {
      return sum(rows);
    }
  }

  /** How many queries are compared before anything is measured. */
  int queriesCompared() {
    return 1;
  }

  @Override
  Answer answer(Side side) throws SQLException {
    firstId();
    Answer answer = Answer.NONE;
    for (int i = 0; i < queriesCompared(); i++) {
      bind(side.statement());
      try (ResultSet rows = side.statement().executeQuery()) {
        answer = answer.plus(answer(rows));
      }
    }
    return answer;
  }

  long sum(ResultSet rows) throws SQLException {
    long sum = 0;
    while (rows.next()) {
      sum += read(rows);
    }
    return sum;
  }

  Answer answer(ResultSet rows) throws SQLException {
    Answer answer = Answer.NONE;
    while (rows.next()) {
      answer = answer.plus(new Answer(1, read(rows)));
    }
    return answer;
  }

  /** Reads the columns of {@link Feature#PREDICTION}. */
  static long readPrediction(ResultSet row) throws SQLException {
    long hash = row.getLong(1);
    hash = 31 * hash + row.getString(2).hashCode();
    hash = 31 * hash + row.getInt(3);
    hash = 31 * hash + Double.doubleToLongBits(row.getDouble(4));
    hash = 31 * hash + row.getBigDecimal(5).unscaledValue().longValue();
    hash = 31 * hash + row.getTimestamp(6).getTime();
    hash = 31 * hash + (row.getBoolean(7) ? 1 : 0);
    return 31 * hash + row.getString(8).hashCode();
  }
}
