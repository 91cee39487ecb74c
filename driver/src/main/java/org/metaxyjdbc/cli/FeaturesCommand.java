package org.metaxyjdbc.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
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

/** {@code features}: what {@code registry.features} shows, for people and programs to read. */
@Command(
    name = "features",
    description = "Lists the features of the store.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class FeaturesCommand implements Callable<Integer> {
  private static final String QUERY =
      "SELECT feature_key AS feature, table_name AS \"table\", id_columns, current_feature_version"
          + " AS feature_version, project, is_written FROM registry.features ORDER BY table_name";

  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--records", description = "Also count the records: active and deleted ones.")
  private boolean records;

  @Option(
      names = "--format",
      paramLabel = "table|csv|jsonl",
      defaultValue = "table",
      description = "Columns to read (default), CSV, or a JSON object a line.")
  private RowFormat format = RowFormat.TABLE;

  @Mixin(name = ConnectionOptions.MIXIN)
  private ConnectionOptions store = new ConnectionOptions();

  @Override
  public Integer call() throws SQLException, IOException {
    if (spec == null) {
      throw new IllegalStateException("not run by picocli");
    }
    PrintWriter out = spec.commandLine().getOut();
    try (Connection connection = store.open();
        Statement statement = connection.createStatement();
        ResultSet features = statement.executeQuery(QUERY)) {
      RowWriter writer = format.writer(out);
      new ResultRows(features).writeTo(records ? counting(connection, writer) : writer);
    }
    return 0;
  }

  /** A writer that adds the counts to each row. */
  private static RowWriter counting(Connection connection, RowWriter writer) {
    return new RowWriter() {
      @Override
      public void begin(List<String> columns) throws IOException {
        List<String> all = new ArrayList<>(columns);
        all.addAll(List.of("active", "deleted"));
        writer.begin(all);
      }

      @Override
      public void row(List<@Nullable Object> values) throws IOException, SQLException {
        List<@Nullable Object> all = new ArrayList<>(values);
        String table = String.valueOf(values.get(1));
        boolean countable = values.get(2) != null;
        all.add(countable ? count(connection, Rows.ACTIVE, table) : null);
        all.add(countable ? count(connection, Rows.ONLY_DELETED, table) : null);
        writer.row(all);
      }

      @Override
      public void end() throws IOException {
        writer.end();
      }
    };
  }

  private static Long count(Connection connection, Rows rows, String table) throws SQLException {
    try (PreparedStatement statement =
            FilteredStatement.count(rows.schemaName(), table, Filter.ALL).prepare(connection);
        ResultSet result = statement.executeQuery()) {
      result.next();
      return result.getLong(1);
    }
  }
}
