package org.metaxyjdbc.benchmark;

import java.sql.SQLException;

/** One record by its id, each time a new statement, against Calcite as it comes. */
public class StockCalciteLiteralLookup extends StockCalciteLookup {
  /** For JMH. */
  public StockCalciteLiteralLookup() {}

  @Override
  long run(Side side) throws SQLException {
    return runAsNewStatement(side);
  }
}
