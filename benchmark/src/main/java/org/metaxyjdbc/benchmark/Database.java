package org.metaxyjdbc.benchmark;

import org.jspecify.annotations.Nullable;

/**
 * A database of one benchmark.
 *
 * @param url its URL after {@code jdbc:}
 * @param shutdown the statement that removes it; null where it goes with the JVM
 */
record Database(String url, @Nullable String shutdown) {}
