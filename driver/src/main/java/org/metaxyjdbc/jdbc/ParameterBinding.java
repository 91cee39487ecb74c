package org.metaxyjdbc.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.apache.calcite.sql.type.SqlTypeName;

/** The value of a parameter, as the call that gives it to the store's own statement. */
@FunctionalInterface
interface ParameterBinding {
  /**
   * Binds the value.
   *
   * @param type what the parameter is in the statement
   */
  void bind(PreparedStatement statement, int index, SqlTypeName type) throws SQLException;
}
