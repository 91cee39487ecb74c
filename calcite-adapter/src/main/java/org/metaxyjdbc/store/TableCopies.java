package org.metaxyjdbc.store;

import java.util.List;

/**
 * The SQL of a store that can keep copies which show by themselves when they are out of date: a
 * copy is a table for the time that the store is open, seen by all its sessions, and each of its
 * rows says in {@link #MODIFICATION} at which modification of the source it was made.
 */
public interface TableCopies {
  /** The column of a copy that says what it is a copy of. */
  String MODIFICATION = "metaxy_modification";

  /**
   * A query of one row about a source, whose schema and name are its parameters: a number that
   * every committed change of the source makes another one and that never comes back while the
   * store is open, and about how many rows the source has.
   */
  String modification();

  /** The same with the modification that a copy was made at as a third column; NULL for none. */
  String modificationAndCopy(List<String> copy);

  /**
   * A query of how many columns of a source are of another type in a copy; its parameters are the
   * source's schema and name, then the copy's.
   */
  String otherColumns();

  /** Makes a copy without rows, unless it is there; {@code ids} can be looked up in it. */
  List<String> create(List<String> copy, List<String> source, List<String> ids);

  /**
   * Fills a copy.
   *
   * @param rows a query of the columns
   * @return an INSERT with the parameters of {@code rows} after one for the modification
   */
  String fill(List<String> copy, List<String> columns, String rows);

  /** Removes all rows from a copy. */
  String empty(List<String> copy);

  /**
   * A query of the names of the copies in a schema; its parameters are the schema and the beginning
   * of the names.
   */
  String names();
}
