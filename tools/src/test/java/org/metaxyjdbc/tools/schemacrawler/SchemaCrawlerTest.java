package org.metaxyjdbc.tools.schemacrawler;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.metaxyjdbc.jdbc.MetaxyDataSource;
import org.metaxyjdbc.testing.PredictionStore;
import org.metaxyjdbc.testing.TestStore;
import schemacrawler.inclusionrule.RegularExpressionInclusionRule;
import schemacrawler.schema.Catalog;
import schemacrawler.schema.Column;
import schemacrawler.schema.ForeignKey;
import schemacrawler.schema.Table;
import schemacrawler.schemacrawler.LimitOptionsBuilder;
import schemacrawler.schemacrawler.LoadOptionsBuilder;
import schemacrawler.schemacrawler.SchemaCrawlerOptions;
import schemacrawler.schemacrawler.SchemaCrawlerOptionsBuilder;
import schemacrawler.schemacrawler.SchemaInfoLevelBuilder;
import schemacrawler.tools.utility.SchemaCrawlerUtility;
import us.fatehi.utility.datasource.DatabaseConnectionSources;

/** SchemaCrawler, which asks for all that a driver's metadata can tell. */
class SchemaCrawlerTest {
  /** What SchemaCrawler logs. */
  private static final class Log extends Handler {
    final List<String> records = new ArrayList<>();

    @Override
    public void publish(LogRecord logged) {
      if (logged.getLevel().intValue() >= Level.WARNING.intValue()) {
        records.add(logged.getLevel() + " " + logged.getMessage() + " " + logged.getThrown());
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  private static PredictionStore store(TestStore.Kind kind) throws SQLException {
    PredictionStore store = PredictionStore.create(kind);
    store
        .store()
        .execute(
            """
            UPDATE "metaxy_system__feature_versions" SET "feature_spec" = REPLACE("feature_spec",
              '"deps": [], "description": null',
              '"deps": [{"feature": "models"}], "description": "What a model says"')
            WHERE "feature_key" = 'predictions'
            """);
    return store;
  }

  private static Catalog crawl(PredictionStore store) {
    SchemaCrawlerOptions options =
        SchemaCrawlerOptionsBuilder.newSchemaCrawlerOptions()
            .withLoadOptions(
                LoadOptionsBuilder.builder()
                    .withSchemaInfoLevel(SchemaInfoLevelBuilder.maximum())
                    .toOptions())
            .withLimitOptions(
                LimitOptionsBuilder.builder()
                    .includeRoutines(new RegularExpressionInclusionRule(".*"))
                    .includeSequences(new RegularExpressionInclusionRule(".*"))
                    .includeSynonyms(new RegularExpressionInclusionRule(".*"))
                    .toOptions());
    MetaxyDataSource source = new MetaxyDataSource();
    source.setUrl(store.url());
    return SchemaCrawlerUtility.getCatalog(
        DatabaseConnectionSources.fromDataSource(source), options);
  }

  private static Table table(Catalog catalog, String schema, String name) {
    return catalog.getTables().stream()
        .filter(table -> table.getSchema().getName().equals(schema) && table.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void theWholeCatalogIsRead(TestStore.Kind kind) throws SQLException {
    Log log = new Log();
    Logger logger = Logger.getLogger("");
    logger.addHandler(log);
    Catalog catalog;
    try {
      catalog = crawl(store(kind));
    } finally {
      logger.removeHandler(log);
    }
    assertThat(log.records).isEmpty();

    assertThat(catalog.getSchemas())
        .extracting(schema -> schema.getName())
        .containsExactlyInAnyOrder(
            "active", "include_deleted", "only_deleted", "history", "registry");
    Table predictions = table(catalog, "active", "predictions");
    assertThat(predictions.getRemarks()).isEqualTo("What a model says");
    assertThat(predictions.getColumns())
        .extracting(Column::getName)
        .startsWith("prediction_id", "model", "confidence", "price")
        .contains("metaxy_deleted_at");
    assertThat(predictions.getPrimaryKey().getConstrainedColumns())
        .extracting(column -> column.getName())
        .containsExactly("prediction_id");
    assertThat(predictions.getImportedForeignKeys())
        .singleElement()
        .satisfies(
            key -> {
              assertThat(key.getReferencedTable().getName()).isEqualTo("models");
              assertThat(key.getColumnReferences())
                  .extracting(pair -> pair.getForeignKeyColumn() + " " + pair.getPrimaryKeyColumn())
                  .hasSize(1);
            });
    assertThat(table(catalog, "active", "models").getExportedForeignKeys())
        .extracting(ForeignKey::getForeignKeyTable)
        .containsExactly(predictions);
    assertThat(table(catalog, "history", "predictions").getColumns())
        .extracting(Column::getName)
        .contains("metaxy_valid_from", "metaxy_is_current");
    assertThat(table(catalog, "registry", "features").getColumns()).isNotEmpty();
    assertThat(catalog.getRoutines()).isEmpty();
    assertThat(catalog.getColumnDataTypes()).isNotEmpty();
    assertThat(catalog.getDatabaseInfo().getDatabaseProductName()).startsWith("Metaxy on ");
  }
}
