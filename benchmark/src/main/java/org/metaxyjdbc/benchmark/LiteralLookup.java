package org.metaxyjdbc.benchmark;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** One record by its id, each time a new statement with the id in its text. */
public class LiteralLookup extends PointLookup {
  @Override
  long run(Side side) throws SQLException {
    String sql = side.sql().replace("?", Long.toString(nextId()));
    try (Statement statement = side.connection().createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return sum(rows);
    }
  }
}
