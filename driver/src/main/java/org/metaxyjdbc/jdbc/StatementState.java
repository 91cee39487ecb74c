package org.metaxyjdbc.jdbc;

import org.apache.calcite.avatica.AvaticaStatement;

/** What {@link StatementRunner} needs of the two kinds of statements. */
interface StatementState {
  AvaticaStatement statement();

  void setOutcome(StatementRunner.Outcome outcome);
}
