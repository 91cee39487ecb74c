package org.metaxyjdbc.jdbc;

import java.sql.SQLException;
import java.util.List;

/** Runs the SQL of one statement. An execution begins with {@link MetaxyStatement#begin}. */
interface StatementExecutor {
  /** What an execution is to give; what gives the other is refused before it runs. */
  enum Wanted {
    ROWS,
    COUNT,
    ANYTHING;

    /**
     * Refuses what gives the other.
     *
     * @param returnsRows whether the statement does
     */
    void require(boolean returnsRows) throws SQLException {
      if (this == ROWS && !returnsRows) {
        throw MetaxyStatement.sequenceError(
            "The statement returns no result set; use execute or executeUpdate");
      }
      if (this == COUNT && returnsRows) {
        throw MetaxyStatement.sequenceError(
            "The statement returns a result set; use execute or executeQuery");
      }
    }
  }

  StatementRunner.Outcome execute(String sql, Wanted wanted) throws SQLException;

  /** Runs them as {@link Batch} says. */
  long[] executeBatch(List<String> statements) throws SQLException;

  PreparedExecutor prepare(String sql) throws SQLException;

  /** Cancels what runs, from any thread. */
  void cancel() throws SQLException;

  /** The statement was closed. */
  void close();
}
