package org.metaxyjdbc.store;

/** A turn to write to one table; ends with the transaction. */
@FunctionalInterface
public interface WriteLock extends AutoCloseable {
  /** For a store that releases its lock by itself when the transaction ends. */
  WriteLock OF_TRANSACTION = () -> {};

  /**
   * Whether another session had its turn at this table after a moment.
   *
   * @param moment as {@link StoreDialect#moment} gives it
   */
  default boolean wasHeldAfter(long moment) {
    return false;
  }

  @Override
  void close();
}
