package org.metaxyjdbc.benchmark;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.apache.calcite.jdbc.CalciteConnection;
import org.apache.calcite.schema.SchemaPlus;
import org.metaxyjdbc.adapter.MetaxySchemaFactory;

/**
 * The join of two features that are in two stores, so that Calcite has to join them. Here both are
 * the same store, and the other side joins them in it.
 */
public class FederatedJoin extends FeatureJoin {
  /** For JMH. */
  public FederatedJoin() {}

  @Override
  Connection connect(BenchmarkStore data) throws SQLException {
    Connection connection =
        DriverManager.getConnection("jdbc:calcite:caseSensitive=false;unquotedCasing=UNCHANGED");
    SchemaPlus root = connection.unwrap(CalciteConnection.class).getRootSchema();
    for (String name : List.of("store_a", "store_b")) {
      root.add(
          name, new MetaxySchemaFactory().create(root, name, Map.of("jdbcUrl", data.nativeUrl())));
    }
    return connection;
  }

  @Override
  String oursSql() {
    return QUERY.formatted("store_a.prediction", "store_b.label");
  }
}
