package org.metaxyjdbc.store;

/** What one store can do and another cannot. */
public enum StoreCapability {
  /** Removes physical rows. A store without it keeps every row for ever. */
  HARD_DELETE,
  /** Commit and rollback over several statements. */
  TRANSACTIONS,
  /** Savepoints within a transaction. */
  SAVEPOINTS,
  /** Definitions of tables are part of the transaction, and do not commit it. */
  DEFINITIONS_IN_TRANSACTIONS,
  /** A transaction that is prepared no longer belongs to its connection, which is free. */
  PREPARED_TRANSACTIONS_DETACHED,
  /** Refers from within a sub-query in FROM to the row of a query around it. */
  CORRELATION_IN_FROM,
  /** {@code GROUP BY ROLLUP}, {@code CUBE} and {@code GROUPING SETS}. */
  GROUPING_SETS,
  /** {@code INTERSECT ALL} and {@code EXCEPT ALL}. */
  EQUAL_ROWS,
  /** A cast to {@code VARCHAR(n)} cuts what is longer. */
  TEXT_LENGTHS
}
