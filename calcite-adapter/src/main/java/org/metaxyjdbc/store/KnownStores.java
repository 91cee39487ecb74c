package org.metaxyjdbc.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.metaxyjdbc.error.MetaxyException;

/** The stores that there are dialects for. */
final class KnownStores {
  private static final List<StoreDialect> DIALECTS =
      List.of(new H2StoreDialect(), new DuckDbStoreDialect(), new PostgresqlStoreDialect());

  private KnownStores() {}

  /**
   * The dialect of the store behind a connection.
   *
   * @throws MetaxyException 0A000 where there is none for it
   */
  static StoreDialect dialectOf(Connection connection) throws SQLException {
    String product = connection.getMetaData().getDatabaseProductName();
    return DIALECTS.stream()
        .filter(dialect -> dialect.productName().equalsIgnoreCase(product))
        .findFirst()
        .orElseThrow(
            () ->
                MetaxyException.unsupported(
                    "There is no dialect for a store in '%s'; there are ones for %s"
                        .formatted(
                            product, DIALECTS.stream().map(StoreDialect::productName).toList())));
  }
}
