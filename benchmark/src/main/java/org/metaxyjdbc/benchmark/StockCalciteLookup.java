package org.metaxyjdbc.benchmark;

import java.sql.Connection;
import java.sql.SQLException;

/** One record by its id, prepared once, against {@linkplain StockCalcite stock Calcite}. */
public class StockCalciteLookup extends PointLookup {
  /** For JMH. */
  public StockCalciteLookup() {}

  @Override
  Connection connectOther(BenchmarkStore data) throws SQLException {
    return StockCalcite.connect(data);
  }

  @Override
  String handWrittenSql(BenchmarkStore data) {
    return StockCalcite.lookup();
  }
}
