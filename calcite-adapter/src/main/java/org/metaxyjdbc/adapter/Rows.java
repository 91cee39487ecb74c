package org.metaxyjdbc.adapter;

import java.util.Locale;
import org.metaxyjdbc.catalog.Feature;

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

  /** Whether the schema has one row a record, which the id columns identify. */
  public boolean areRecords() {
    return this != HISTORY;
  }

  /** Whether a feature can be read in the schema: versions always, records with id columns only. */
  public boolean canShow(Feature feature) {
    return !areRecords() || !feature.idColumns().isEmpty();
  }

  /** The name of the schema. */
  public String schemaName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
