package org.metaxyjdbc.benchmark;

import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.util.Statistics;

/**
 * What one side of a row was measured at.
 *
 * @param median of the iterations, in microseconds a statement
 * @param error half of the interval around the mean that holds it with 99.9 %, as a part of the
 *     mean; NaN after fewer than three iterations
 */
record Score(double median, double error) {
  static Score of(RunResult result, int statements) {
    Statistics statistics = result.getPrimaryResult().getStatistics();
    return new Score(
        statistics.getPercentile(50) / statements,
        statistics.getMeanErrorAt(0.999) / statistics.getMean());
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

  /** How many times the other takes the time of this one: above 1, this one is faster. */
  double fasterThan(Score other) {
    return other.median / median;
  }

  /** The error of that ratio, as a part of it. */
  double errorWith(Score other) {
    return Math.hypot(error, other.error);
  }
}
