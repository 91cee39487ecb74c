package org.metaxyjdbc.cli;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.adapter.Rows;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;
import org.metaxyjdbc.filter.Filter;
import org.metaxyjdbc.filter.FilterColumns;
import org.metaxyjdbc.filter.FilterText;
import org.metaxyjdbc.filter.FilteredStatement;
import picocli.CommandLine.Option;

/** Which records of the features a command works on. */
final class FilterOptions {
  @Option(
      names = "--filter",
      paramLabel = "<condition>",
      description =
          "Only records that match, for example \"confidence < 0.3 AND label IN ('cat', 'dog')\"."
              + " Can be repeated: all must match.")
  private @Nullable List<String> filters;

  List<String> given() {
    return filters == null ? List.of() : filters;
  }

  /**
   * Checks the syntax, before anything is opened.
   *
   * @throws CommandException with exit code 2 where a filter is not one
   */
  void validate() {
    for (String filter : given()) {
      parse(filter);
    }
  }

  private static FilterText parse(String filter) {
    try {
      return FilterText.parse(filter);
    } catch (MetaxyException e) {
      throw invalid(filter, e);
    }
  }

  /**
   * All filters together, on one feature.
   *
   * @throws CommandException with exit code 2 where a filter does not fit the feature
   */
  Filter on(Connection connection, Rows rows, FeatureSelection.Selected feature)
      throws SQLException {
    Filter result = Filter.ALL;
    if (given().isEmpty()) {
      return result;
    }
    FilterColumns columns = columns(connection, rows, feature);
    for (String filter : given()) {
      try {
        result = result.and(parse(filter).on(columns));
      } catch (MetaxyException e) {
        throw invalid(filter, e);
      }
    }
    return result;
  }

  private static FilterColumns columns(
      Connection connection, Rows rows, FeatureSelection.Selected feature) throws SQLException {
    try (PreparedStatement statement =
            FilteredStatement.select(rows.schemaName(), feature.table(), Filter.NONE)
                .prepare(connection);
        ResultSet nothing = statement.executeQuery()) {
      return FilterColumns.of(feature.key(), nothing.getMetaData());
    }
  }

  private static CommandException invalid(String filter, MetaxyException e) {
    String what = e.state() == SqlState.SYNTAX_ERROR ? "Invalid filter syntax" : "Invalid filter";
    return CommandException.ofUsage(
        "%s: %s (in the filter: %s)".formatted(what, e.getMessage(), filter), null);
  }
}
