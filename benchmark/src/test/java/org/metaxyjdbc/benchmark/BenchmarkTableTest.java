package org.metaxyjdbc.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine;

/** Everything runs on every store, and the table has a row for it. */
class BenchmarkTableTest {
  private static final int RECORDS = 50;

  /** The set-up fails where the sides differ. */
  @ParameterizedTest
  @EnumSource(StoreKind.class)
  void bothSidesOfEveryWorkGiveTheSameAnswer(StoreKind store) throws Exception {
    for (Work work : Work.values()) {
      StoreBenchmark benchmark = work.benchmark().getDeclaredConstructor().newInstance();
      benchmark.store = store;
      benchmark.records = RECORDS;
      benchmark.versions = 3;
      benchmark.plain = work.plain();
      if (benchmark instanceof ListColumns list) {
        list.features = 10;
      }
      benchmark.setUp();
      if (benchmark instanceof SideBySide sides) {
        sides.alternately();
      } else if (benchmark instanceof NewPlan plan) {
        plan.ours();
      } else if (benchmark instanceof FirstQuery first) {
        assertThat(first.ours()).isEqualTo(first.handWritten());
      } else if (benchmark instanceof ListColumns list) {
        assertThat(list.ours()).isPositive();
        assertThat(list.handWritten()).isPositive();
      }
      benchmark.tearDown();
    }
  }

  @Test
  void tableHasARowForEachWork() {
    StringWriter out = new StringWriter();
    StringWriter errors = new StringWriter();
    CommandLine command =
        BenchmarkTable.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(errors));

    int exitCode =
        command.execute(
            "--once",
            "--records=" + RECORDS,
            "--stores=h2",
            "--works=point_lookup,large_scan,delete_records,new_plan");

    assertThat(exitCode).as(errors.toString()).isZero();
    assertThat(out.toString().lines().skip(2).takeWhile(line -> !line.isEmpty()))
        .satisfiesExactly(
            row ->
                assertThat(row)
                    .matches(
                        "\\| point lookup by id, .* \\| H2 \\| .*s \\| .*s \\| [0-9.]+ \\| – \\|"),
            row -> assertThat(row).matches("\\| scan .* rows/s \\| .* rows/s \\| .*"),
            row -> assertThat(row).matches("\\| soft delete of 10,000 .*s \\| .*s \\| .*"),
            row -> assertThat(row).matches("\\| planning .*s \\| – \\| – \\| – \\|"));
  }

  @Test
  void everyBenchmarkIsAWorkOfTheTable() {
    assertThat(
            BenchmarkList.defaultList()
                .getAll(
                    OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT),
                    List.of()))
        .extracting(BenchmarkListEntry::getUserClassQName)
        .containsOnly(
            Arrays.stream(Work.values())
                .map(work -> work.benchmark().getName())
                .toArray(String[]::new));
  }
}
