package org.metaxyjdbc.property;

import java.time.Instant;

/** A row that a schema shows; the last three are those of {@code history} and null elsewhere. */
record Shown(Row row, Instant validFrom, Instant validTo, Boolean isCurrent) {
  static Shown of(Row row) {
    return new Shown(row, null, null, null);
  }
}
