package org.metaxyjdbc.jdbc;

import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.TimeZone;

/**
 * The dates and times of {@code java.sql}, which are instants, from and to what a clock in a time
 * zone shows at these. A local time that a zone skips becomes the time after the gap: that is lost
 * in these classes, and is why java.time's are better.
 */
@SuppressWarnings({"JavaUtilDate", "JavaLocalTimeGetNano", "JavaLocalDateTimeGetNano"})
final class LegacyTime {
  /** As PostgreSQL's driver has it, so that programs written for it find it. */
  private static final long INFINITY = 9223372036825200000L;

  private static final long MINUS_INFINITY = -9223372036832400000L;
  private static final int NANOS_PER_MILLI = 1_000_000;
  private static final long MILLIS_PER_SECOND = 1_000;
  private static final long MILLIS_PER_DAY = 86_400_000;
  private static final int GREGORIAN_EVERYWHERE = 1_930;

  private LegacyTime() {}

  /** The start of a day. */
  static Date date(LocalDate date, TimeZone zone) {
    if (date.equals(LocalDate.MAX)) {
      return new Date(INFINITY);
    }
    return new Date(
        date.equals(LocalDate.MIN) ? MINUS_INFINITY : millis(date.atStartOfDay(), zone));
  }

  /** A time of the first day of 1970, with its milliseconds. */
  static Time time(LocalTime time, TimeZone zone) {
    return new Time(millis(time.atDate(LocalDate.EPOCH), zone) + time.getNano() / NANOS_PER_MILLI);
  }

  static Timestamp timestamp(LocalDateTime timestamp, TimeZone zone) {
    if (timestamp.equals(LocalDateTime.MAX)) {
      return new Timestamp(INFINITY);
    }
    if (timestamp.equals(LocalDateTime.MIN)) {
      return new Timestamp(MINUS_INFINITY);
    }
    Timestamp result = new Timestamp(millis(timestamp, zone));
    result.setNanos(timestamp.getNano());
    return result;
  }

  static Timestamp timestamp(OffsetDateTime timestamp) {
    if (timestamp.equals(OffsetDateTime.MAX)) {
      return new Timestamp(INFINITY);
    }
    return timestamp.equals(OffsetDateTime.MIN)
        ? new Timestamp(MINUS_INFINITY)
        : Timestamp.from(timestamp.toInstant());
  }

  /**
   * To the second. Where the zone's clock is not changed on that day, its offset says it all;
   * otherwise a calendar knows what {@code java.sql} makes of it.
   */
  private static long millis(LocalDateTime time, TimeZone zone) {
    if (time.getYear() >= GREGORIAN_EVERYWHERE) {
      long utc = time.toEpochSecond(ZoneOffset.UTC) * MILLIS_PER_SECOND;
      int offset = zone.getOffset(utc - MILLIS_PER_DAY);
      if (offset == zone.getOffset(utc + MILLIS_PER_DAY) && offset == zone.getOffset(utc)) {
        return utc - offset;
      }
    }
    Calendar calendar = new GregorianCalendar(zone);
    calendar.clear();
    int year = time.getYear();
    calendar.set(Calendar.ERA, year > 0 ? GregorianCalendar.AD : GregorianCalendar.BC);
    calendar.set(
        year > 0 ? year : 1 - year,
        time.getMonthValue() - 1,
        time.getDayOfMonth(),
        time.getHour(),
        time.getMinute(),
        time.getSecond());
    return calendar.getTimeInMillis();
  }

  static LocalDate localDate(Date date, TimeZone zone) {
    if (date.getTime() == INFINITY) {
      return LocalDate.MAX;
    }
    return date.getTime() == MINUS_INFINITY ? LocalDate.MIN : local(date, 0, zone).toLocalDate();
  }

  static LocalTime localTime(Time time, TimeZone zone) {
    return local(time, nanosOfMillis(time), zone).toLocalTime();
  }

  static LocalDateTime localDateTime(java.util.Date timestamp, TimeZone zone) {
    if (timestamp.getTime() == INFINITY) {
      return LocalDateTime.MAX;
    }
    return timestamp.getTime() == MINUS_INFINITY
        ? LocalDateTime.MIN
        : local(timestamp, nanos(timestamp), zone);
  }

  static OffsetDateTime instant(java.util.Date timestamp) {
    if (timestamp.getTime() == INFINITY) {
      return OffsetDateTime.MAX;
    }
    return timestamp.getTime() == MINUS_INFINITY
        ? OffsetDateTime.MIN
        : java.time.Instant.ofEpochSecond(
                Math.floorDiv(timestamp.getTime(), 1_000L), nanos(timestamp))
            .atOffset(java.time.ZoneOffset.UTC);
  }

  private static int nanos(java.util.Date date) {
    return date instanceof Timestamp timestamp ? timestamp.getNanos() : nanosOfMillis(date);
  }

  private static int nanosOfMillis(java.util.Date date) {
    return Math.floorMod(date.getTime(), 1_000) * NANOS_PER_MILLI;
  }

  private static LocalDateTime local(java.util.Date date, int nanos, TimeZone zone) {
    Calendar calendar = new GregorianCalendar(zone);
    calendar.setTime(date);
    int year = calendar.get(Calendar.YEAR);
    return LocalDateTime.of(
        calendar.get(Calendar.ERA) == GregorianCalendar.AD ? year : 1 - year,
        calendar.get(Calendar.MONTH) + 1,
        calendar.get(Calendar.DAY_OF_MONTH),
        calendar.get(Calendar.HOUR_OF_DAY),
        calendar.get(Calendar.MINUTE),
        calendar.get(Calendar.SECOND),
        nanos);
  }
}
