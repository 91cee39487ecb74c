package org.metaxyjdbc.jdbc;

import java.sql.BatchUpdateException;
import java.sql.ParameterMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.remote.Service;
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.SqlState;
import org.metaxyjdbc.store.StoreTypes;
import org.metaxyjdbc.store.ValueKind;
import org.metaxyjdbc.wire.WireCall;
import org.metaxyjdbc.wire.WireFrame;

/** Runs the SQL of one statement on a server, in one statement there. */
final class RemoteExecutor implements StatementExecutor {
  private static final int NONE = -1;

  private final RemoteSession session;
  private final MetaxyStatement statement;
  private volatile int id = NONE;
  private long maxRows;
  private int timeout;

  RemoteExecutor(RemoteSession session, MetaxyStatement statement) {
    this.session = session;
    this.statement = statement;
  }

  private void begin() throws SQLException {
    statement.begin();
    statement.withoutKeys();
    if (statement.getResultSetConcurrency() != ResultSet.CONCUR_READ_ONLY) {
      statement.warn(
          new SQLWarning(
              "Result sets of a server are read only; use UPDATE and DELETE",
              SqlState.WARNING.code()));
    }
    if (id == NONE) {
      id =
          session.send(service -> service.apply(new Service.CreateStatementRequest(session.id())))
              .statementId;
    }
    if (maxRows != statement.getLargeMaxRows() || timeout != statement.getQueryTimeout()) {
      maxRows = statement.getLargeMaxRows();
      timeout = statement.getQueryTimeout();
      session.call(WireCall.Target.STATEMENT, "limit", id, maxRows, timeout);
    }
  }

  private int frame(Wanted wanted) throws SQLException {
    return switch (wanted) {
      case COUNT -> WireFrame.COUNT;
      case ROWS -> WireFrame.ofRows(statement.getFetchSize());
      case ANYTHING -> WireFrame.ofAnything(statement.getFetchSize());
    };
  }

  private StatementRunner.Outcome outcome(RemoteSession.Message<Service.ExecuteResponse> message)
      throws SQLException {
    Service.ResultSetResponse response = session.send(message).results.get(0);
    return response.updateCount == -1
        ? new StatementRunner.Outcome(RemoteRows.of(statement, session, response), -1)
        : StatementRunner.Outcome.updated(response.updateCount);
  }

  @Override
  public StatementRunner.Outcome execute(String sql, Wanted wanted) throws SQLException {
    begin();
    int frame = frame(wanted);
    return outcome(
        service ->
            service.apply(new Service.PrepareAndExecuteRequest(session.id(), id, sql, -1, frame)));
  }

  @Override
  public long[] executeBatch(List<String> statements) throws SQLException {
    begin();
    return counts(
        service ->
            service.apply(new Service.PrepareAndExecuteBatchRequest(session.id(), id, statements)));
  }

  private long[] counts(RemoteSession.Message<Service.ExecuteBatchResponse> message)
      throws SQLException {
    try {
      return session.send(message).updateCounts;
    } catch (SQLException e) {
      Object counts;
      try {
        counts = session.call(WireCall.Target.STATEMENT, "failedCounts", id);
      } catch (SQLException lost) {
        e.addSuppressed(lost);
        throw e;
      }
      throw counts == null
          ? e
          : new BatchUpdateException(
              e.getMessage(), e.getSQLState(), e.getErrorCode(), numbers((String) counts), e);
    }
  }

  private static long[] numbers(String commaSeparated) {
    return commaSeparated.isEmpty()
        ? new long[0]
        : Arrays.stream(commaSeparated.split(",", -1)).mapToLong(Long::parseLong).toArray();
  }

  @Override
  public PreparedExecutor prepare(String sql) throws SQLException {
    Meta.StatementHandle handle =
        session.send(service -> service.apply(new Service.PrepareRequest(session.id(), sql, -1)))
            .statement;
    id = handle.id;
    return new Prepared(handle.signature);
  }

  @Override
  public void cancel() throws SQLException {
    if (id != NONE) {
      session.call(WireCall.Target.STATEMENT, "cancel", id);
    }
  }

  @Override
  public void close() {
    if (id == NONE || session.isClosing()) {
      return;
    }
    try {
      session.send(service -> service.apply(new Service.CloseStatementRequest(session.id(), id)));
    } catch (SQLException e) {
      // It ends with its connection.
    }
  }

  private final class Prepared implements PreparedExecutor {
    private final Meta.Signature signature;
    private final ValueKind[] parameters;

    Prepared(Meta.Signature signature) {
      this.signature = signature;
      this.parameters =
          signature.parameters.stream()
              .map(parameter -> types().kindOf(parameter.parameterType, parameter.typeName))
              .toArray(ValueKind[]::new);
    }

    @Override
    public int parameterCount() {
      return parameters.length;
    }

    private List<TypedValue> sent(List<ParameterBinding> bindings) throws SQLException {
      List<TypedValue> sent = new ArrayList<>();
      for (int i = 0; i < bindings.size(); i++) {
        sent.add(RemoteParameter.of(bindings.get(i), parameters[i]));
      }
      return sent;
    }

    @Override
    public StatementRunner.Outcome execute(Values values, Wanted wanted) throws SQLException {
      List<TypedValue> sent = sent(values.get());
      begin();
      int frame = frame(wanted);
      Meta.StatementHandle handle = new Meta.StatementHandle(session.id(), id, null);
      return outcome(service -> service.apply(new Service.ExecuteRequest(handle, sent, frame)));
    }

    @Override
    public long[] executeBatch(List<List<ParameterBinding>> executions) throws SQLException {
      List<List<TypedValue>> sent = new ArrayList<>();
      for (List<ParameterBinding> bindings : executions) {
        sent.add(sent(bindings));
      }
      begin();
      return counts(
          service -> service.apply(new Service.ExecuteBatchRequest(session.id(), id, sent)));
    }

    @Override
    public @Nullable ResultSetMetaData columns() throws SQLException {
      return RemoteRows.columns(signature);
    }

    @Override
    public ParameterMetaData parameters() {
      return new MetaxyParameterMetaData(parameters);
    }

    @Override
    public StoreTypes types() {
      return StoreTypes.IN_MEMORY;
    }
  }
}
