package org.metaxyjdbc.types;

import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.TimeZone;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.metaxyjdbc.testing.TestStore;

/**
 * The dates and times of {@code java.sql}: what a clock shows is read off in the JVM's time zone or
 * that of a calendar, an instant is the same everywhere.
 */
class TypeClockTest {
  private static final String[] ZONES = {
    "UTC", "America/St_Johns", "Asia/Kolkata", "Europe/Berlin", "Africa/Monrovia"
  };

  private final TimeZone zone = TimeZone.getDefault();
  private final SoftAssertions softly = new SoftAssertions();

  @AfterEach
  void restoreTimeZone() {
    TimeZone.setDefault(zone);
  }

  @ParameterizedTest
  @EnumSource
  void legacyClassesShowWhatJavaTimeShows(TestStore.Kind kind) throws Exception {
    try (SampleTable table = SampleTable.filled(kind)) {
      for (String id : ZONES) {
        TimeZone.setDefault(TimeZone.getTimeZone(id));
        try (Connection connection = table.connect();
            Statement statement = connection.createStatement();
            ResultSet rows =
                statement.executeQuery(
                    "SELECT c_date, c_time, c_timestamp, c_timestamptz FROM samples"
                        + " WHERE c_timestamp IS NOT NULL")) {
          while (rows.next()) {
            checkDate(rows);
            checkTime(rows);
            checkTimestamp(rows);
            checkInstant(rows);
          }
        }
      }
      softly.assertAll();
    }
  }

  private void checkDate(ResultSet rows) throws SQLException {
    LocalDate date = rows.getObject("c_date", LocalDate.class);
    if (isInJavaSql(date.atStartOfDay())) {
      check("getDate", date, rows.getDate("c_date"), Date.valueOf(date));
      check("getObject", date, rows.getObject("c_date"), Date.valueOf(date));
      check(
          "getTimestamp",
          date,
          rows.getTimestamp("c_date"),
          Timestamp.valueOf(date.atStartOfDay()));
      check(
          "getDate in UTC",
          date,
          rows.getDate("c_date", calendar("UTC")).getTime(),
          millis(date.atStartOfDay(), "UTC"));
    }
  }

  private void checkTime(ResultSet rows) throws SQLException {
    LocalTime time = rows.getObject("c_time", LocalTime.class);
    if (time != null && !time.equals(LocalTime.MAX)) {
      LocalDateTime timestamp = time.atDate(LocalDate.EPOCH);
      check(
          "getTime",
          time,
          rows.getTime("c_time").getTime(),
          Timestamp.valueOf(timestamp).getTime());
      check("getTime", time, rows.getTime("c_time").toString(), Time.valueOf(time).toString());
      check(
          "getTime in Kolkata",
          time,
          rows.getTime("c_time", calendar("Asia/Kolkata")).getTime(),
          timestamp.atZone(ZoneId.of("Asia/Kolkata")).toInstant().toEpochMilli());
    }
  }

  private void checkTimestamp(ResultSet rows) throws SQLException {
    LocalDateTime timestamp = rows.getObject("c_timestamp", LocalDateTime.class);
    if (isInJavaSql(timestamp)) {
      Timestamp expected = Timestamp.valueOf(timestamp);
      check("getTimestamp", timestamp, rows.getTimestamp("c_timestamp"), expected);
      check("getObject", timestamp, rows.getObject("c_timestamp"), expected);
      check(
          "getObject(Timestamp)",
          timestamp,
          rows.getObject("c_timestamp", Timestamp.class),
          expected);
      check(
          "getDate",
          timestamp,
          rows.getDate("c_timestamp").toString(),
          Date.valueOf(timestamp.toLocalDate()).toString());
      Timestamp inBerlin = rows.getTimestamp("c_timestamp", calendar("Europe/Berlin"));
      check("in Berlin", timestamp, inBerlin.getTime(), millis(timestamp, "Europe/Berlin"));
      check("nanoseconds", timestamp, inBerlin.getNanos(), timestamp.getNano());
    }
  }

  private void checkInstant(ResultSet rows) throws SQLException {
    OffsetDateTime instant = rows.getObject("c_timestamptz", OffsetDateTime.class);
    if (instant == null
        || instant.equals(OffsetDateTime.MAX)
        || instant.equals(OffsetDateTime.MIN)) {
      return;
    }
    Timestamp expected = Timestamp.from(instant.toInstant());
    check("getTimestamp", instant, rows.getTimestamp("c_timestamptz"), expected);
    check(
        "getTimestamp with calendar",
        instant,
        rows.getTimestamp("c_timestamptz", calendar("Asia/Kolkata")),
        expected);
    check("getObject", instant, rows.getObject("c_timestamptz"), instant);
    check(
        "getObject(Instant)",
        instant,
        rows.getObject("c_timestamptz", Instant.class),
        instant.toInstant());
    check(
        "getObject(ZonedDateTime)",
        instant,
        rows.getObject("c_timestamptz", ZonedDateTime.class).toInstant(),
        instant.toInstant());
    check(
        "getObject(LocalDateTime)",
        instant,
        rows.getObject("c_timestamptz", LocalDateTime.class),
        instant.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime());
  }

  @ParameterizedTest
  @EnumSource
  void legacyParametersAreFoundAgain(TestStore.Kind kind) throws Exception {
    try (SampleTable table = SampleTable.filled(kind)) {
      for (String id : ZONES) {
        TimeZone.setDefault(TimeZone.getTimeZone(id));
        try (Connection connection = table.connect();
            PreparedStatement find =
                connection.prepareStatement(
                    "SELECT id FROM samples WHERE c_date = ? AND c_timestamp = ?"
                        + " AND c_timestamp = ? AND c_timestamptz = ? AND c_timestamptz = ?");
            Statement statement = connection.createStatement();
            ResultSet rows =
                statement.executeQuery(
                    "SELECT id, c_date, c_timestamp, c_timestamptz FROM samples"
                        + " WHERE c_timestamp IS NOT NULL AND c_timestamptz IS NOT NULL")) {
          while (rows.next()) {
            LocalDateTime timestamp = rows.getObject("c_timestamp", LocalDateTime.class);
            if (!isInJavaSql(timestamp)
                || !isInJavaSql(rows.getObject("c_date", LocalDate.class).atStartOfDay())) {
              continue;
            }
            find.setDate(1, rows.getDate("c_date"));
            find.setTimestamp(2, rows.getTimestamp("c_timestamp"));
            find.setTimestamp(
                3, rows.getTimestamp("c_timestamp", calendar("UTC")), calendar("UTC"));
            find.setTimestamp(4, rows.getTimestamp("c_timestamptz"));
            find.setObject(5, rows.getTimestamp("c_timestamptz").toInstant());
            try (ResultSet found = find.executeQuery()) {
              check("record", timestamp, found.next() ? found.getInt("id") : -1, rows.getInt("id"));
            }
          }
        }
      }
      softly.assertAll();
    }
  }

  /** Not those that the calendar of {@code java.sql} or the clock in the JVM's zone leaves out. */
  private static boolean isInJavaSql(LocalDateTime timestamp) {
    return timestamp.getYear() != LocalDate.MAX.getYear()
        && timestamp.getYear() != LocalDate.MIN.getYear()
        && timestamp.equals(Timestamp.valueOf(timestamp).toLocalDateTime());
  }

  private static long millis(LocalDateTime timestamp, String zone) {
    GregorianCalendar calendar = calendar(zone);
    calendar.setLenient(true);
    calendar.clear();
    calendar.set(
        Calendar.ERA, timestamp.getYear() > 0 ? GregorianCalendar.AD : GregorianCalendar.BC);
    calendar.set(
        timestamp.getYear() > 0 ? timestamp.getYear() : 1 - timestamp.getYear(),
        timestamp.getMonthValue() - 1,
        timestamp.getDayOfMonth(),
        timestamp.getHour(),
        timestamp.getMinute(),
        timestamp.getSecond());
    return calendar.getTimeInMillis() + timestamp.getNano() / 1_000_000;
  }

  private static GregorianCalendar calendar(String zone) {
    return new GregorianCalendar(TimeZone.getTimeZone(zone));
  }

  private void check(String getter, Object stored, Object actual, Object expected) {
    softly
        .assertThat(actual)
        .as("%s of %s in %s", getter, stored, TimeZone.getDefault().getID())
        .isEqualTo(expected);
  }
}
