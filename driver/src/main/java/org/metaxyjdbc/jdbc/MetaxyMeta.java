package org.metaxyjdbc.jdbc;

import java.util.List;
import org.apache.calcite.avatica.AvaticaConnection;
import org.apache.calcite.avatica.MetaImpl;
import org.apache.calcite.avatica.QueryState;
import org.apache.calcite.avatica.remote.TypedValue;

/**
 * What Avatica asks of a connection. Statements do not go this way: they run on the store's own
 * connection.
 */
final class MetaxyMeta extends MetaImpl {
  MetaxyMeta(AvaticaConnection connection) {
    super(connection);
  }

  private static UnsupportedOperationException notThisWay() {
    return new UnsupportedOperationException("statements run on the store's own connection");
  }

  @Override
  public StatementHandle prepare(ConnectionHandle connection, String sql, long maxRowCount) {
    throw notThisWay();
  }

  @Override
  @Deprecated
  public ExecuteResult prepareAndExecute(
      StatementHandle handle, String sql, long maxRowCount, PrepareCallback callback) {
    throw notThisWay();
  }

  @Override
  public ExecuteResult prepareAndExecute(
      StatementHandle handle,
      String sql,
      long maxRowCount,
      int maxRowsInFirstFrame,
      PrepareCallback callback) {
    throw notThisWay();
  }

  @Override
  public ExecuteBatchResult prepareAndExecuteBatch(
      StatementHandle handle, List<String> sqlCommands) {
    throw notThisWay();
  }

  @Override
  public ExecuteBatchResult executeBatch(
      StatementHandle handle, List<List<TypedValue>> parameterValues) {
    throw notThisWay();
  }

  @Override
  public Frame fetch(StatementHandle handle, long offset, int fetchMaxRowCount) {
    throw notThisWay();
  }

  @Override
  @Deprecated
  public ExecuteResult execute(
      StatementHandle handle, List<TypedValue> parameterValues, long maxRowCount) {
    throw notThisWay();
  }

  @Override
  public ExecuteResult execute(
      StatementHandle handle, List<TypedValue> parameterValues, int maxRowsInFirstFrame) {
    throw notThisWay();
  }

  @Override
  public void closeStatement(StatementHandle handle) {}

  @Override
  public boolean syncResults(StatementHandle handle, QueryState state, long offset) {
    throw notThisWay();
  }

  @Override
  public void commit(ConnectionHandle connection) {
    throw notThisWay();
  }

  @Override
  public void rollback(ConnectionHandle connection) {
    throw notThisWay();
  }
}
