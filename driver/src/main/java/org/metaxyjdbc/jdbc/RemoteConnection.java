package org.metaxyjdbc.jdbc;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Savepoint;
import java.sql.Struct;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TimeZone;
import java.util.concurrent.Executor;
import org.apache.calcite.avatica.AvaticaFactory;
import org.apache.calcite.avatica.remote.Service;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.adapter.Rows;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;
import org.metaxyjdbc.store.ListValue;
import org.metaxyjdbc.wire.WireCall;

/** A connection to a server, which has a connection of this driver for it. */
final class RemoteConnection extends StatementConnection {
  private static final String CONNECTION_EXCEPTION = "08";

  private final RemoteSession session;

  private RemoteConnection(
      MetaxyDriver driver, AvaticaFactory factory, String url, RemoteSession session)
      throws SQLException {
    super(
        driver,
        factory,
        url,
        (Integer)
            Objects.requireNonNull(session.call(WireCall.Target.CONNECTION, "getHoldability")));
    this.session = session;
  }

  static RemoteConnection open(MetaxyDriver driver, String url, RemoteAddress address)
      throws SQLException {
    RemoteSession session = RemoteSession.open(address);
    AvaticaFactory factory =
        new MetaxyFactory(connection -> RemoteMetaData.of(session, driver, connection, url));
    return new RemoteConnection(driver, factory, url, session);
  }

  @Override
  StatementExecutor executor(MetaxyStatement statement) {
    return new RemoteExecutor(session, statement);
  }

  private @Nullable Object call(String method, @Nullable Object... arguments) throws SQLException {
    checkOpen();
    return session.call(WireCall.Target.CONNECTION, method, arguments);
  }

  private boolean is(String method, @Nullable Object... arguments) throws SQLException {
    return Boolean.TRUE.equals(call(method, arguments));
  }

  private @Nullable String text(String method, @Nullable Object... arguments) throws SQLException {
    return (String) call(method, arguments);
  }

  @Override
  public void setAutoCommit(boolean autoCommit) throws SQLException {
    call("setAutoCommit", autoCommit);
  }

  @Override
  public boolean getAutoCommit() throws SQLException {
    return is("getAutoCommit");
  }

  @Override
  public void commit() throws SQLException {
    checkOpen();
    session.send(service -> service.apply(new Service.CommitRequest(session.id())));
  }

  @Override
  public void rollback() throws SQLException {
    checkOpen();
    session.send(service -> service.apply(new Service.RollbackRequest(session.id())));
  }

  @Override
  public Savepoint setSavepoint() throws SQLException {
    return savepoint(null);
  }

  @Override
  public Savepoint setSavepoint(String name) throws SQLException {
    return savepoint(name);
  }

  private Savepoint savepoint(@Nullable String name) throws SQLException {
    Object number = call("setSavepoint", name);
    return new RemoteSavepoint(session, (Integer) Objects.requireNonNull(number), name);
  }

  private int number(@Nullable Savepoint savepoint) throws SQLException {
    checkOpen();
    if (savepoint instanceof RemoteSavepoint ours && ours.session() == session) {
      return ours.number();
    }
    throw invalid("The savepoint is not one of this connection");
  }

  @Override
  public void rollback(Savepoint savepoint) throws SQLException {
    call("rollback", number(savepoint));
  }

  @Override
  public void releaseSavepoint(Savepoint savepoint) throws SQLException {
    call("releaseSavepoint", number(savepoint));
  }

  @Override
  public void setTransactionIsolation(int level) throws SQLException {
    call("setTransactionIsolation", level);
  }

  @Override
  public int getTransactionIsolation() throws SQLException {
    return (Integer) Objects.requireNonNull(call("getTransactionIsolation"));
  }

  /** The server's statements, which keep results open or not, are told too. */
  @Override
  public void setHoldability(int holdability) throws SQLException {
    super.setHoldability(holdability);
    call("setHoldability", holdability);
  }

  @Override
  public void setReadOnly(boolean readOnly) throws SQLException {
    call("setReadOnly", readOnly);
  }

  @Override
  public boolean isReadOnly() throws SQLException {
    return is("isReadOnly");
  }

  @Override
  public @Nullable String getCatalog() throws SQLException {
    return text("getCatalog");
  }

  @Override
  public void setCatalog(@Nullable String catalog) throws SQLException {
    call("setCatalog", catalog);
  }

  @Override
  public @Nullable String getSchema() throws SQLException {
    return text("getSchema");
  }

  @Override
  public void setSchema(@Nullable String schema) throws SQLException {
    call("setSchema", schema);
  }

  @Override
  public @Nullable String nativeSQL(String sql) throws SQLException {
    return text("nativeSQL", sql);
  }

  @Override
  public void setClientInfo(String name, @Nullable String value) throws SQLClientInfoException {
    try {
      call("setClientInfo", name, value);
    } catch (SQLException e) {
      throw ClientInfo.failure(e, Map.of(name, ClientInfo.status(name)));
    }
  }

  @Override
  public @Nullable String getClientInfo(String name) throws SQLException {
    return text("getClientInfo", name);
  }

  private SQLException onlyText(String type) throws SQLException {
    checkOpen();
    return MetaxyException.unsupported(
            "A connection to a server makes no %s; give text or bytes".formatted(type))
        .toSqlException();
  }

  @Override
  public SQLXML createSQLXML() throws SQLException {
    throw onlyText("SQLXML");
  }

  @Override
  public Struct createStruct(String typeName, Object[] attributes) throws SQLException {
    throw onlyText("Struct");
  }

  @Override
  public Array createArrayOf(String typeName, Object[] elements) throws SQLException {
    checkOpen();
    ListValue list =
        (ListValue) ParameterValue.of(elements, TimeZone.getDefault(), SqlTypeName.ANY);
    return new ListArray(new ListValue(list.elementKind(), typeName, list.elements()));
  }

  @Override
  public void setNetworkTimeout(@Nullable Executor executor, int milliseconds) throws SQLException {
    checkOpen();
    if (milliseconds < 0) {
      throw invalid("The timeout is %d milliseconds".formatted(milliseconds));
    }
    session.transport().setTimeout(milliseconds);
  }

  @Override
  public int getNetworkTimeout() throws SQLException {
    checkOpen();
    return session.transport().timeout();
  }

  @Override
  public boolean isValid(int timeout) throws SQLException {
    if (timeout < 0) {
      throw invalid("The timeout is %d seconds".formatted(timeout));
    }
    try {
      return !isClosed() && is("isValid", timeout);
    } catch (SQLException e) {
      return false;
    }
  }

  @Override
  void reset(int isolation) throws SQLException {
    closeStatements();
    if (!getAutoCommit()) {
      rollback();
      setAutoCommit(true);
    }
    if (getTransactionIsolation() != isolation) {
      setTransactionIsolation(isolation);
    }
    setHoldability(defaultHoldability());
    setClientInfo(new Properties());
    setSchema(Rows.ACTIVE.schemaName());
    clearWarnings();
  }

  /** What the server does not hear of, it ends when it was idle for long enough. */
  @Override
  public void close() throws SQLException {
    if (!isClosed()) {
      session.closing();
      closeStatements();
      super.close();
      try {
        session.close();
      } catch (SQLException e) {
        if (!CONNECTION_EXCEPTION.equals(e.getSQLState().substring(0, 2))) {
          throw e;
        }
      }
    }
  }

  /** Ends the connection without waiting for the server. */
  @Override
  public void abort(@Nullable Executor executor) throws SQLException {
    if (executor == null) {
      throw invalid("An executor is needed to abort a connection");
    }
    if (isClosed()) {
      return;
    }
    session.closing();
    closeStatements();
    super.close();
    executor.execute(
        () -> {
          try {
            session.close();
          } catch (SQLException e) {
            // The server ends it when it was idle for long enough.
          }
        });
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    if (type == Connection.class || !type.isInstance(this)) {
      throw new MetaxyException(
              SqlState.FEATURE_NOT_SUPPORTED, "The store's own connection is at the server")
          .toSqlException();
    }
    return type.cast(this);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return type != Connection.class && type.isInstance(this);
  }
}
