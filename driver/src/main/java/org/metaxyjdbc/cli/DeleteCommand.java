package org.metaxyjdbc.cli;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.session.SessionSetting;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code delete}: what {@code metaxy metadata delete} does, with its words and exit codes, on a
 * store's own URL. Unlike there, all features and filters are checked before anything is deleted,
 * and a failure leaves everything as it was.
 */
@Command(
    name = "delete",
    description = {
      "Deletes the records that match.",
      "A soft delete, the default, appends a tombstone to each record. A hard delete removes all its"
          + " versions physically; without a filter it must be confirmed with --yes."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  metaxy-jdbc delete --feature predictions --filter \"confidence < 0.3\"",
      "  metaxy-jdbc delete --feature predictions \\",
      "      --filter \"created_at < '2024-01-01'\" --soft=false",
      "  metaxy-jdbc delete video/raw,video/faces --filter \"status = 'bad'\" --dry-run"
    })
final class DeleteCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Mixin private FeatureSelection features = new FeatureSelection();

  @Mixin private FilterOptions filters = new FilterOptions();

  @Option(
      names = "--soft",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "Whether to append tombstones (default) or to remove records physically.")
  private @Nullable Boolean soft;

  @Option(names = "--hard", description = "The same as --soft=false.")
  private boolean hard;

  @Option(names = "--dry-run", description = "Only count the records that would be deleted.")
  private boolean dryRun;

  @Option(names = "--yes", description = "Confirms a hard delete without a filter.")
  private boolean yes;

  @Option(
      names = "--with-feature-history",
      description = "Records of all feature versions, not only the current one.")
  private boolean withFeatureHistory;

  @Option(
      names = "--materialization-id",
      paramLabel = "<id>",
      description = "Written to metaxy_materialization_id of the tombstones.")
  private @Nullable String materializationId;

  @Mixin(name = ConnectionOptions.MIXIN)
  private ConnectionOptions store = new ConnectionOptions();

  @Override
  public Integer call() throws SQLException {
    if (hard && Boolean.TRUE.equals(soft)) {
      throw CommandException.ofUsage("Cannot specify both --soft and --hard", null);
    }
    boolean isHard = hard || Boolean.FALSE.equals(soft);
    filters.validate();
    if (isHard && filters.given().isEmpty()) {
      requireYes();
    }
    features.validate();
    PrintWriter out = spec().commandLine().getOut();
    try (Connection connection = store.open()) {
      ConnectionOptions.set(connection, SessionSetting.HARD_DELETE, Boolean.toString(isHard));
      ConnectionOptions.set(connection, SessionSetting.MATERIALIZATION_ID, materializationId);
      ConnectionOptions.set(
          connection, SessionSetting.FEATURE_VERSION, withFeatureHistory ? "all" : null);
      List<Deletion.Part> parts = new ArrayList<>();
      for (FeatureSelection.Selected feature :
          features.resolve(connection, spec().commandLine().getErr(), "deletion")) {
        parts.add(new Deletion.Part(feature, filters.on(connection, "active", feature)));
      }
      Deletion deletion = new Deletion(connection, "active", parts);
      if (isHard && deletion.isUnconditional()) {
        requireYes();
      }
      String mode = isHard ? "hard" : "soft";
      if (dryRun) {
        String what =
            "%s delete, with_feature_history=%s".formatted(mode, withFeatureHistory ? "yes" : "no");
        new DeletionReport(out, deletion.count()).dryRun(what, store.displayUrl(), filters.given());
      } else {
        new DeletionReport(out, deletion.run()).done("Deletion complete (" + mode + " delete)");
      }
    }
    return 0;
  }

  private void requireYes() {
    if (!yes) {
      throw CommandException.failed(
          "Hard deleting all metadata requires --yes flag to prevent accidental deletion.",
          "Use --yes to confirm, or provide --filter to restrict deletion.");
    }
  }

  private CommandSpec spec() {
    if (spec == null) {
      throw new IllegalStateException("not run by picocli");
    }
    return spec;
  }
}
