package org.metaxyjdbc.jdbc;

import static java.util.Objects.requireNonNull;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.PooledConnection;
import javax.sql.StatementEventListener;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;

/**
 * A connection that a pool lends out again and again. Each time it is a handle that begins in the
 * state of a new connection; closing the handle gives the connection back.
 */
class MetaxyPooledConnection implements PooledConnection {
  private static final String CONNECTION_EXCEPTION = "08";

  private final StatementConnection connection;
  private final int isolation;
  private final List<ConnectionEventListener> listeners = new CopyOnWriteArrayList<>();
  private @Nullable Handle lent;

  MetaxyPooledConnection(StatementConnection connection) throws SQLException {
    this.connection = connection;
    this.isolation = connection.getTransactionIsolation();
  }

  /** Takes the connection from whom it was lent to before, if that one did not close it. */
  @Override
  public final synchronized Connection getConnection() throws SQLException {
    if (lent != null) {
      lent.isClosed = true;
    }
    connection.reset(isolation);
    lent = new Handle();
    return lent.proxy(connection, Connection.class);
  }

  @Override
  public synchronized void close() throws SQLException {
    if (lent != null) {
      lent.isClosed = true;
    }
    connection.close();
  }

  @Override
  public final void addConnectionEventListener(ConnectionEventListener listener) {
    listeners.add(listener);
  }

  @Override
  public final void removeConnectionEventListener(ConnectionEventListener listener) {
    listeners.remove(listener);
  }

  /** The statements are not pooled; there is nothing to tell of them. */
  @Override
  public final void addStatementEventListener(StatementEventListener listener) {}

  @Override
  public final void removeStatementEventListener(StatementEventListener listener) {}

  private void failed(SQLException e) {
    if (e.getSQLState() != null && e.getSQLState().startsWith(CONNECTION_EXCEPTION)) {
      listeners.forEach(listener -> listener.connectionErrorOccurred(new ConnectionEvent(this, e)));
    }
  }

  /** The connection as one borrower sees it, and his statements. */
  private final class Handle {
    private boolean isClosed;
    private @Nullable Object connectionProxy;

    <T> T proxy(T target, Class<T> type) {
      InvocationHandler handler =
          (proxy, method, arguments) -> invoke(proxy, target, method, arguments);
      T proxy =
          type.cast(
              Proxy.newProxyInstance(
                  MetaxyPooledConnection.class.getClassLoader(), new Class<?>[] {type}, handler));
      if (connectionProxy == null) {
        connectionProxy = proxy;
      }
      return proxy;
    }

    private @Nullable Object invoke(
        Object proxy, Object target, Method method, @Nullable Object @Nullable [] arguments)
        throws Throwable {
      boolean ofConnection = target == connection;
      switch (method.getName()) {
        case "close" -> {
          if (ofConnection) {
            giveBack();
            return null;
          }
        }
        case "equals" -> {
          return proxy == requireNonNull(arguments)[0];
        }
        case "isClosed" -> {
          if (isClosed) {
            return true;
          }
        }
        case "getConnection" -> {
          if (!isClosed) {
            return connectionProxy;
          }
        }
        default -> {}
      }
      if (isClosed && method.getDeclaringClass() != Object.class) {
        throw new MetaxyException(SqlState.CONNECTION_CLOSED, "The connection is closed")
            .toSqlException();
      }
      Object result;
      try {
        result = method.invoke(target, arguments);
      } catch (InvocationTargetException e) {
        if (e.getCause() instanceof SQLException failure) {
          failed(failure);
        }
        throw e.getCause();
      }
      return ofConnection && result instanceof Statement statement ? proxied(statement) : result;
    }

    private Statement proxied(Statement statement) {
      if (statement instanceof CallableStatement call) {
        return proxy(call, CallableStatement.class);
      }
      return statement instanceof PreparedStatement prepared
          ? proxy(prepared, PreparedStatement.class)
          : proxy(statement, Statement.class);
    }

    private void giveBack() throws SQLException {
      synchronized (MetaxyPooledConnection.this) {
        if (isClosed) {
          return;
        }
        isClosed = true;
        lent = null;
      }
      connection.closeStatements();
      connection.rollbackLocal();
      listeners.forEach(
          listener -> listener.connectionClosed(new ConnectionEvent(MetaxyPooledConnection.this)));
    }
  }
}
