package org.metaxyjdbc.jdbc;

import java.sql.ParameterMetaData;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.store.StoreTypes;

/** Runs a statement with parameters. */
interface PreparedExecutor {
  /** The values for one execution, which must all be there. */
  @FunctionalInterface
  interface Values {
    List<ParameterBinding> get() throws SQLException;
  }

  int parameterCount();

  StatementRunner.Outcome execute(Values values, StatementExecutor.Wanted wanted)
      throws SQLException;

  /** Runs it with each set of values, as {@link Batch} says. */
  long[] executeBatch(List<List<ParameterBinding>> executions) throws SQLException;

  /** The columns of the result; null where there is none. */
  @Nullable ResultSetMetaData columns() throws SQLException;

  ParameterMetaData parameters() throws SQLException;

  /** How values are given to it. */
  StoreTypes types();
}
