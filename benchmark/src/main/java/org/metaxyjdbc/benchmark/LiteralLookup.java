package org.metaxyjdbc.benchmark;

import java.sql.SQLException;

/** One record by its id, each time a new statement with the id in its text. */
public class LiteralLookup extends PointLookup {
  @Override
  long run(Side side) throws SQLException {
    return runAsNewStatement(side);
  }
}
