/**
 * What the driver costs against hand-written SQL through the store's own driver: JMH benchmarks,
 * one class a kind of work, each with the same two methods, and {@link
 * org.metaxyjdbc.benchmark.BenchmarkTable}, which runs them and prints the table.
 */
@NullMarked
package org.metaxyjdbc.benchmark;

import org.jspecify.annotations.NullMarked;
