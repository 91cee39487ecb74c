package org.metaxyjdbc.tools.hibernate;

import org.hibernate.dialect.PostgreSQLDialect;
import org.jspecify.annotations.Nullable;

/**
 * What a user sets whose schema is to be validated: Hibernate would list the sequences from the
 * store's own catalog.
 */
public final class DialectWithoutSequences extends PostgreSQLDialect {
  @Override
  public @Nullable String getQuerySequencesString() {
    return null;
  }
}
