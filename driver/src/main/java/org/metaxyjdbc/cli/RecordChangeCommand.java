package org.metaxyjdbc.cli;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.adapter.Rows;
import org.metaxyjdbc.filter.Filter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that changes the matching records of the selected features, all or nothing. */
abstract class RecordChangeCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Mixin private FeatureSelection features = new FeatureSelection();

  @Mixin private FilterOptions filters = new FilterOptions();

  @Option(names = "--dry-run", description = "Only count the matching records.")
  private boolean dryRun;

  @Mixin(name = ConnectionOptions.MIXIN)
  private ConnectionOptions store = new ConnectionOptions();

  private final Rows rows;
  private final String verb;
  private final String noun;

  /**
   * Creates a command.
   *
   * @param rows the schema whose records it changes
   * @param verb what it does to them
   * @param noun the same as a noun
   */
  RecordChangeCommand(Rows rows, String verb, String noun) {
    this.rows = rows;
    this.verb = verb;
    this.noun = noun;
  }

  /** Checks the arguments, before anything is opened. */
  abstract void validate();

  /** Gives the session its settings. */
  abstract void configure(Connection connection) throws SQLException;

  /** The statement to run on each feature. */
  abstract RecordChange.Statement statement();

  /** What is printed in brackets after the title. */
  abstract String mode();

  /** What restricts the records besides the filters. */
  Filter implied() {
    return Filter.ALL;
  }

  /** Checks what is to be done, before anything is changed. */
  void check(RecordChange change) {}

  boolean isDryRun() {
    return dryRun;
  }

  boolean hasFilters() {
    return !filters.given().isEmpty();
  }

  ConnectionOptions store() {
    return store;
  }

  @Override
  public final Integer call() throws SQLException {
    filters.validate();
    validate();
    features.validate();
    if (spec == null) {
      throw new IllegalStateException("not run by picocli");
    }
    try (Connection connection = store.open()) {
      configure(connection);
      List<RecordChange.Part> parts = new ArrayList<>();
      for (FeatureSelection.Selected feature :
          features.resolve(connection, spec.commandLine().getErr(), noun)) {
        Filter filter = implied().and(filters.on(connection, rows, feature));
        parts.add(new RecordChange.Part(feature, filter));
      }
      RecordChange change = new RecordChange(connection, rows, parts);
      check(change);
      if (dryRun) {
        new ChangeReport(spec.commandLine().getOut(), change.count())
            .dryRun(
                "%s, with_feature_history=%s"
                    .formatted(mode(), store.withFeatureHistory() ? "yes" : "no"),
                verb,
                store.displayUrl(),
                filters.given());
      } else {
        String title = Character.toUpperCase(noun.charAt(0)) + noun.substring(1) + " complete";
        new ChangeReport(spec.commandLine().getOut(), change.run(statement()))
            .done(title + " (" + mode() + ")");
      }
    }
    return 0;
  }
}
