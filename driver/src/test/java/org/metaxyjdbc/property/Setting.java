package org.metaxyjdbc.property;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A setting of the session that changes what statements look at or write.
 *
 * @param value null to reset it
 */
record Setting(Name name, @Nullable String value, Way way) implements Operation {
  /** The settings. */
  enum Name {
    FEATURE_VERSION,
    MATERIALIZATION_ID
  }

  /** How it is set. */
  enum Way {
    SET,
    ALTER_SESSION,
    CLIENT_INFO
  }

  @Override
  public String sql(int number) {
    return value == null
        ? "RESET " + name
        : "%s %s = '%s'"
            .formatted(way == Way.ALTER_SESSION ? "ALTER SESSION SET" : "SET", name, value);
  }

  @Override
  public void run(Run run, int number) throws SQLException {
    if (way == Way.CLIENT_INFO) {
      run.store().connection().setClientInfo(name.name().toLowerCase(java.util.Locale.ROOT), value);
    } else {
      run.set(sql(number));
    }
    if (name == Name.MATERIALIZATION_ID) {
      run.model().materialize(value);
    } else {
      run.model().look(value == null ? PropertyStore.CURRENT : value);
    }
  }
}
