package org.metaxyjdbc.benchmark;

import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The tables of a large store. */
public class ListTables extends ListColumns {
  /** For JMH. */
  public ListTables() {}

  @Override
  long expected() {
    return features;
  }

  @Override
  ResultSet list(DatabaseMetaData metaData, String schema) throws SQLException {
    return metaData.getTables(null, schema, "many%", new String[] {"TABLE", "BASE TABLE"});
  }
}
