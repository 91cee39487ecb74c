package org.metaxyjdbc.metadata;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.adapter.MetaxySchema;
import org.metaxyjdbc.adapter.Rows;
import org.metaxyjdbc.catalog.Feature;
import org.metaxyjdbc.catalog.FeatureSpec;
import org.metaxyjdbc.plan.StatementPlanner;

/**
 * Catalogs, schemas and tables. Everything is of the type {@code TABLE}, the registry too: many
 * tools never show a SYSTEM TABLE, and the registry has a schema of its own anyway.
 */
public final class TableMetadata {
  private static final String TABLE = "TABLE";

  private static final MetadataColumns CATALOGS = MetadataColumns.of("TABLE_CAT");
  private static final MetadataColumns SCHEMAS = MetadataColumns.of("TABLE_SCHEM, TABLE_CATALOG");
  private static final MetadataColumns TABLE_TYPES = MetadataColumns.of("TABLE_TYPE");
  private static final MetadataColumns TABLES =
      MetadataColumns.of(
          "TABLE_CAT, TABLE_SCHEM, TABLE_NAME, TABLE_TYPE, REMARKS, TYPE_CAT, TYPE_SCHEM, TYPE_NAME, SELF_REFERENCING_COL_NAME, REF_GENERATION");

  private static final Map<String, String> REGISTRY_REMARKS =
      Map.of(
          "features", "The features of this store, the unregistered tables among them",
          "feature_versions", "Every registration of a feature, as Metaxy pushed it",
          "events", "Metaxy's events");

  private final StatementPlanner planner;

  public TableMetadata(StatementPlanner planner) {
    this.planner = planner;
  }

  /**
   * {@link java.sql.DatabaseMetaData#getCatalogs}: the stores.
   *
   * @param names of the catalogs, in order
   */
  public static ResultSet catalogs(List<String> names) {
    return CATALOGS.rows(names.stream().map(name -> new Object[] {name}).toList());
  }

  /** {@link java.sql.DatabaseMetaData#getTableTypes}. */
  public static ResultSet tableTypes() {
    return TABLE_TYPES.rows(new Object[][] {{TABLE}});
  }

  /** {@link java.sql.DatabaseMetaData#getSchemas(String, String)}. */
  public ResultSet schemas(@Nullable String catalog, @Nullable String schemaPattern) {
    return SCHEMAS.rows(
        TableSelection.like(planner, catalog, schemaPattern, null).schemaNames().stream()
            .map(schema -> new Object[] {schema, planner.catalog()})
            .toList());
  }

  /** {@link java.sql.DatabaseMetaData#getTables}. Looks at no table of a feature. */
  public ResultSet tables(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String tablePattern,
      String @Nullable [] types)
      throws SQLException {
    if (types != null && Arrays.stream(types).noneMatch(TABLE::equalsIgnoreCase)) {
      return TABLES.none();
    }
    TableSelection selection = TableSelection.like(planner, catalog, schemaPattern, tablePattern);
    List<Feature> features = selection.features(planner.schema());
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (Rows shown : selection.rows()) {
      for (Feature feature : features) {
        if (shown.canShow(feature)) {
          rows.add(table(shown.schemaName(), feature.tableName(), remarks(feature)));
        }
      }
    }
    if (selection.registry()) {
      REGISTRY_REMARKS.keySet().stream()
          .filter(selection.tables()::matches)
          .sorted()
          .forEach(
              name -> rows.add(table(MetaxySchema.REGISTRY, name, REGISTRY_REMARKS.get(name))));
    }
    return TABLES.rows(rows);
  }

  private @Nullable Object[] table(String schema, String name, @Nullable String remarks) {
    return new @Nullable Object[] {
      planner.catalog(), schema, name, TABLE, remarks, null, null, null, null, null
    };
  }

  private static @Nullable String remarks(Feature feature) {
    FeatureSpec spec = feature.spec();
    if (spec != null) {
      return spec.description();
    }
    return feature.idColumns().isEmpty()
        ? "Its id columns are not known; name them with the connection property metaxy.id_columns"
        : null;
  }
}
