package org.metaxyjdbc.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The timestamps without zone in one nested value of DuckDB. Its driver gives them as {@link
 * Timestamp}s, which do not have the local times that the JVM's time zone skips; the text of the
 * value has them all.
 */
final class DuckDbTimestamps {
  private static final Pattern QUOTED =
      Pattern.compile(
          "'(\\d{4,6})-(\\d\\d)-(\\d\\d)( \\(BC\\))? (\\d\\d):(\\d\\d):(\\d\\d)(?:\\.(\\d{1,9}))?'");

  private final ResultSet rows;
  private final int column;
  private @Nullable Matcher text;

  DuckDbTimestamps(ResultSet rows, int column) {
    this.rows = rows;
    this.column = column;
  }

  /** What stands in the store for the next timestamp of the value, in the order of its text. */
  LocalDateTime exactly(Timestamp timestamp) throws SQLException {
    Matcher matcher = text;
    if (matcher == null) {
      matcher = QUOTED.matcher(rows.getString(column));
      text = matcher;
    }
    while (matcher.find()) {
      LocalDateTime stored = stored(matcher);
      if (Timestamp.valueOf(stored).equals(timestamp)) {
        return stored;
      }
    }
    return timestamp.toLocalDateTime();
  }

  private static LocalDateTime stored(Matcher matcher) {
    int year = Integer.parseInt(matcher.group(1));
    String fraction = matcher.group(8) == null ? "" : matcher.group(8);
    return LocalDateTime.of(
        matcher.group(4) == null ? year : 1 - year,
        Integer.parseInt(matcher.group(2)),
        Integer.parseInt(matcher.group(3)),
        Integer.parseInt(matcher.group(5)),
        Integer.parseInt(matcher.group(6)),
        Integer.parseInt(matcher.group(7)),
        Integer.parseInt((fraction + "000000000").substring(0, 9)));
  }
}
