package org.metaxyjdbc.benchmark;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs benchmarks and prints one table in Markdown, ours beside hand-written SQL. */
@Command(
    name = "benchmark",
    description = "Measures this driver against hand-written SQL through the store's own driver.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    showDefaultValues = true)
public final class BenchmarkTable implements Callable<Integer> {
  private static final String NONE = "–";
  private static final int FIRSTS = 10;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--works",
      split = ",",
      defaultValue = "POINT_LOOKUP,FULL_READ,DELETE_RECORD",
      description = "What to measure: ${COMPLETION-CANDIDATES}.")
  private Set<Work> works = EnumSet.noneOf(Work.class);

  @Option(
      names = "--stores",
      split = ",",
      defaultValue = "H2",
      description = "The stores: ${COMPLETION-CANDIDATES}.")
  private Set<StoreKind> stores = EnumSet.noneOf(StoreKind.class);

  @Option(names = "--all", description = "Everything on every store.")
  private boolean all;

  @Option(
      names = "--records",
      defaultValue = "30000",
      description = "Records of a feature; one in ten is deleted.")
  private int records;

  @Option(names = "--versions", defaultValue = "3", description = "Versions of a record.")
  private int versions;

  @Option(
      names = "--forks",
      defaultValue = "2",
      description = "JVMs a measurement, ours and the other's in turn.")
  private int forks;

  @Option(
      names = "--writes",
      description = "How many small writes make an iteration, for a store of few records.")
  private @Nullable Integer writes;

  @Option(
      names = "--jvm-args",
      split = " ",
      description = "Arguments of the JVMs, such as -Xmx64m.")
  private List<String> jvmArgs = List.of();

  @Option(
      names = "--jvm",
      description =
          "The java command of the JVMs that are measured; the ahead-of-time cache needs 25.")
  private @Nullable String jvm;

  @Option(
      names = "--once",
      description = "Does everything once, in this JVM: whether it works, not how fast.")
  private boolean once;

  @Option(names = "--verbose", description = "Prints what JMH says.")
  private boolean verbose;

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new BenchmarkTable()).setCaseInsensitiveEnumValuesAllowed(true);
  }

  @Override
  public Integer call() throws IOException, RunnerException, SQLException {
    if (all) {
      works = EnumSet.allOf(Work.class);
      stores = EnumSet.allOf(StoreKind.class);
    }
    if (spec == null) {
      throw new IllegalStateException("made by picocli only");
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println("| work | store | ours (median) | hand-written (median) | ratio | spread |");
    out.println("|---|---|---|---|---|---|");
    out.flush();
    List<String> products = new ArrayList<>();
    Path scripts = Files.createTempDirectory("metaxy-jdbc-benchmark");
    System.setProperty(BenchmarkStore.SCRIPTS, scripts.toString());
    if (!once) {
      ClassPath.toJars(scripts);
    }
    for (StoreKind store : stores) {
      products.add(product(store));
      if (store.writtenByDriver()) {
        new BenchmarkStore(store, records, versions).close();
      }
      for (Work work : works) {
        if (work.amount() == Work.Amount.FIRST_CACHED && jvm == null) {
          continue;
        }
        out.println(row(work, store));
        out.flush();
      }
    }
    System.clearProperty(BenchmarkStore.SCRIPTS);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(scripts)) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
    Files.delete(scripts);
    out.printf(
        Locale.ROOT,
        "%nRatio: our time / hand-written time, below 1 we are faster; the median of iterations in which both take turns."
            + " Spread: the ratios of the middle half of the iterations, or the error of the ratio, 99.9 %%, where the sides do not take turns.%n"
            + "%,d records, %d versions each; %d cores; Java %s; %s.%n",
        records,
        versions,
        Runtime.getRuntime().availableProcessors(),
        Runtime.version(),
        String.join("; ", products));
    out.flush();
    return 0;
  }

  /** One row, measured. */
  private String row(Work work, StoreKind store) throws IOException, RunnerException {
    int statements = 1;
    if (work.amount() == Work.Amount.WRITES && !once) {
      statements = writes == null ? store.writesPerIteration() : writes;
    }
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(work.benchmark().getName().replace(".", "\\.") + "\\..*")
            .param("store", store.name())
            .param("records", Integer.toString(records))
            .param("versions", Integer.toString(versions))
            .param("plain", Boolean.toString(work.plain()))
            .forks(once ? 0 : 1)
            .jvmArgsAppend(jvmArguments())
            .verbosity(verbose ? VerboseMode.NORMAL : VerboseMode.SILENT)
            .shouldFailOnError(true);
    if (jvm != null) {
      options.jvm(jvm);
    }
    if (statements > 1) {
      options.warmupBatchSize(statements).measurementBatchSize(statements);
    }
    if (once) {
      options.mode(Mode.SingleShotTime).warmupIterations(0).measurementIterations(1);
    }
    if (!once && work.isFirst()) {
      options.warmupIterations(0).measurementIterations(1);
      if (work.amount() == Work.Amount.FIRST_SHARED) {
        options.jvmArgsAppend(
            archived(options.build(), "-XX:ArchiveClassesAtExit=", "-XX:SharedArchiveFile="));
      } else if (work.amount() == Work.Amount.FIRST_CACHED) {
        options.jvmArgsAppend(archived(options.build(), "-XX:AOTCacheOutput=", "-XX:AOTCache="));
      }
    }
    int rounds = once ? 1 : work.isFirst() ? FIRSTS : forks;
    List<RunResult> oursRuns = new ArrayList<>();
    List<RunResult> handWrittenRuns = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      for (RunResult result : new Runner(options.build()).run()) {
        (result.getPrimaryResult().getLabel().equals("ours") ? oursRuns : handWrittenRuns)
            .add(result);
      }
    }
    if (SideBySide.class.isAssignableFrom(work.benchmark())) {
      SideTimes times = SideTimes.take();
      String spread = times.middleHalf();
      return "| %s | %s | %s | %s | %s | %s |"
          .formatted(
              work.title(),
              store.title(),
              shown(times.oursScore(), work),
              shown(times.handWrittenScore(), work),
              String.format(Locale.ROOT, "%.2f", times.ratio()),
              spread == null ? NONE : spread);
    }
    Score ours = Score.of(oursRuns, statements);
    Score handWritten = handWrittenRuns.isEmpty() ? null : Score.of(handWrittenRuns, statements);
    return "| %s | %s | %s | %s | %s | %s |"
        .formatted(
            work.title(),
            store.title(),
            shown(ours, work),
            shown(handWritten, work),
            handWritten == null
                ? NONE
                : String.format(Locale.ROOT, "%.2f", ours.ratioTo(handWritten)),
            handWritten == null || Double.isNaN(ours.errorWith(handWritten))
                ? NONE
                : String.format(Locale.ROOT, "± %.0f %%", 100 * ours.errorWith(handWritten)));
  }

  private String[] jvmArguments(String... more) {
    List<String> arguments = new ArrayList<>(jvmArgs);
    arguments.add(
        "-D%1$s=%2$s"
            .formatted(BenchmarkStore.SCRIPTS, System.getProperty(BenchmarkStore.SCRIPTS)));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  /** The arguments of a JVM that takes the classes from an archive, which one run has written. */
  private String[] archived(Options options, String write, String read) throws RunnerException {
    String archive = Path.of(System.getProperty(BenchmarkStore.SCRIPTS), "classes").toString();
    new Runner(
            new OptionsBuilder()
                .parent(options)
                .include(FirstQuery.class.getName().replace(".", "\\.") + "\\.ours")
                .forks(1)
                .jvmArgsAppend(jvmArguments(write + archive))
                .build())
        .run();
    return jvmArguments(read + archive);
  }

  private String shown(@Nullable Score score, Work work) {
    if (score == null) {
      return NONE;
    }
    return work.amount() == Work.Amount.ROWS
        ? score.rowsPerSecond((long) records * versions + records / BenchmarkStore.DELETED)
        : score.time();
  }

  private static String product(StoreKind store) throws SQLException {
    Database database = store.create();
    try (Connection connection = DriverManager.getConnection("jdbc:" + database.url())) {
      DatabaseMetaData metaData = connection.getMetaData();
      return "%s: %s, driver %s"
          .formatted(
              store.title(), metaData.getDatabaseProductVersion(), metaData.getDriverVersion());
    }
  }
}
