package org.metaxyjdbc.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import org.metaxyjdbc.error.MetaxyException;

/** The stores that there are dialects for. Each is made when a store wants it. */
final class KnownStores {
  private static final class H2 {
    static final StoreDialect DIALECT = new H2StoreDialect();
  }

  private static final class DuckDb {
    static final StoreDialect DIALECT = new DuckDbStoreDialect();
  }

  private static final class Postgresql {
    static final StoreDialect DIALECT = new PostgresqlStoreDialect();
  }

  private KnownStores() {}

  /**
   * The dialect of the store behind a connection.
   *
   * @throws MetaxyException 0A000 where there is none for it
   */
  static StoreDialect dialectOf(Connection connection) throws SQLException {
    String product = connection.getMetaData().getDatabaseProductName();
    return switch (product.toLowerCase(Locale.ROOT)) {
      case "h2" -> H2.DIALECT;
      case "duckdb" -> DuckDb.DIALECT;
      case "postgresql" -> Postgresql.DIALECT;
      default ->
          throw MetaxyException.unsupported(
              "There is no dialect for a store in '%s'; there are ones for [H2, DuckDB, PostgreSQL]"
                  .formatted(product));
    };
  }
}
