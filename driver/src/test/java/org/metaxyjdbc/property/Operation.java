package org.metaxyjdbc.property;

import java.sql.SQLException;

/** One step of a {@link Sequence}. */
interface Operation {
  /**
   * The step as SQL.
   *
   * @param number tells the steps of a sequence apart
   */
  String sql(int number);

  /** Does the step in the store and in the model, and compares. */
  void run(Run run, int number) throws SQLException;
}
