package org.metaxyjdbc.jdbc;

import java.sql.SQLException;
import javax.sql.XAConnection;
import javax.transaction.xa.XAResource;

/**
 * A connection that takes part in global transactions. The transaction is the store's own; a handle
 * that is closed within one leaves it to the transaction manager.
 */
final class MetaxyXAConnection extends MetaxyPooledConnection implements XAConnection {
  private final StoreXAConnection ofStore;
  private final XAResource resource;

  MetaxyXAConnection(MetaxyConnection connection, StoreXAConnection ofStore) throws SQLException {
    super(connection);
    this.ofStore = ofStore;
    this.resource = new SessionXAResource(connection.session(), ofStore.resource());
  }

  @Override
  public XAResource getXAResource() {
    return resource;
  }

  @Override
  public synchronized void close() throws SQLException {
    try {
      super.close();
    } finally {
      ofStore.close();
    }
  }
}
