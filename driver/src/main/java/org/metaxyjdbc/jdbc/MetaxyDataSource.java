package org.metaxyjdbc.jdbc;

import java.io.PrintWriter;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.DataSource;
import javax.sql.PooledConnection;
import javax.sql.XAConnection;
import javax.sql.XADataSource;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;

/**
 * Connections to one store, for what is set up with a bean instead of a URL. Each {@link
 * #getConnection} opens a new connection; a pool keeps them.
 */
public final class MetaxyDataSource
    implements DataSource, ConnectionPoolDataSource, XADataSource, Serializable {
  private static final long serialVersionUID = 1L;

  private String url = MetaxyUrl.PREFIX;
  private @Nullable String user;
  private @Nullable String password;
  private Properties properties = new Properties();

  /** The URL, which begins with {@code jdbc:metaxy:}; by default a private store in memory. */
  public String getUrl() {
    return url;
  }

  public void setUrl(String url) {
    this.url = url;
  }

  /** The user of the store; null for none. */
  public @Nullable String getUser() {
    return user;
  }

  public void setUser(@Nullable String user) {
    this.user = user;
  }

  public void setPassword(@Nullable String password) {
    this.password = password;
  }

  /** Further properties, this driver's own and the store's. */
  public Properties getProperties() {
    Properties copy = new Properties();
    copy.putAll(properties);
    return copy;
  }

  public void setProperties(Properties properties) {
    Properties copy = new Properties();
    copy.putAll(properties);
    this.properties = copy;
  }

  @Override
  public Connection getConnection() throws SQLException {
    return getConnection(user, password);
  }

  @Override
  public Connection getConnection(@Nullable String user, @Nullable String password)
      throws SQLException {
    return new MetaxyDriver().connect(acceptedUrl(), info(user, password));
  }

  private Properties info(@Nullable String user, @Nullable String password) {
    Properties info = getProperties();
    if (user != null) {
      info.setProperty("user", user);
    }
    if (password != null) {
      info.setProperty("password", password);
    }
    return info;
  }

  private String acceptedUrl() throws SQLException {
    if (!new MetaxyDriver().acceptsURL(url)) {
      throw new MetaxyException(
              SqlState.CONNECTION_FAILURE,
              "The URL '%s' does not begin with %s"
                  .formatted(MetaxyUrl.withoutSecrets(url), MetaxyUrl.PREFIX))
          .toSqlException();
    }
    return url;
  }

  @Override
  public PooledConnection getPooledConnection() throws SQLException {
    return getPooledConnection(user, password);
  }

  @Override
  public PooledConnection getPooledConnection(@Nullable String user, @Nullable String password)
      throws SQLException {
    return new MetaxyPooledConnection((StatementConnection) getConnection(user, password));
  }

  /**
   * A connection that takes part in global transactions.
   *
   * @throws java.sql.SQLFeatureNotSupportedException where the driver of the store takes none
   */
  @Override
  public XAConnection getXAConnection() throws SQLException {
    return getXAConnection(user, password);
  }

  @Override
  public XAConnection getXAConnection(@Nullable String user, @Nullable String password)
      throws SQLException {
    StoreXAConnection ofStore = new StoreXAConnection();
    boolean opened = false;
    try {
      XAConnection result =
          new MetaxyXAConnection(
              new MetaxyDriver().connect(acceptedUrl(), info(user, password), ofStore::open),
              ofStore);
      opened = true;
      return result;
    } finally {
      if (!opened) {
        ofStore.close();
      }
    }
  }

  /** Nothing is logged. */
  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) {}

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  /** A timeout is a property of the store's own driver. */
  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    if (seconds != 0) {
      throw MetaxyException.unsupported(
              "A login timeout is set with a property of the store's own driver")
          .toSqlException();
    }
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getLogger("org.metaxyjdbc");
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return Unwrapping.unwrap(this, null, type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return Unwrapping.isWrapperFor(this, null, type);
  }
}
