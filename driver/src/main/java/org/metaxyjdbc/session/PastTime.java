package org.metaxyjdbc.session;

import java.time.Instant;
import java.time.OffsetDateTime;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;
import org.metaxyjdbc.store.TimeText;

/** The setting {@code as_of}: a time that has been, in UTC, with microseconds. */
final class PastTime {
  private PastTime() {}

  /**
   * The time that a text means.
   *
   * @throws MetaxyException 22007 where it is none, 22023 where it is yet to come
   */
  static OffsetDateTime parse(String text) {
    OffsetDateTime time =
        TimeText.parse(text)
            .map(TimeText::instant)
            .orElseThrow(
                () ->
                    new MetaxyException(
                        SqlState.INVALID_DATETIME,
                        "Setting 'as_of' cannot be '%s'; it can be a time such as 2024-01-31 10:30:00.123456, which is UTC where no zone is given, or none"
                            .formatted(text)));
    if (time.toInstant().isAfter(Instant.now())) {
      throw new MetaxyException(
          SqlState.INVALID_PARAMETER_VALUE,
          "Setting 'as_of' cannot be %s, which is in the future".formatted(time));
    }
    return time;
  }
}
