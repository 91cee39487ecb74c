package org.metaxyjdbc.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Savepoint;
import java.util.Map;
import java.util.Properties;
import org.apache.calcite.avatica.AvaticaConnection;
import org.apache.calcite.avatica.AvaticaFactory;
import org.apache.calcite.avatica.ConnectionConfig;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;
import org.metaxyjdbc.plan.OpenStore;
import org.metaxyjdbc.plan.Plan;
import org.metaxyjdbc.plan.StatementPlanner;
import org.metaxyjdbc.session.Session;
import org.metaxyjdbc.session.SessionSetting;

/** A connection: a {@link Session} with a store, seen through JDBC. */
final class MetaxyConnection extends AvaticaConnection {
  private final Session session;
  private final OpenStore store;
  private final StatementPlanner planner;
  private final ConnectionConfig config;

  MetaxyConnection(
      MetaxyDriver driver, AvaticaFactory factory, String url, OpenStore store, Session session) {
    super(driver, factory, url, new Properties());
    this.store = store;
    this.session = session;
    this.planner = new StatementPlanner(session, store);
    this.config = super.config();
  }

  Session session() {
    return session;
  }

  StatementPlanner planner() {
    return planner;
  }

  Plan plan(String sql) throws SQLException {
    checkOpen();
    try {
      return planner.plan(sql);
    } catch (MetaxyException e) {
      throw e.toSqlException();
    }
  }

  /** Avatica makes a new one for each statement. */
  @Override
  public ConnectionConfig config() {
    return config == null ? super.config() : config;
  }

  @Override
  protected void checkOpen() throws SQLException {
    if (isClosed()) {
      throw new MetaxyException(SqlState.CONNECTION_CLOSED, "The connection is closed")
          .toSqlException();
    }
  }

  @Override
  public PreparedStatement prepareStatement(
      String sql, int resultSetType, int resultSetConcurrency, int resultSetHoldability)
      throws SQLException {
    return new MetaxyPreparedStatement(
        this,
        MetaxyPreparedStatement.signature(sql, plan(sql)),
        resultSetType,
        resultSetConcurrency,
        resultSetHoldability);
  }

  @Override
  public String nativeSQL(String sql) throws SQLException {
    Plan plan = plan(sql);
    if (plan instanceof Plan.Query query) {
      return query.statement().sql();
    }
    return plan instanceof Plan.Update update ? update.statement().sql() : sql;
  }

  @Override
  public void setAutoCommit(boolean autoCommit) throws SQLException {
    checkOpen();
    session.setAutoCommit(autoCommit);
  }

  @Override
  public boolean getAutoCommit() throws SQLException {
    checkOpen();
    return session.connection().getAutoCommit();
  }

  @Override
  public void commit() throws SQLException {
    checkOpen();
    session.commit();
  }

  @Override
  public void rollback() throws SQLException {
    checkOpen();
    session.rollback();
  }

  @Override
  public Savepoint setSavepoint() throws SQLException {
    checkOpen();
    return session.connection().setSavepoint();
  }

  @Override
  public Savepoint setSavepoint(String name) throws SQLException {
    checkOpen();
    return session.connection().setSavepoint(name);
  }

  @Override
  public void rollback(Savepoint savepoint) throws SQLException {
    checkOpen();
    session.connection().rollback(savepoint);
  }

  @Override
  public void releaseSavepoint(Savepoint savepoint) throws SQLException {
    checkOpen();
    session.connection().releaseSavepoint(savepoint);
  }

  @Override
  public void setTransactionIsolation(int level) throws SQLException {
    checkOpen();
    session.connection().setTransactionIsolation(level);
  }

  @Override
  public int getTransactionIsolation() throws SQLException {
    checkOpen();
    return session.connection().getTransactionIsolation();
  }

  @Override
  public void setReadOnly(boolean readOnly) throws SQLException {
    checkOpen();
    session.settings().set(SessionSetting.READ_ONLY, Boolean.toString(readOnly));
  }

  @Override
  public boolean isReadOnly() throws SQLException {
    checkOpen();
    return session.settings().is(SessionSetting.READ_ONLY) || session.connection().isReadOnly();
  }

  @Override
  public String getCatalog() {
    return StatementPlanner.CATALOG;
  }

  @Override
  public void setCatalog(String catalog) {}

  @Override
  public String getSchema() {
    return "active";
  }

  @Override
  public void setSchema(String schema) throws SQLException {
    if (!schema.equalsIgnoreCase("active")) {
      throw MetaxyException.unsupported(
              "The default schema is active; name others in the statement, as in history.feature")
          .toSqlException();
    }
  }

  @Override
  public boolean isValid(int timeout) throws SQLException {
    return !isClosed() && session.connection().isValid(timeout);
  }

  @Override
  public @Nullable SQLWarning getWarnings() throws SQLException {
    checkOpen();
    return session.connection().getWarnings();
  }

  @Override
  public void clearWarnings() throws SQLException {
    checkOpen();
    session.connection().clearWarnings();
  }

  @Override
  public void setClientInfo(String name, @Nullable String value) throws SQLClientInfoException {
    try {
      session.settings().set(SessionSetting.of(name), value);
    } catch (MetaxyException e) {
      throw new SQLClientInfoException(e.getMessage(), e.state().code(), Map.of(), e);
    }
  }

  @Override
  public @Nullable String getClientInfo(String name) {
    return SessionSetting.find(name).map(session.settings()::get).orElse(null);
  }

  @Override
  public java.sql.Array createArrayOf(String typeName, Object[] elements) throws SQLException {
    checkOpen();
    return session.connection().createArrayOf(typeName, elements);
  }

  @Override
  public void close() throws SQLException {
    if (!isClosed()) {
      super.close();
      try {
        session.close();
      } finally {
        store.leave();
      }
    }
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    if (type.isInstance(this)) {
      return type.cast(type == Connection.class ? session.connection() : this);
    }
    return type.isInstance(session.connection())
        ? type.cast(session.connection())
        : session.connection().unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return type.isInstance(this) || session.connection().isWrapperFor(type);
  }
}
