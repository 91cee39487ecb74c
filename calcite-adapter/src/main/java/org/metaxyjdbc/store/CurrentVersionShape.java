package org.metaxyjdbc.store;

/**
 * How a store finds the current version of each record fastest. All give the same rows; a shape
 * that needs row ids falls back to {@link #WINDOW} on a view.
 */
public enum CurrentVersionShape {
  /** {@code ROW_NUMBER()} over the versions of each record: what every store can do. */
  WINDOW,
  /** The first of the sorted versions, where the ids say that all are of one record. */
  FIRST_OF_RECORD,
  /** {@code MAX(ROW(…))} by record, in a store that sorts for a window but groups by hashing. */
  GREATEST_ROW,
  /** The row ids of the latest versions, which an aggregate gives by record. */
  LATEST_ROW_ID,
  /** The versions that no later one of the same record follows: an anti-join. */
  NO_LATER_VERSION
}
