package org.metaxyjdbc.jdbc;

import java.sql.ClientInfoStatus;
import java.sql.Connection;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.Map;
import java.util.concurrent.Executor;
import org.apache.calcite.avatica.AvaticaFactory;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;
import org.metaxyjdbc.plan.Plan;
import org.metaxyjdbc.session.Session;
import org.metaxyjdbc.session.SessionSetting;

/** A connection: a {@link Session} with a store, seen through JDBC. */
final class MetaxyConnection extends StoreConnection {
  private final Catalogs catalogs;

  MetaxyConnection(MetaxyDriver driver, AvaticaFactory factory, String url, Catalogs catalogs)
      throws SQLException {
    super(driver, factory, url, catalogs.current().session());
    this.catalogs = catalogs;
  }

  @Override
  Session session() {
    return catalogs.current().session();
  }

  Catalogs catalogs() {
    return catalogs;
  }

  /**
   * The catalog of the tables that a statement names.
   *
   * @param current that of tables without one
   * @throws SQLException 0A000 where it names tables of two, 25001 where it names another one
   *     within a transaction
   */
  OpenCatalog catalogOf(String sql, OpenCatalog current) throws SQLException {
    checkOpen();
    String named = catalogs.namedBy(sql, current.name());
    if (named == null) {
      return current;
    }
    requireNoTransaction(named);
    return catalogs.get(named);
  }

  /** A transaction is of one store. */
  private void requireNoTransaction(String other) throws SQLException {
    if (!getAutoCommit()) {
      throw new MetaxyException(
              SqlState.ACTIVE_TRANSACTION,
              "A transaction is of one store; commit it or roll it back, and setAutoCommit(true), before the catalog is '%s'"
                  .formatted(other))
          .toSqlException();
    }
  }

  @Override
  StatementExecutor executor(MetaxyStatement statement) {
    return new StoreExecutor(this, catalogs.current(), statement);
  }

  @Override
  public @Nullable SQLWarning getWarnings() throws SQLException {
    SQLWarning ofStore = ofStore(Connection::getWarnings);
    SQLWarning ours = super.getWarnings();
    return ours == null ? ofStore : ours;
  }

  @Override
  public void clearWarnings() throws SQLException {
    onStore(Connection::clearWarnings);
    super.clearWarnings();
  }

  @Override
  public String nativeSQL(String sql) throws SQLException {
    checkOpen();
    Plan plan = catalogs.current().plan(sql);
    if (plan instanceof Plan.Query query) {
      return query.statement().sql();
    }
    return plan instanceof Plan.Update update ? update.statement().sql() : sql;
  }

  @Override
  public void setReadOnly(boolean readOnly) throws SQLException {
    checkOpen();
    session().settings().set(SessionSetting.READ_ONLY, Boolean.toString(readOnly));
  }

  @Override
  public boolean isReadOnly() throws SQLException {
    return ofStore(Connection::isReadOnly) || session().settings().is(SessionSetting.READ_ONLY);
  }

  @Override
  public String getCatalog() throws SQLException {
    checkOpen();
    return catalogs.current().name();
  }

  /** Of what is done from now on; not of statements that there are. */
  @Override
  public void setCatalog(@Nullable String catalog) throws SQLException {
    checkOpen();
    if (catalog == null || catalog.equalsIgnoreCase(catalogs.current().name())) {
      return;
    }
    if (catalogs.has(catalog)) {
      requireNoTransaction(catalog);
    }
    catalogs.makeCurrent(catalog);
  }

  @Override
  public String getSchema() throws SQLException {
    checkOpen();
    return session().settings().schema();
  }

  @Override
  public void setSchema(String schema) throws SQLException {
    checkOpen();
    try {
      session().settings().setSchema(schema);
    } catch (MetaxyException e) {
      throw e.toSqlException();
    }
  }

  @Override
  public void setClientInfo(String name, @Nullable String value) throws SQLClientInfoException {
    try {
      checkOpen();
      ClientInfo.set(session(), name, value);
    } catch (SQLClientInfoException e) {
      throw e;
    } catch (SQLException e) {
      throw ClientInfo.failure(e, Map.of(name, ClientInfoStatus.REASON_UNKNOWN));
    }
  }

  @Override
  public @Nullable String getClientInfo(String name) throws SQLException {
    checkOpen();
    return ClientInfo.get(session(), name);
  }

  /** Undoes what was not committed, but for a global transaction, which goes on. */
  @Override
  void rollbackLocal() throws SQLException {
    if (!session().isGlobal() && !getAutoCommit()) {
      rollback();
    }
  }

  /** But for a global transaction, which goes on. */
  @Override
  void reset(int isolation) throws SQLException {
    closeStatements();
    rollbackLocal();
    if (!session().isGlobal()) {
      setAutoCommit(true);
    }
    if (getTransactionIsolation() != isolation) {
      setTransactionIsolation(isolation);
    }
    setHoldability(defaultHoldability());
    session().settings().resetAll();
    catalogs.reset();
    clearWarnings();
  }

  @Override
  public void close() throws SQLException {
    if (!isClosed()) {
      closeStatements();
      super.close();
      catalogs.close();
    }
  }

  /** Ends the connection to the store without waiting for it. */
  @Override
  public void abort(@Nullable Executor executor) throws SQLException {
    if (executor == null) {
      throw invalid("An executor is needed to abort a connection");
    }
    if (isClosed()) {
      return;
    }
    super.close();
    executor.execute(() -> catalogs.open().forEach(OpenCatalog::abort));
  }

  /** To the store's own connection, also where {@link Connection} is asked for. */
  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return type == Connection.class
        ? type.cast(session().sharedConnection())
        : Unwrapping.unwrap(this, session().sharedConnection(), type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return Unwrapping.isWrapperFor(this, session().connection(), type);
  }
}
