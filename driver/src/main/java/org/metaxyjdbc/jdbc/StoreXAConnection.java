package org.metaxyjdbc.jdbc;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import javax.sql.XAConnection;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.store.KnownStores;
import org.metaxyjdbc.store.StoreDialect;

/** The XA connection of the store's own driver. */
final class StoreXAConnection implements AutoCloseable {
  private @Nullable XAConnection opened;

  /**
   * Opens it, with the driver that an ordinary connection comes from.
   *
   * @return the connection below: a driver may forbid in a handle what a session needs, such as to
   *     begin a transaction anew that has done nothing yet
   * @throws MetaxyException 0A000 where the store's driver has none
   */
  Connection open(String url, Properties ofStore) throws SQLException {
    try (Connection ordinary = StoreDrivers.connect(url, ofStore)) {
      StoreDialect dialect = KnownStores.dialectOf(ordinary);
      opened =
          dialect
              .xaDataSource(ordinary.getClass().getClassLoader(), url, ofStore)
              .getXAConnection();
    }
    return opened.getConnection().unwrap(Connection.class);
  }

  /** Its resource, when it is open. */
  XAResource resource() throws SQLException {
    return requireNonNull(opened).getXAResource();
  }

  @Override
  public void close() throws SQLException {
    if (opened != null) {
      opened.close();
    }
  }
}
