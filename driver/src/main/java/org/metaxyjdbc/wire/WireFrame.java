package org.metaxyjdbc.wire;

/**
 * What an execution is to give, in Avatica's number of rows for the first frame: a positive number
 * rows, so many a frame, a negative one those or an update count, and {@link #COUNT} an update
 * count. What gives the other is refused before it runs.
 */
public final class WireFrame {
  /** An update count. (Avatica does not send 0.) */
  public static final int COUNT = Integer.MIN_VALUE;

  private static final int DEFAULT_SIZE = 1000;

  private WireFrame() {}

  /** Rows, so many a frame; 0 for the default. */
  public static int ofRows(int fetchSize) {
    return fetchSize == 0 ? DEFAULT_SIZE : fetchSize;
  }

  /** Rows, so many a frame, or an update count; 0 for the default. */
  public static int ofAnything(int fetchSize) {
    return -ofRows(fetchSize);
  }

  /** Whether either will do. */
  public static boolean isAnything(int wanted) {
    return wanted < 0 && wanted != COUNT;
  }

  /** The rows of a frame. */
  public static int size(int wanted) {
    return wanted == COUNT ? DEFAULT_SIZE : ofRows(Math.abs(wanted));
  }
}
