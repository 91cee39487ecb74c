package org.metaxyjdbc.sqllogictest;

import java.sql.SQLException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is not that of the test.
 *
 * @param kind what failures of one cause have in common: the SQLSTATE and the message without its
 *     names and numbers
 * @param file the test file
 * @param sql the statement
 * @param detail the whole message
 */
record Failure(String kind, String file, String sql, String detail) {
  private static final Pattern PARTICULAR = Pattern.compile("'[^']*'|\"[^\"]*\"|[0-9]+");

  static Failure ofError(String file, String sql, SQLException error) {
    String message = firstLine(error.getMessage());
    String kind = error.getSQLState() + " " + PARTICULAR.matcher(message).replaceAll("…");
    return new Failure(kind.substring(0, Math.min(120, kind.length())), file, sql, message);
  }

  static Failure ofAnswer(String file, String sql, String error, String details) {
    return new Failure("wrong answer", file, sql, error + " " + details);
  }

  private static String firstLine(@Nullable String message) {
    return message == null ? "" : message.lines().findFirst().orElse("");
  }
}
