package org.metaxyjdbc.jdbc;

import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.NClob;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLXML;
import java.sql.Savepoint;
import java.sql.ShardingKey;
import java.sql.Struct;
import java.util.Properties;
import java.util.concurrent.Executor;
import org.apache.calcite.avatica.AvaticaConnection;
import org.apache.calcite.avatica.AvaticaFactory;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;
import org.metaxyjdbc.session.Session;
import org.metaxyjdbc.store.StoreCapability;

/** What of a connection is the store's own matter: its transaction, its objects, its network. */
abstract class StoreConnection extends AvaticaConnection {
  private final Session session;
  private final int defaultHoldability;
  private int holdability;

  StoreConnection(MetaxyDriver driver, AvaticaFactory factory, String url, Session session)
      throws SQLException {
    super(driver, factory, url, new Properties());
    this.session = session;
    this.defaultHoldability = holdabilityOf(session.connection());
    this.holdability = defaultHoldability;
  }

  /** A store that does not say reads its results into memory, where they outlive a commit. */
  private static int holdabilityOf(Connection store) throws SQLException {
    try {
      return store.getHoldability();
    } catch (SQLFeatureNotSupportedException e) {
      return ResultSet.HOLD_CURSORS_OVER_COMMIT;
    }
  }

  final Session session() {
    return session;
  }

  @Override
  protected void checkOpen() throws SQLException {
    if (isClosed()) {
      throw new MetaxyException(SqlState.CONNECTION_CLOSED, "The connection is closed")
          .toSqlException();
    }
  }

  /** A call of the store's connection. */
  @FunctionalInterface
  interface StoreCall<T> {
    T on(Connection store) throws SQLException;
  }

  /** A call of the store's connection that returns nothing. */
  @FunctionalInterface
  interface StoreAction {
    void on(Connection store) throws SQLException;
  }

  final <T> T ofStore(StoreCall<T> call) throws SQLException {
    checkOpen();
    try {
      return call.on(session.connection());
    } catch (SQLException e) {
      throw StoreErrors.translate(e, session.dialect());
    } catch (MetaxyException e) {
      throw StoreErrors.translate(e, session.dialect());
    } catch (ClassCastException | IllegalArgumentException | NullPointerException e) {
      throw new MetaxyException(
              SqlState.GENERAL_ERROR,
              "The driver of %s does not take this (%s)"
                  .formatted(session.dialect().productName(), e),
              e)
          .toSqlException();
    }
  }

  final void onStore(StoreAction action) throws SQLException {
    ofStore(
        store -> {
          action.on(store);
          return true;
        });
  }

  @Override
  public void setAutoCommit(boolean autoCommit) throws SQLException {
    onStore(store -> session.setAutoCommit(autoCommit));
  }

  @Override
  public boolean getAutoCommit() throws SQLException {
    return ofStore(store -> session.isAutoCommit());
  }

  @Override
  public void commit() throws SQLException {
    onStore(store -> session.commit());
  }

  @Override
  public void rollback() throws SQLException {
    onStore(store -> session.rollback());
  }

  private void require(@Nullable Savepoint savepoint) throws SQLException {
    requireSavepoints();
    if (savepoint == null) {
      throw new MetaxyException(SqlState.INVALID_ARGUMENT, "There is no savepoint to go back to")
          .toSqlException();
    }
  }

  private void requireSavepoints() throws SQLException {
    checkOpen();
    if (!session.dialect().can(StoreCapability.SAVEPOINTS)) {
      throw MetaxyException.unsupported(session.dialect().productName() + " has no savepoints")
          .toSqlException();
    }
  }

  @Override
  public Savepoint setSavepoint() throws SQLException {
    requireSavepoints();
    return ofStore(Connection::setSavepoint);
  }

  @Override
  public Savepoint setSavepoint(String name) throws SQLException {
    requireSavepoints();
    return ofStore(store -> store.setSavepoint(name));
  }

  @Override
  public void rollback(Savepoint savepoint) throws SQLException {
    require(savepoint);
    onStore(store -> store.rollback(savepoint));
  }

  @Override
  public void releaseSavepoint(Savepoint savepoint) throws SQLException {
    require(savepoint);
    onStore(store -> store.releaseSavepoint(savepoint));
  }

  @Override
  public void setTransactionIsolation(int level) throws SQLException {
    onStore(
        store -> {
          if (level != store.getTransactionIsolation()) {
            session.requireLocal("setTransactionIsolation");
          }
          session.finishReading();
          store.setTransactionIsolation(level);
        });
  }

  @Override
  public int getTransactionIsolation() throws SQLException {
    return ofStore(Connection::getTransactionIsolation);
  }

  final int defaultHoldability() {
    return defaultHoldability;
  }

  @Override
  public int getHoldability() throws SQLException {
    checkOpen();
    return holdability;
  }

  @Override
  public void setHoldability(int holdability) throws SQLException {
    checkOpen();
    this.holdability = valid(holdability);
  }

  /** A holdability that there is. */
  static int valid(int holdability) throws SQLException {
    if (holdability != ResultSet.HOLD_CURSORS_OVER_COMMIT
        && holdability != ResultSet.CLOSE_CURSORS_AT_COMMIT) {
      throw new MetaxyException(
              SqlState.INVALID_ARGUMENT, "There is no holdability %d".formatted(holdability))
          .toSqlException();
    }
    return holdability;
  }

  @Override
  public void setNetworkTimeout(Executor executor, int milliseconds) throws SQLException {
    onStore(store -> store.setNetworkTimeout(executor, milliseconds));
  }

  @Override
  public int getNetworkTimeout() throws SQLException {
    return ofStore(Connection::getNetworkTimeout);
  }

  @Override
  public Clob createClob() throws SQLException {
    return ofStore(Connection::createClob);
  }

  @Override
  public Blob createBlob() throws SQLException {
    return ofStore(Connection::createBlob);
  }

  @Override
  public NClob createNClob() throws SQLException {
    return ofStore(Connection::createNClob);
  }

  @Override
  public SQLXML createSQLXML() throws SQLException {
    return ofStore(Connection::createSQLXML);
  }

  @Override
  public Array createArrayOf(String typeName, Object[] elements) throws SQLException {
    return ofStore(store -> store.createArrayOf(typeName, elements));
  }

  @Override
  public Struct createStruct(String typeName, Object[] attributes) throws SQLException {
    return ofStore(store -> store.createStruct(typeName, attributes));
  }

  private SQLException withoutShards() throws SQLException {
    checkOpen();
    return MetaxyException.unsupported("A store has no shards to choose from").toSqlException();
  }

  @Override
  public boolean setShardingKeyIfValid(
      ShardingKey shardingKey, ShardingKey superShardingKey, int timeout) throws SQLException {
    throw withoutShards();
  }

  @Override
  public boolean setShardingKeyIfValid(ShardingKey shardingKey, int timeout) throws SQLException {
    throw withoutShards();
  }

  @Override
  public void setShardingKey(ShardingKey shardingKey, ShardingKey superShardingKey)
      throws SQLException {
    throw withoutShards();
  }

  @Override
  public void setShardingKey(ShardingKey shardingKey) throws SQLException {
    throw withoutShards();
  }

  @Override
  public boolean isValid(int timeout) throws SQLException {
    if (timeout < 0) {
      throw new MetaxyException(
              SqlState.INVALID_ARGUMENT, "The timeout is %d seconds".formatted(timeout))
          .toSqlException();
    }
    return !isClosed() && session.connection().isValid(timeout);
  }
}
