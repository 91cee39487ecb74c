package org.metaxyjdbc.cli;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.catalog.FeatureKey;
import org.metaxyjdbc.plan.DidYouMean;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which features a command works on. */
final class FeatureSelection {
  /**
   * A feature that there is.
   *
   * @param key its key, or its table's name where it is not registered
   * @param table the name of its table in SQL
   * @param registered whether the registry has it
   */
  record Selected(String key, String table, boolean registered) {}

  @Parameters(
      paramLabel = "FEATURE",
      arity = "0..*",
      split = ",",
      description = "Keys of features: video/raw or video__raw.")
  private @Nullable List<String> positional;

  @Option(
      names = {"--feature", "--features"},
      paramLabel = "<key>",
      split = ",",
      description = "The same; can be repeated, or name several with commas.")
  private @Nullable List<String> named;

  @Option(names = "--all-features", description = "All registered features.")
  private boolean all;

  /**
   * Checks that features are selected in just one way.
   *
   * @throws CommandException where they are not
   */
  void validate() {
    boolean some = !keys().isEmpty();
    if (!some && !all) {
      throw CommandException.failed(
          "Must specify either --all-features or feature arguments", null);
    }
    if (some && all) {
      throw CommandException.failed(
          "Cannot specify both --all-features and feature arguments", null);
    }
  }

  private Set<String> keys() {
    Set<String> keys = new LinkedHashSet<>();
    for (List<String> given : List.of(orEmpty(positional), orEmpty(named))) {
      given.stream().map(String::strip).filter(key -> !key.isEmpty()).forEach(keys::add);
    }
    return keys;
  }

  private static List<String> orEmpty(@Nullable List<String> list) {
    return list == null ? List.of() : list;
  }

  /**
   * The selected features. An unknown one is warned of, and then nothing is done for the others
   * either.
   *
   * @param purpose what they are selected for, as a noun
   * @throws CommandException where one is unknown, or none is left
   */
  List<Selected> resolve(Connection connection, PrintWriter warnings, String purpose)
      throws SQLException {
    List<Selected> known = all(connection);
    Set<Selected> selected = new LinkedHashSet<>();
    List<String> missing = new ArrayList<>();
    if (all) {
      known.stream().filter(Selected::registered).forEach(selected::add);
    }
    for (String key : keys()) {
      String table = FeatureKey.of(key).tableName();
      Optional<Selected> found =
          known.stream().filter(feature -> feature.table().equalsIgnoreCase(table)).findFirst();
      found.ifPresentOrElse(selected::add, () -> missing.add(key));
    }
    for (String key : missing) {
      warnings.println(
          "Warning: Feature(s) not found: "
              + key
              + DidYouMean.of(key, known.stream().map(Selected::key).toList()));
    }
    if (selected.isEmpty()) {
      throw CommandException.failed("No valid features selected for %s.".formatted(purpose), null);
    }
    if (!missing.isEmpty()) {
      throw CommandException.failed("Nothing was done: not all of the features were found.", null);
    }
    return List.copyOf(selected);
  }

  private static List<Selected> all(Connection connection) throws SQLException {
    List<Selected> features = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT feature_key, table_name, is_registered FROM registry.features")) {
      while (rows.next()) {
        String key = rows.getString(1);
        String table = rows.getString(2);
        features.add(new Selected(key == null ? table : key, table, rows.getBoolean(3)));
      }
    }
    return features;
  }
}
