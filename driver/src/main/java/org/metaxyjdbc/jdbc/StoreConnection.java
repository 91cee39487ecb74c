package org.metaxyjdbc.jdbc;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLXML;
import java.sql.Savepoint;
import java.sql.Struct;
import java.util.concurrent.Executor;
import org.apache.calcite.avatica.AvaticaFactory;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;
import org.metaxyjdbc.session.Session;
import org.metaxyjdbc.store.StoreCapability;

/** What of a connection is the store's own matter: its transaction, its objects, its network. */
abstract class StoreConnection extends StatementConnection {
  private int networkTimeout;

  StoreConnection(MetaxyDriver driver, AvaticaFactory factory, String url, Session session)
      throws SQLException {
    super(driver, factory, url, holdabilityOf(session.connection()));
  }

  /** A store that does not say reads its results into memory, where they outlive a commit. */
  private static int holdabilityOf(Connection store) throws SQLException {
    try {
      return store.getHoldability();
    } catch (SQLFeatureNotSupportedException e) {
      return ResultSet.HOLD_CURSORS_OVER_COMMIT;
    }
  }

  /** The session with the store that is the current catalog. */
  abstract Session session();

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
      return call.on(session().connection());
    } catch (SQLException e) {
      throw StoreErrors.translate(e, session().dialect());
    } catch (MetaxyException e) {
      throw StoreErrors.translate(e, session().dialect());
    } catch (ClassCastException | IllegalArgumentException | NullPointerException e) {
      throw new MetaxyException(
              SqlState.GENERAL_ERROR,
              "The driver of %s does not take this (%s)"
                  .formatted(session().dialect().productName(), e),
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
    onStore(store -> session().setAutoCommit(autoCommit));
  }

  @Override
  public boolean getAutoCommit() throws SQLException {
    return ofStore(store -> session().isAutoCommit());
  }

  @Override
  public void commit() throws SQLException {
    onStore(store -> session().commit());
  }

  @Override
  public void rollback() throws SQLException {
    onStore(store -> session().rollback());
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
    if (!session().dialect().can(StoreCapability.SAVEPOINTS)) {
      throw MetaxyException.unsupported(session().dialect().productName() + " has no savepoints")
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
            session().requireLocal("setTransactionIsolation");
          }
          session().finishReading();
          store.setTransactionIsolation(level);
        });
  }

  @Override
  public int getTransactionIsolation() throws SQLException {
    return ofStore(Connection::getTransactionIsolation);
  }

  /** A store within this process has no network to wait for: it takes any time, and keeps none. */
  @Override
  public void setNetworkTimeout(@Nullable Executor executor, int milliseconds) throws SQLException {
    if (milliseconds < 0) {
      throw new MetaxyException(
              SqlState.INVALID_ARGUMENT, "The timeout is %d milliseconds".formatted(milliseconds))
          .toSqlException();
    }
    try {
      onStore(store -> store.setNetworkTimeout(executor, milliseconds));
    } catch (SQLFeatureNotSupportedException e) {
      // There is nothing that could take too long.
    }
    networkTimeout = milliseconds;
  }

  @Override
  public int getNetworkTimeout() throws SQLException {
    checkOpen();
    return networkTimeout;
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

  @Override
  public boolean isValid(int timeout) throws SQLException {
    if (timeout < 0) {
      throw new MetaxyException(
              SqlState.INVALID_ARGUMENT, "The timeout is %d seconds".formatted(timeout))
          .toSqlException();
    }
    return !isClosed() && session().connection().isValid(timeout);
  }
}
