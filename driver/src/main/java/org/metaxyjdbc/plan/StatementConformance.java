package org.metaxyjdbc.plan;

import org.apache.calcite.sql.validate.SqlConformance;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlDelegatingConformance;

/** What SQL may look like: as liberal as Calcite can be where that leaves no doubt of a meaning. */
final class StatementConformance extends SqlDelegatingConformance {
  static final SqlConformance INSTANCE = new StatementConformance();

  private StatementConformance() {
    super(SqlConformanceEnum.BABEL);
  }

  /** A column that is neither grouped nor aggregated is an error, as in the stores. */
  @Override
  public boolean isNonStrictGroupBy() {
    return false;
  }
}
