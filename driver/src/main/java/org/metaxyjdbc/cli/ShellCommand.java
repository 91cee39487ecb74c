package org.metaxyjdbc.cli;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code shell}: runs SQL. At a terminal it is a console; given statements, a script or redirected
 * input, it runs these, stops at the first that fails, and says so by its exit code.
 */
@Command(
    name = "shell",
    description =
        "Runs SQL statements, each ended by a semicolon: from a console, -e, -f or standard input.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  metaxy-jdbc shell",
      "  metaxy-jdbc shell -e \"SELECT * FROM predictions LIMIT 10\" --format csv",
      "  echo \"SET hard_delete = true; DELETE FROM only_deleted.predictions\" | metaxy-jdbc shell"
    })
final class ShellCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = {"-e", "--execute"},
      paramLabel = "<sql>",
      description = "Statements to run. Can be repeated.")
  private @Nullable List<String> statements;

  @Option(
      names = {"-f", "--file"},
      paramLabel = "<file>",
      description = "A file of statements to run, in UTF-8. Can be repeated.")
  private @Nullable List<Path> files;

  @Option(
      names = "--format",
      paramLabel = "table|csv|jsonl",
      defaultValue = "table",
      description =
          "How results are printed, unless in the console: columns to read (default), CSV, or a JSON object a line.")
  private RowFormat format = RowFormat.TABLE;

  @Mixin(name = ConnectionOptions.MIXIN)
  private ConnectionOptions store = new ConnectionOptions();

  @Override
  public Integer call() throws SQLException, IOException {
    if (spec == null) {
      throw new IllegalStateException("not run by picocli");
    }
    PrintWriter out = spec.commandLine().getOut();
    boolean given = statements != null || files != null;
    if (!given && Terminal.console() != null) {
      SqlConsole.run(store.displayUrl(), store::open, null, null);
      return 0;
    }
    try (Connection connection = store.open()) {
      Script script = new Script(connection, format, out);
      for (Path file : files == null ? List.<Path>of() : files) {
        try (Reader text = Files.newBufferedReader(file)) {
          script.run(text);
        }
      }
      for (String statement : statements == null ? List.<String>of() : statements) {
        script.run(new StringReader(statement));
      }
      if (!given) {
        script.run(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      }
    }
    return 0;
  }
}
