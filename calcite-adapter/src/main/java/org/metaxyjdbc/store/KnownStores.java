package org.metaxyjdbc.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.metaxyjdbc.error.MetaxyException;

/** The stores that there are dialects for. Each is made when a store wants it. */
public final class KnownStores {
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
   * The dialect of a connection's store.
   *
   * @throws MetaxyException 0A000 if there is none
   */
  public static StoreDialect dialectOf(Connection connection) throws SQLException {
    String product = connection.getMetaData().getDatabaseProductName();
    return switch (product) {
      case H2StoreDialect.PRODUCT -> H2.DIALECT;
      case DuckDbStoreDialect.PRODUCT -> DuckDb.DIALECT;
      case PostgresqlStoreDialect.PRODUCT -> Postgresql.DIALECT;
      default ->
          throw MetaxyException.unsupported(
              "There is no dialect for a store in '%s'; there are ones for %s"
                  .formatted(
                      product,
                      List.of(
                          H2StoreDialect.PRODUCT,
                          DuckDbStoreDialect.PRODUCT,
                          PostgresqlStoreDialect.PRODUCT)));
    };
  }
}
