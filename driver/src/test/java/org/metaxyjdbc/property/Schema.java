package org.metaxyjdbc.property;

import java.util.Locale;

/** The schemas in which a feature is shown. */
enum Schema {
  ACTIVE,
  INCLUDE_DELETED,
  ONLY_DELETED,
  HISTORY;

  /** The feature in this schema, as SQL names it. */
  String table() {
    return name().toLowerCase(Locale.ROOT) + ".f";
  }
}
