package org.metaxyjdbc.metadata;

import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.adapter.FeatureColumns;
import org.metaxyjdbc.adapter.FeatureReference;
import org.metaxyjdbc.adapter.Rows;
import org.metaxyjdbc.plan.StatementPlanner;

/**
 * A feature's dependencies as foreign keys: where its table holds all id columns of the feature it
 * depends on, under the names that the dependency gives them. Nobody enforces them.
 */
public final class ForeignKeyMetadata {
  private static final MetadataColumns FOREIGN_KEYS =
      MetadataColumns.of(
          "PKTABLE_CAT, PKTABLE_SCHEM, PKTABLE_NAME, PKCOLUMN_NAME, FKTABLE_CAT, FKTABLE_SCHEM, FKTABLE_NAME, FKCOLUMN_NAME, KEY_SEQ SMALLINT, UPDATE_RULE SMALLINT, DELETE_RULE SMALLINT, FK_NAME, PK_NAME, DEFERRABILITY SMALLINT");

  private final StatementPlanner planner;

  public ForeignKeyMetadata(StatementPlanner planner) {
    this.planner = planner;
  }

  /** {@link DatabaseMetaData#getImportedKeys}. */
  public ResultSet imported(
      @Nullable String catalog, @Nullable String schema, @Nullable String table)
      throws SQLException {
    return between(
        TableSelection.exactly(planner, null, null, null),
        TableSelection.exactly(planner, catalog, schema, table),
        FeatureReference::parent);
  }

  /** {@link DatabaseMetaData#getExportedKeys}. */
  public ResultSet exported(
      @Nullable String catalog, @Nullable String schema, @Nullable String table)
      throws SQLException {
    return between(
        TableSelection.exactly(planner, catalog, schema, table),
        TableSelection.exactly(planner, null, null, null),
        FeatureReference::child);
  }

  /** {@link DatabaseMetaData#getCrossReference}. */
  public ResultSet crossReference(
      @Nullable String parentCatalog,
      @Nullable String parentSchema,
      @Nullable String parentTable,
      @Nullable String childCatalog,
      @Nullable String childSchema,
      @Nullable String childTable)
      throws SQLException {
    return between(
        TableSelection.exactly(planner, parentCatalog, parentSchema, parentTable),
        TableSelection.exactly(planner, childCatalog, childSchema, childTable),
        FeatureReference::child);
  }

  private ResultSet between(
      TableSelection parents, TableSelection children, Function<FeatureReference, String> order)
      throws SQLException {
    List<FeatureReference> keys =
        FeatureReference.of(
            planner.schema(), parents.tables()::matches, children.tables()::matches);
    keys.sort(Comparator.comparing(order));
    List<@Nullable Object[]> result = new ArrayList<>();
    for (Rows rows : children.rows()) {
      if (rows.areRecords() && parents.rows().contains(rows)) {
        for (FeatureReference key : keys) {
          for (int i = 0; i < key.columns().size(); i++) {
            result.add(row(rows.schemaName(), key, i));
          }
        }
      }
    }
    return FOREIGN_KEYS.rows(result);
  }

  private @Nullable Object[] row(String schema, FeatureReference key, int i) {
    return new Object[] {
      planner.catalog(),
      schema,
      key.parent(),
      key.idColumns().get(i),
      planner.catalog(),
      schema,
      key.child(),
      key.columns().get(i),
      i + 1,
      DatabaseMetaData.importedKeyNoAction,
      DatabaseMetaData.importedKeyNoAction,
      key.name(),
      FeatureColumns.primaryKeyName(key.parent()),
      DatabaseMetaData.importedKeyNotDeferrable
    };
  }
}
