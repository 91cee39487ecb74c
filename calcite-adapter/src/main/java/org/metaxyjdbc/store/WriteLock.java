package org.metaxyjdbc.store;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * A turn to write to one table; ends with the transaction.
 *
 * <p>A transaction that keeps the snapshot of the store with which it began does not see what was
 * written before its turn came, and would append to versions that are no longer current.
 */
@FunctionalInterface
public interface WriteLock extends AutoCloseable {
  /** For a store that releases its lock by itself when the transaction ends. */
  WriteLock OF_TRANSACTION = () -> {};

  /**
   * Whether the transaction sees all that others wrote to the table before its turn.
   *
   * @param begin a moment before it first looked at the store, as {@link StoreDialect#moment} gives
   * @param others connections with transactions of their own
   */
  default boolean seesAll(long begin, ConnectionSource others) throws SQLException {
    return true;
  }

  /**
   * Makes a transaction that has done nothing yet see all that others wrote to the table before its
   * turn, by beginning it anew where need be.
   *
   * @param begin as for {@link #seesAll}
   * @return the turn of the transaction that is now under way, in place of this one
   */
  default WriteLock seeingAll(long begin, Connection connection) throws SQLException {
    return this;
  }

  @Override
  void close();
}
