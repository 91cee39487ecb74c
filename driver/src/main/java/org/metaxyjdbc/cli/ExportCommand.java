package org.metaxyjdbc.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.adapter.Rows;
import org.metaxyjdbc.filter.Filter;
import org.metaxyjdbc.filter.FilteredStatement;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code export}: {@code SELECT * FROM schema.feature WHERE filter}, row by row into text. */
@Command(
    name = "export",
    description = "Writes the records of a feature as CSV or JSON lines.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = "  metaxy-jdbc export predictions --schema history --format jsonl --output p.jsonl")
final class ExportCommand implements Callable<Integer> {
  private static final int ROWS_AT_ONCE = 1000;

  @Spec private @Nullable CommandSpec spec;

  @Mixin private FeatureSelection features = new FeatureSelection();

  @Mixin private FilterOptions filters = new FilterOptions();

  @Option(
      names = "--schema",
      paramLabel = "<schema>",
      defaultValue = "active",
      description = "active (default), include_deleted, only_deleted or history.")
  private Rows rows = Rows.ACTIVE;

  @Option(
      names = "--format",
      paramLabel = "csv|jsonl|table",
      defaultValue = "csv",
      description = "CSV (default; NULL is empty, empty text is \"\"), or a JSON object a line.")
  private RowFormat format = RowFormat.CSV;

  @Option(
      names = {"--output", "-o"},
      paramLabel = "<file>",
      description = "The file to write; by default standard output.")
  private @Nullable Path output;

  @Mixin(name = ConnectionOptions.MIXIN)
  private ConnectionOptions store = new ConnectionOptions();

  @Override
  public Integer call() throws SQLException, IOException {
    filters.validate();
    features.validate();
    if (spec == null) {
      throw new IllegalStateException("not run by picocli");
    }
    PrintWriter err = spec.commandLine().getErr();
    try (Connection connection = store.open()) {
      List<FeatureSelection.Selected> selected = features.resolve(connection, err, "export");
      if (selected.size() != 1) {
        throw CommandException.ofUsage(
            "%d features are selected; export them one at a time".formatted(selected.size()), null);
      }
      FeatureSelection.Selected feature = selected.get(0);
      Filter filter = filters.on(connection, rows, feature);
      if (connection.getMetaData().supportsTransactions()) {
        // PostgreSQL sends a result bit by bit only within a transaction.
        connection.setAutoCommit(false);
      }
      try (PreparedStatement statement =
          FilteredStatement.select(rows.schemaName(), feature.table(), filter)
              .prepare(connection)) {
        statement.setFetchSize(ROWS_AT_ONCE);
        try (ResultSet result = statement.executeQuery()) {
          long written = write(new ResultRows(result), spec.commandLine().getOut());
          if (output != null) {
            err.println("✓ %d rows written to %s".formatted(written, output));
          }
        }
      }
    }
    return 0;
  }

  private long write(ResultRows result, PrintWriter out) throws SQLException, IOException {
    if (output != null) {
      try (BufferedWriter file = Files.newBufferedWriter(output)) {
        return result.writeTo(format.writer(file));
      }
    }
    Writer buffered = new BufferedWriter(out);
    long written = result.writeTo(format.writer(buffered));
    buffered.flush();
    if (out.checkError()) {
      throw new IOException("standard output was closed before all was written");
    }
    return written;
  }
}
