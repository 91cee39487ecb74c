package org.metaxyjdbc.adapter;

import java.util.Locale;

/** Which rows of a feature a schema shows. */
public enum Rows {
  /** The current version of each record; what is deleted is hidden. */
  ACTIVE,
  /** The current version of each record, tombstones among them. */
  INCLUDE_DELETED,
  /** The current version of each record that is a tombstone. */
  ONLY_DELETED,
  /** Every version, with the time during which it was current. */
  HISTORY;

  /** The name of the schema. */
  public String schemaName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
