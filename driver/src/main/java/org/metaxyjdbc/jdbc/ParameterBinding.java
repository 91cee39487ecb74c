package org.metaxyjdbc.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/** The value of a parameter, as the call that gives it to the store's own statement. */
@FunctionalInterface
interface ParameterBinding {
  void bind(PreparedStatement statement, int index) throws SQLException;
}
