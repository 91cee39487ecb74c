package org.metaxyjdbc.cli;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.adapter.Rows;
import org.metaxyjdbc.catalog.SystemColumn;
import org.metaxyjdbc.filter.Filter;
import org.metaxyjdbc.filter.FilteredStatement;
import org.metaxyjdbc.session.SessionSetting;
import org.metaxyjdbc.store.TimeText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code purge}: {@code DELETE FROM only_deleted.feature} under {@code hard_delete}. */
@Command(
    name = "purge",
    description =
        "Removes deleted records physically, all their versions. They cannot be restored after"
            + " that, so it must be confirmed with --yes.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = "  metaxy-jdbc purge predictions --deleted-before 30d --yes")
final class PurgeCommand extends RecordChangeCommand {
  private static final Pattern AGO = Pattern.compile("(\\d{1,9}) *([smhdw])");

  @Option(
      names = "--deleted-before",
      paramLabel = "<time>",
      description =
          "Only records deleted before that time: 2024-01-31, '2024-01-31 10:30+02', or how long ago,"
              + " as in 30d (s, m, h, d, w). Without a zone it is UTC.")
  private @Nullable String deletedBefore;

  @Option(names = "--yes", description = "Confirms it.")
  private boolean yes;

  private @Nullable OffsetDateTime before;

  PurgeCommand() {
    super(Rows.ONLY_DELETED, "purge", "purge");
  }

  @Override
  void validate() {
    if (deletedBefore != null) {
      before = time(deletedBefore);
    }
    if (!yes && !isDryRun()) {
      throw CommandException.failed(
          "Purging deleted records requires --yes flag to prevent accidental deletion.",
          "Use --dry-run to see how many there are, and --yes to confirm.");
    }
  }

  @Override
  Filter implied() {
    return before == null
        ? Filter.ALL
        : Filter.lessThan(SystemColumn.METAXY_DELETED_AT.columnName(), before);
  }

  private static OffsetDateTime time(String text) {
    Matcher ago = AGO.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!ago.matches()) {
      return TimeText.parse(text)
          .map(TimeText::instant)
          .orElseThrow(
              () ->
                  CommandException.ofUsage(
                      "--deleted-before is '%s'; it can be a time such as 2024-01-31 or '2024-01-31 10:30+02', or a duration such as 30d, 12h"
                          .formatted(text),
                      null));
    }
    ChronoUnit unit =
        switch (ago.group(2)) {
          case "s" -> ChronoUnit.SECONDS;
          case "m" -> ChronoUnit.MINUTES;
          case "h" -> ChronoUnit.HOURS;
          case "d" -> ChronoUnit.DAYS;
          default -> ChronoUnit.WEEKS;
        };
    Duration duration = unit.getDuration().multipliedBy(Long.parseLong(ago.group(1)));
    return OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MICROS).minus(duration);
  }

  @Override
  void configure(Connection connection) throws SQLException {
    ConnectionOptions.set(connection, SessionSetting.HARD_DELETE, "true");
  }

  @Override
  RecordChange.Statement statement() {
    return FilteredStatement::delete;
  }

  @Override
  String mode() {
    return before == null ? "deleted records" : "deleted before " + before;
  }
}
