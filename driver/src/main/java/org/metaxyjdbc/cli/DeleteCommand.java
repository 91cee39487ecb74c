package org.metaxyjdbc.cli;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.adapter.Rows;
import org.metaxyjdbc.filter.FilteredStatement;
import org.metaxyjdbc.session.SessionSetting;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

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
final class DeleteCommand extends RecordChangeCommand {
  @Option(
      names = "--soft",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "Whether to append tombstones (default) or to remove records physically.")
  private @Nullable Boolean soft;

  @Option(names = "--hard", description = "The same as --soft=false.")
  private boolean hard;

  @Option(names = "--yes", description = "Confirms a hard delete without a filter.")
  private boolean yes;

  @Option(
      names = "--materialization-id",
      paramLabel = "<id>",
      description = "Written to metaxy_materialization_id of the tombstones.")
  private @Nullable String materializationId;

  DeleteCommand() {
    super(Rows.ACTIVE, "delete", "deletion");
  }

  private boolean isHard() {
    return hard || Boolean.FALSE.equals(soft);
  }

  @Override
  void validate() {
    if (hard && Boolean.TRUE.equals(soft)) {
      throw CommandException.ofUsage("Cannot specify both --soft and --hard", null);
    }
    if (!hasFilters()) {
      requireYesIfHard();
    }
  }

  @Override
  void check(RecordChange change) {
    if (change.isUnconditional()) {
      requireYesIfHard();
    }
  }

  private void requireYesIfHard() {
    if (isHard() && !yes) {
      throw CommandException.failed(
          "Hard deleting all metadata requires --yes flag to prevent accidental deletion.",
          "Use --yes to confirm, or provide --filter to restrict deletion.");
    }
  }

  @Override
  void configure(Connection connection) throws SQLException {
    ConnectionOptions.set(connection, SessionSetting.HARD_DELETE, Boolean.toString(isHard()));
    ConnectionOptions.set(connection, SessionSetting.MATERIALIZATION_ID, materializationId);
  }

  @Override
  RecordChange.Statement statement() {
    return FilteredStatement::delete;
  }

  @Override
  String mode() {
    return isHard() ? "hard delete" : "soft delete";
  }
}
