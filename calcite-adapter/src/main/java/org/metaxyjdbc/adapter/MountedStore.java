package org.metaxyjdbc.adapter;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.store.ConnectionSource;
import org.metaxyjdbc.store.FeatureStore;
import org.metaxyjdbc.store.StoreDialect;
import org.metaxyjdbc.store.StoreSettings;
import org.metaxyjdbc.store.StoreSnapshot;
import org.metaxyjdbc.store.StoreTable;
import org.metaxyjdbc.store.WriteLock;

/**
 * The store of a mounted schema. Each statement has a connection of its own from the data source.
 */
final class MountedStore implements ConnectionSource {
  private final DataSource dataSource;
  private final FeatureStore store;
  private final boolean hardDelete;

  private MountedStore(DataSource dataSource, FeatureStore store, boolean hardDelete) {
    this.dataSource = dataSource;
    this.store = store;
    this.hardDelete = hardDelete;
  }

  /**
   * Looks at the store for the first time.
   *
   * @throws MetaxyException 0A000 where there is no dialect for it; 22023 where its connections do
   *     not share it; of the store where it cannot be opened
   */
  static MountedStore open(DataSource dataSource, StoreSettings settings, boolean hardDelete) {
    try (Connection connection = dataSource.getConnection()) {
      FeatureStore store = FeatureStore.of(connection, settings);
      String url = connection.getMetaData().getURL();
      if (store.dialect().isPrivate(url)) {
        throw MountOperand.invalid(
            "A store at '%s' is seen by one connection only, and a mounted schema has many; name a database that they share"
                .formatted(url));
      }
      return new MountedStore(dataSource, store, hardDelete);
    } catch (SQLException e) {
      throw MetaxyException.ofStore(e);
    }
  }

  StoreDialect dialect() {
    return store.dialect();
  }

  /** Whether DELETE removes rows physically. */
  boolean hardDelete() {
    return hardDelete;
  }

  StoreSnapshot snapshot() {
    return call(store::snapshot);
  }

  /** A new connection, which the caller closes. */
  Connection connect() throws SQLException {
    Connection connection = dataSource.getConnection();
    boolean done = false;
    try {
      dialect().initialize(connection);
      done = true;
      return connection;
    } finally {
      if (!done) {
        connection.close();
      }
    }
  }

  @Override
  public <T> T call(Call<T> call) {
    try (Connection connection = connect()) {
      return call.with(connection);
    } catch (SQLException e) {
      throw MetaxyException.ofStore(e);
    }
  }

  /** Makes a call that changes a table: wholly or not at all, and in turn with other writers. */
  <T> T write(StoreTable table, Call<T> call) {
    return call(
        connection -> {
          long begin = dialect().moment();
          connection.setAutoCommit(false);
          WriteLock lock = dialect().lockForWriting(connection, table);
          try (WriteLock turn = lock.seeingAll(begin, connection)) {
            boolean done = false;
            try {
              T result = call.with(connection);
              connection.commit();
              done = true;
              return result;
            } finally {
              if (!done) {
                connection.rollback();
              }
            }
          } finally {
            connection.setAutoCommit(true);
          }
        });
  }
}
