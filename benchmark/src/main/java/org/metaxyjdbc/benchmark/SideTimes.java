package org.metaxyjdbc.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What both sides took in the iterations of a row, in microseconds a statement. A JVM that measures
 * writes them into the folder {@link BenchmarkStore#SCRIPTS}, from which the table takes them.
 */
final class SideTimes {
  private static final int FEW = 4;

  private final double[] ours;
  private final double[] handWritten;

  private SideTimes(double[] ours, double[] handWritten) {
    this.ours = ours;
    this.handWritten = handWritten;
  }

  private static @Nullable Path file() {
    String folder = System.getProperty(BenchmarkStore.SCRIPTS);
    return folder == null ? null : Path.of(folder, "times");
  }

  /** Adds an iteration; does nothing where no table is made. */
  static void add(long statements, long oursNanos, long handWrittenNanos) {
    Path file = file();
    if (file == null) {
      return;
    }
    String line =
        "%s %s%n"
            .formatted(oursNanos / 1_000.0 / statements, handWrittenNanos / 1_000.0 / statements);
    try {
      Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The iterations since this was called the last time. */
  static SideTimes take() throws IOException {
    Path file = file();
    List<double[]> iterations = new ArrayList<>();
    if (file != null) {
      for (String line : Files.readAllLines(file)) {
        iterations.add(
            Arrays.stream(line.split(" ", -1)).mapToDouble(Double::parseDouble).toArray());
      }
      Files.delete(file);
    }
    return new SideTimes(
        iterations.stream().mapToDouble(times -> times[0]).toArray(),
        iterations.stream().mapToDouble(times -> times[1]).toArray());
  }

  private double[] ratios() {
    double[] ratios = new double[ours.length];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = ours[i] / handWritten[i];
    }
    return ratios;
  }

  /** The median of the ratios of the iterations: below 1, this driver is faster. */
  double ratio() {
    return quantile(ratios(), 0.5);
  }

  /** Between which ratios the middle half of the iterations is; null where they are few. */
  @Nullable String middleHalf() {
    return ours.length < FEW
        ? null
        : String.format(
            Locale.ROOT, "%.2f – %.2f", quantile(ratios(), 0.25), quantile(ratios(), 0.75));
  }

  Score oursScore() {
    return new Score(quantile(ours, 0.5), Double.NaN);
  }

  Score handWrittenScore() {
    return new Score(quantile(handWritten, 0.5), Double.NaN);
  }

  private static double quantile(double[] values, double part) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) Math.min(sorted.length - 1L, Math.round(part * (sorted.length - 1)))];
  }
}
