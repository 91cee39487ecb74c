package org.metaxyjdbc.cli;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.adapter.Rows;
import org.metaxyjdbc.filter.FilteredStatement;
import org.metaxyjdbc.session.SessionSetting;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code restore}: {@code UPDATE only_deleted.feature SET metaxy_deleted_at = NULL}. */
@Command(
    name = "restore",
    description = "Brings deleted records back, by appending a live version to each.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = "  metaxy-jdbc restore predictions --filter \"metaxy_deleted_at > '2024-01-31'\"")
final class RestoreCommand extends RecordChangeCommand {
  @Option(
      names = "--materialization-id",
      paramLabel = "<id>",
      description = "Written to metaxy_materialization_id of what is appended.")
  private @Nullable String materializationId;

  RestoreCommand() {
    super(Rows.ONLY_DELETED, "restore", "restoration");
  }

  @Override
  void validate() {}

  @Override
  void configure(Connection connection) throws SQLException {
    ConnectionOptions.set(connection, SessionSetting.HARD_DELETE, "false");
    ConnectionOptions.set(connection, SessionSetting.MATERIALIZATION_ID, materializationId);
  }

  @Override
  RecordChange.Statement statement() {
    return FilteredStatement::restore;
  }

  @Override
  String mode() {
    return "deleted records";
  }
}
