package org.metaxyjdbc.benchmark;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.apache.calcite.adapter.jdbc.JdbcSchema;
import org.apache.calcite.jdbc.CalciteConnection;
import org.apache.calcite.schema.SchemaPlus;

/**
 * One record by its id, prepared once, against Calcite as it comes: its own JDBC driver and
 * adapter, over the view of a user.
 */
public class StockCalciteLookup extends PointLookup {
  private static final String VIEW = "stock_prediction";

  /** For JMH. */
  public StockCalciteLookup() {}

  @Override
  Connection connectOther(BenchmarkStore data) throws SQLException {
    String schemaName;
    try (Connection natively = data.connectNatively();
        Statement statement = natively.createStatement()) {
      schemaName = natively.getSchema();
      statement.execute(
          data.sql().rowNumberView(VIEW, Feature.PREDICTION, data.versionOf(Feature.PREDICTION)));
    }
    Connection connection = DriverManager.getConnection("jdbc:calcite:");
    SchemaPlus root = connection.unwrap(CalciteConnection.class).getRootSchema();
    root.add(
        "store",
        JdbcSchema.create(
            root,
            "store",
            JdbcSchema.dataSource(data.nativeUrl(), null, null, null),
            null,
            schemaName));
    return connection;
  }

  @Override
  String handWrittenSql(BenchmarkStore data) {
    return "SELECT %s FROM \"store\".\"%s\" WHERE \"id\" = ?"
        .formatted(Feature.PREDICTION.columnList(), VIEW);
  }
}
