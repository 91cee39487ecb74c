package org.metaxyjdbc.tools.jooq;

import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jooq.meta.jdbc.JDBCDatabase;

/** Keeps jOOQ's code generator from the catalog of the product that the URL names. */
public final class MetaxyDatabase extends JDBCDatabase {
  @Override
  protected DSLContext create0() {
    return DSL.using(getConnection(), SQLDialect.DEFAULT);
  }
}
