package org.metaxyjdbc.server;

import com.google.protobuf.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.calcite.avatica.AvaticaSeverity;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.proto.Common;
import org.apache.calcite.avatica.proto.Requests;
import org.apache.calcite.avatica.proto.Responses;
import org.apache.calcite.avatica.remote.AvaticaRuntimeException;
import org.apache.calcite.avatica.remote.ProtobufTranslationImpl;
import org.apache.calcite.avatica.remote.Service;
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;
import org.metaxyjdbc.wire.WireCall;

/** Answers the messages of Avatica's protocol: each connection of a client is one of the driver. */
final class MetaxyService implements Service {
  /** Opens a connection with a client's settings. */
  @FunctionalInterface
  interface Opener {
    Connection open(Properties settings) throws SQLException;
  }

  private static final RpcMetadataResponse SERVER = new RpcMetadataResponse("metaxy-jdbc");

  private static final CommitResponse COMMITTED =
      (CommitResponse) response(Responses.CommitResponse.getDefaultInstance());
  private static final RollbackResponse ROLLED_BACK =
      (RollbackResponse) response(Responses.RollbackResponse.getDefaultInstance());

  private final Opener opener;
  private final Duration idle;
  private final Map<String, ServedConnection> connections = new ConcurrentHashMap<>();

  /**
   * A service.
   *
   * @param idle after which connections that nobody uses are closed
   */
  MetaxyService(Opener opener, Duration idle) {
    this.opener = opener;
    this.idle = idle;
  }

  /** Two of Avatica's answers cannot be made but from what is sent. */
  private static Response response(Message message) {
    try {
      return new ProtobufTranslationImpl()
          .parseResponse(
              Common.WireMessage.newBuilder()
                  .setName(message.getClass().getName())
                  .setWrappedMessage(message.toByteString())
                  .build()
                  .toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void setRpcMetadata(RpcMetadataResponse metadata) {}

  private <T> T on(String id, ServedConnection.Work<T> work) {
    try {
      ServedConnection connection = connections.get(id);
      if (connection == null) {
        throw new MetaxyException(
            SqlState.CONNECTION_CLOSED,
            "The server has closed the connection, as nobody used it for %d minutes, or it was started anew; connect again"
                .formatted(idle.toMinutes()));
      }
      return connection.use(work);
    } catch (MetaxyException e) {
      throw failure(e.toSqlException());
    } catch (SQLException e) {
      throw failure(e);
    } catch (RuntimeException e) {
      throw failure(new SQLException(e.toString(), SqlState.GENERAL_ERROR.code(), e));
    }
  }

  private static AvaticaRuntimeException failure(SQLException e) {
    return new AvaticaRuntimeException(
        String.valueOf(e.getMessage()),
        e.getErrorCode(),
        e.getSQLState() == null ? SqlState.GENERAL_ERROR.code() : e.getSQLState(),
        AvaticaSeverity.ERROR);
  }

  @Override
  public OpenConnectionResponse apply(OpenConnectionRequest request) {
    Properties settings = new Properties();
    if (request.info != null) {
      settings.putAll(request.info);
    }
    try {
      ServedConnection connection = new ServedConnection(opener.open(settings));
      if (connections.putIfAbsent(request.connectionId, connection) != null) {
        connection.close();
        throw new MetaxyException(
                SqlState.INVALID_ARGUMENT, "There is a connection of that name already")
            .toSqlException();
      }
    } catch (SQLException e) {
      throw failure(e);
    }
    return new OpenConnectionResponse(SERVER);
  }

  @Override
  public CloseConnectionResponse apply(CloseConnectionRequest request) {
    ServedConnection connection = connections.remove(request.connectionId);
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        throw failure(e);
      }
    }
    return new CloseConnectionResponse(SERVER);
  }

  /** Closes connections that nobody has used for long enough before {@code now}. */
  void closeIdle(Instant now) {
    for (Map.Entry<String, ServedConnection> entry : connections.entrySet()) {
      if (entry.getValue().isIdleSince(now.minus(idle))) {
        close(entry.getKey());
      }
    }
  }

  void closeAll() {
    connections.keySet().forEach(this::close);
  }

  private void close(String id) {
    try {
      apply(new CloseConnectionRequest(id));
    } catch (AvaticaRuntimeException e) {
      // It is gone.
    }
  }

  @Override
  public CreateStatementResponse apply(CreateStatementRequest request) {
    int id = on(request.connectionId, ServedConnection::createStatement);
    return new CreateStatementResponse(request.connectionId, id, SERVER);
  }

  @Override
  public CloseStatementResponse apply(CloseStatementRequest request) {
    on(
        request.connectionId,
        connection -> {
          connection.closeStatement(request.statementId);
          return true;
        });
    return new CloseStatementResponse(SERVER);
  }

  @Override
  public PrepareResponse apply(PrepareRequest request) {
    return on(
        request.connectionId,
        connection -> {
          int id = connection.prepare(request.sql, request.maxRowCount);
          Meta.Signature signature = connection.statement(id).signature();
          return new PrepareResponse(
              new Meta.StatementHandle(request.connectionId, id, signature), SERVER);
        });
  }

  @Override
  public ExecuteResponse apply(PrepareAndExecuteRequest request) {
    return on(
        request.connectionId,
        connection -> {
          Optional<WireCall> call = WireCall.parse(request.sql);
          return call.isPresent()
              ? called(request.connectionId, new ServedCall(connection, call.get()).run())
              : executed(
                  request.connectionId,
                  request.statementId,
                  connection
                      .statement(request.statementId)
                      .execute(request.sql, request.maxRowCount, request.maxRowsInFirstFrame));
        });
  }

  @Override
  public ExecuteResponse apply(ExecuteRequest request) {
    Meta.StatementHandle handle = request.statementHandle;
    return on(
        handle.connectionId,
        connection ->
            executed(
                handle.connectionId,
                handle.id,
                connection
                    .statement(handle.id)
                    .execute(
                        request.parameterValues == null ? List.of() : request.parameterValues,
                        request.maxRowCount)));
  }

  private static ExecuteResponse executed(
      String connectionId, int statementId, ServedStatement.Result result) throws SQLException {
    ServedRows rows = result.rows();
    return response(
        new ResultSetResponse(
            connectionId,
            statementId,
            false,
            rows == null ? null : rows.signature(),
            rows == null ? null : rows.next(result.frameSize()),
            result.updateCount(),
            SERVER));
  }

  /** What a call gave: rows all at once, or one value. */
  private static ExecuteResponse called(String connectionId, @Nullable Object result)
      throws SQLException {
    Meta.Signature signature;
    Meta.Frame frame;
    if (result instanceof ResultSet rows) {
      ServedRows served = new ServedRows(rows);
      signature = served.signature();
      frame = served.all();
    } else {
      signature =
          Meta.Signature.create(
              List.<ColumnMetaData>of(), "", List.of(), Meta.CursorFactory.LIST, null);
      frame = new Meta.Frame(0, true, List.of((Object) new @Nullable Object[] {result}));
    }
    return response(new ResultSetResponse(connectionId, 0, false, signature, frame, -1, SERVER));
  }

  private static ExecuteResponse response(ResultSetResponse result) {
    return new ExecuteResponse(List.of(result), false, SERVER);
  }

  @Override
  public FetchResponse apply(FetchRequest request) {
    return on(
        request.connectionId,
        connection ->
            new FetchResponse(
                connection.statement(request.statementId).fetch(request.fetchMaxRowCount),
                false,
                false,
                SERVER));
  }

  @Override
  public ExecuteBatchResponse apply(PrepareAndExecuteBatchRequest request) {
    return on(
        request.connectionId,
        connection ->
            new ExecuteBatchResponse(
                request.connectionId,
                request.statementId,
                connection.statement(request.statementId).executeTexts(request.sqlCommands),
                false,
                SERVER));
  }

  @Override
  public ExecuteBatchResponse apply(ExecuteBatchRequest request) {
    List<List<TypedValue>> executions = new ArrayList<>();
    for (Requests.UpdateBatch update : request.getProtoUpdateBatches()) {
      executions.add(update.getParameterValuesList().stream().map(TypedValue::fromProto).toList());
    }
    return on(
        request.connectionId,
        connection ->
            new ExecuteBatchResponse(
                request.connectionId,
                request.statementId,
                connection.statement(request.statementId).executeValues(executions),
                false,
                SERVER));
  }

  @Override
  public CommitResponse apply(CommitRequest request) {
    return on(
        request.connectionId,
        connection -> {
          connection.connection().commit();
          connection.savepoints().clear();
          return COMMITTED;
        });
  }

  @Override
  public RollbackResponse apply(RollbackRequest request) {
    return on(
        request.connectionId,
        connection -> {
          connection.connection().rollback();
          connection.savepoints().clear();
          return ROLLED_BACK;
        });
  }

  private static AvaticaRuntimeException notUsed() {
    return failure(
        MetaxyException.unsupported(
                "The server does not know this message; connect with jdbc:metaxy://")
            .toSqlException());
  }

  @Override
  public ResultSetResponse apply(CatalogsRequest request) {
    throw notUsed();
  }

  @Override
  public ResultSetResponse apply(SchemasRequest request) {
    throw notUsed();
  }

  @Override
  public ResultSetResponse apply(TablesRequest request) {
    throw notUsed();
  }

  @Override
  public ResultSetResponse apply(TableTypesRequest request) {
    throw notUsed();
  }

  @Override
  public ResultSetResponse apply(TypeInfoRequest request) {
    throw notUsed();
  }

  @Override
  public ResultSetResponse apply(ColumnsRequest request) {
    throw notUsed();
  }

  @Override
  public SyncResultsResponse apply(SyncResultsRequest request) {
    throw notUsed();
  }

  @Override
  public ConnectionSyncResponse apply(ConnectionSyncRequest request) {
    throw notUsed();
  }

  @Override
  public DatabasePropertyResponse apply(DatabasePropertyRequest request) {
    throw notUsed();
  }
}
