package org.metaxyjdbc.benchmark;

import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.util.ListStatistics;

/**
 * What one side of a row was measured at.
 *
 * @param median of the iterations, in microseconds a statement
 * @param error half of the interval around the mean that holds it with 99.9 %, as a part of the
 *     mean; NaN after fewer than three iterations
 */
record Score(double median, double error) {
  /**
   * The score of all iterations of some runs.
   *
   * @param statements how many statements are an operation of JMH's
   */
  static Score of(List<RunResult> runs, int statements) {
    ListStatistics iterations = new ListStatistics();
    for (RunResult run : runs) {
      run.getPrimaryResult()
          .getStatistics()
          .getRawData()
          .forEachRemaining(
              value -> {
                for (long i = 0; i < value.getValue(); i++) {
                  iterations.addValue(value.getKey());
                }
              });
    }
    return new Score(
        iterations.getPercentile(50) / statements,
        iterations.getMeanErrorAt(0.999) / iterations.getMean());
  }

  String time() {
    if (median < 1_000) {
      return String.format(Locale.ROOT, "%.1f µs", median);
    }
    return String.format(Locale.ROOT, "%.2f ms", median / 1_000);
  }

  String rowsPerSecond(long rows) {
    return String.format(Locale.ROOT, "%,.0f rows/s", rows / median * 1e6);
  }

  /** What this takes as a part of what the other takes: below 1, this one is faster. */
  double ratioTo(Score other) {
    return median / other.median;
  }

  /** The error of that ratio, as a part of it. */
  double errorWith(Score other) {
    return Math.hypot(error, other.error);
  }
}
