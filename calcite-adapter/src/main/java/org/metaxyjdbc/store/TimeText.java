package org.metaxyjdbc.store;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A date or a time as people type it: {@code 2024-01-31}, {@code 2024-01-31 10:30}, {@code
 * 2024-01-31T10:30:00.123456+02:00}. Without a zone it is UTC; what is below a microsecond is cut
 * off.
 *
 * @param date the date as written
 * @param instant the instant that is meant, in UTC; for a date, its beginning
 */
public record TimeText(LocalDate date, OffsetDateTime instant) {
  private static final Pattern FORM =
      Pattern.compile(
          "(\\d{4}-\\d\\d-\\d\\d)(?:[T ](\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d{1,9})?)?) *(Z|UTC|[+-]\\d\\d(?::?\\d\\d)?)?)?",
          Pattern.CASE_INSENSITIVE);

  /** Parses text; empty where it is of no such form, or no date that there is. */
  public static Optional<TimeText> parse(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      LocalDate date = LocalDate.parse(matcher.group(1));
      LocalTime time =
          matcher.group(2) == null ? LocalTime.MIDNIGHT : LocalTime.parse(matcher.group(2));
      String zone = matcher.group(3) == null ? "Z" : matcher.group(3).toUpperCase(Locale.ROOT);
      OffsetDateTime written =
          date.atTime(time.truncatedTo(ChronoUnit.MICROS))
              .atOffset(ZoneOffset.of(zone.equals("UTC") ? "Z" : zone));
      return Optional.of(new TimeText(date, written.withOffsetSameInstant(ZoneOffset.UTC)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
