package org.metaxyjdbc.benchmark;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * One record by its id, each time a new statement, against {@linkplain StockCalcite stock Calcite}.
 */
public class StockCalciteLiteralLookup extends LiteralLookup {
  /** For JMH. */
  public StockCalciteLiteralLookup() {}

  @Override
  Connection connectOther(BenchmarkStore data) throws SQLException {
    return StockCalcite.connect(data);
  }

  @Override
  String handWrittenSql(BenchmarkStore data) {
    return StockCalcite.lookup();
  }
}
