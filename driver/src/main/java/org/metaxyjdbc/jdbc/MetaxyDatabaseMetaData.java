package org.metaxyjdbc.jdbc;

import java.sql.SQLException;
import org.apache.calcite.avatica.AvaticaDatabaseMetaData;

/** What the store and this driver can do, and what there is in the store. */
final class MetaxyDatabaseMetaData extends AvaticaDatabaseMetaData {
  private final MetaxyConnection connection;

  MetaxyDatabaseMetaData(MetaxyConnection connection) {
    super(connection);
    this.connection = connection;
  }

  @Override
  public boolean isReadOnly() throws SQLException {
    return connection.isReadOnly();
  }

  @Override
  public boolean supportsTransactions() throws SQLException {
    return connection.session().connection().getMetaData().supportsTransactions();
  }

  @Override
  public String getDatabaseProductName() {
    return connection.session().dialect().productName();
  }

  @Override
  public String getDatabaseProductVersion() throws SQLException {
    return connection.session().connection().getMetaData().getDatabaseProductVersion();
  }
}
