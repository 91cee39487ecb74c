package org.metaxyjdbc.property;

import java.time.Instant;

/** Values as SQL spells them. */
final class Literal {
  private Literal() {}

  static String of(Object value) {
    if (value instanceof String text) {
      return "'" + text.replace("'", "''") + "'";
    }
    if (value instanceof Instant instant) {
      return "TIMESTAMP WITH TIME ZONE '"
          + instant.toString().replace('T', ' ').replace("Z", "+00:00")
          + "'";
    }
    return String.valueOf(value).toUpperCase(java.util.Locale.ROOT);
  }
}
