package org.metaxyjdbc.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.apache.calcite.avatica.AvaticaStatement;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;

/** A statement without parameters. */
final class MetaxyStatement extends AvaticaStatement implements StatementState {
  private final StatementRunner runner;

  MetaxyStatement(
      MetaxyConnection connection,
      int resultSetType,
      int resultSetConcurrency,
      int resultSetHoldability)
      throws SQLException {
    super(connection, null, resultSetType, resultSetConcurrency, resultSetHoldability);
    this.runner = new StatementRunner(connection, this);
    super.setFetchSize(0);
  }

  @Override
  public void setOutcome(StatementRunner.Outcome outcome) {
    openResultSet = outcome.resultSet();
    updateCount = outcome.updateCount();
  }

  @Override
  public AvaticaStatement statement() {
    return this;
  }

  @Override
  public boolean execute(String sql) throws SQLException {
    checkOpen();
    closeOpenResultSet();
    runner.run(((MetaxyConnection) connection).plan(sql), List.of());
    return openResultSet != null;
  }

  private void closeOpenResultSet() {
    if (openResultSet != null) {
      openResultSet.close();
      openResultSet = null;
    }
  }

  @Override
  public ResultSet executeQuery(String sql) throws SQLException {
    if (!execute(sql)) {
      throw new MetaxyException(SqlState.SEQUENCE_ERROR, "The statement returns no result set")
          .toSqlException();
    }
    return openResultSet;
  }

  @Override
  public long executeLargeUpdate(String sql) throws SQLException {
    if (execute(sql)) {
      closeOpenResultSet();
      throw new MetaxyException(SqlState.SEQUENCE_ERROR, "The statement returns a result set")
          .toSqlException();
    }
    return updateCount;
  }

  @Override
  public synchronized void cancel() throws SQLException {
    runner.cancel();
  }
}
