package org.metaxyjdbc.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.RowIdLifetime;
import java.sql.SQLException;
import java.sql.Wrapper;
import org.apache.calcite.avatica.AvaticaConnection;
import org.apache.calcite.avatica.AvaticaSpecificDatabaseMetaData;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;
import org.metaxyjdbc.wire.WireCall;

/** The metadata of a server's store: the server answers each question. */
final class RemoteMetaData implements InvocationHandler {
  private static final Object[] NONE = {};

  private final RemoteSession session;
  private final MetaxyDriver driver;
  private final AvaticaConnection connection;
  private final String url;

  private RemoteMetaData(
      RemoteSession session, MetaxyDriver driver, AvaticaConnection connection, String url) {
    this.driver = driver;
    this.session = session;
    this.connection = connection;
    this.url = url;
  }

  static AvaticaSpecificDatabaseMetaData of(
      RemoteSession session, MetaxyDriver driver, AvaticaConnection connection, String url) {
    return (AvaticaSpecificDatabaseMetaData)
        Proxy.newProxyInstance(
            RemoteMetaData.class.getClassLoader(),
            new Class<?>[] {AvaticaSpecificDatabaseMetaData.class},
            new RemoteMetaData(session, driver, connection, url));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] given)
      throws SQLException {
    Object[] arguments = given == null ? NONE : given;
    if (method.getDeclaringClass() == Object.class) {
      return ofObject(proxy, method.getName(), arguments);
    }
    if (method.getDeclaringClass() == Wrapper.class) {
      return wrapper(proxy, method.getName(), (Class<?>) arguments[0]);
    }
    switch (method.getName()) {
      case "getDriverMajorVersion" -> {
        return driver.getMajorVersion();
      }
      case "getDriverMinorVersion" -> {
        return driver.getMinorVersion();
      }
      default -> {}
    }
    if (connection.isClosed()) {
      throw new MetaxyException(SqlState.CONNECTION_CLOSED, "The connection is closed")
          .toSqlException();
    }
    if (method.getDeclaringClass() != DatabaseMetaData.class) {
      throw MetaxyException.unsupported(method.getName() + " is not known of a server")
          .toSqlException();
    }
    switch (method.getName()) {
      case "getConnection" -> {
        return connection;
      }
      case "getURL" -> {
        return url;
      }
      case "supportsGetGeneratedKeys", "generatedKeyAlwaysReturned" -> {
        return false;
      }
      case "supportsResultSetConcurrency" -> {
        return arguments[1].equals(ResultSet.CONCUR_READ_ONLY)
            && !arguments[0].equals(ResultSet.TYPE_SCROLL_SENSITIVE);
      }
      case "getRowIdLifetime" -> {
        return RowIdLifetime.valueOf((String) call(method, arguments));
      }
      default -> {
        return method.getReturnType() == ResultSet.class
            ? session.callRows(WireCall.Target.METADATA, method.getName(), arguments)
            : call(method, arguments);
      }
    }
  }

  private @Nullable Object call(Method method, Object[] arguments) throws SQLException {
    return session.call(WireCall.Target.METADATA, method.getName(), arguments);
  }

  private static @Nullable Object wrapper(Object proxy, String method, Class<?> type)
      throws SQLException {
    return method.equals("unwrap")
        ? Unwrapping.unwrap((Wrapper) proxy, null, type)
        : (Object) Unwrapping.isWrapperFor((Wrapper) proxy, null, type);
  }

  private static Object ofObject(Object proxy, String method, Object[] arguments) {
    return switch (method) {
      case "equals" -> proxy == arguments[0];
      case "hashCode" -> System.identityHashCode(proxy);
      default -> RemoteMetaData.class.getSimpleName();
    };
  }
}
