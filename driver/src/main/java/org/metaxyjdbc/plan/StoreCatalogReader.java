package org.metaxyjdbc.plan;

import java.util.List;
import org.apache.calcite.config.CalciteConnectionConfig;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.sql.validate.SqlNameMatchers;
import org.metaxyjdbc.store.MetaxyTypeFactory;

/**
 * Finds {@code feature}, {@code schema.feature} and {@code catalog.schema.feature}, whatever their
 * case.
 */
final class StoreCatalogReader extends CalciteCatalogReader {
  /**
   * Creates it.
   *
   * @param defaultSchema the catalog and the schema in which a name alone is looked up
   */
  StoreCatalogReader(
      CalciteSchema root, List<String> defaultSchema, CalciteConnectionConfig config) {
    super(
        root,
        SqlNameMatchers.withCaseSensitive(false),
        List.of(defaultSchema, defaultSchema.subList(0, 1), List.of()),
        MetaxyTypeFactory.INSTANCE,
        config);
  }
}
