package org.metaxyjdbc.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine;

/** Everything runs on every store, with the same answer on both sides. */
class BenchmarkTableTest {
  @Disabled(
      "on H2 the sums over the rows that remain after a delete differ; the cause is not known yet")
  @ParameterizedTest
  @EnumSource(StoreKind.class)
  void bothSidesOfEveryWorkGiveTheSameAnswer(StoreKind store) {
    StringWriter out = new StringWriter();
    StringWriter errors = new StringWriter();
    CommandLine command =
        BenchmarkTable.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(errors));

    int exitCode =
        command.execute(
            "--once",
            "--records=50",
            "--stores=" + store,
            "--works="
                + Arrays.stream(Work.values()).map(Work::name).collect(Collectors.joining(",")));

    assertThat(exitCode).as(errors.toString()).isZero();
    assertThat(
            out.toString()
                .lines()
                .filter(
                    line ->
                        line.contains(" µs | ")
                            || line.contains(" ms | ")
                            || line.contains(" rows/s | ")))
        .hasSameSizeAs(Work.values());
  }

  @Test
  void everyBenchmarkIsARowOfTheTable() {
    assertThat(
            BenchmarkList.defaultList()
                .getAll(
                    OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT),
                    java.util.List.of()))
        .extracting(entry -> entry.getUserClassQName())
        .containsOnly(
            Arrays.stream(Work.values())
                .map(work -> work.benchmark().getName())
                .toArray(String[]::new));
  }
}
