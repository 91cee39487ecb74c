package org.metaxyjdbc.metadata;

import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.adapter.FeatureColumns;
import org.metaxyjdbc.adapter.MetaxySchema;
import org.metaxyjdbc.adapter.Rows;
import org.metaxyjdbc.catalog.Feature;
import org.metaxyjdbc.catalog.FeatureSpec;
import org.metaxyjdbc.plan.StatementPlanner;
import org.metaxyjdbc.store.StoreColumn;

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

  /** A feature, another that it depends on, and their columns pair by pair. */
  private record ForeignKey(
      String child, List<String> columns, String parent, List<String> idColumns) {}

  /** {@link DatabaseMetaData#getImportedKeys}. */
  public ResultSet imported(
      @Nullable String catalog, @Nullable String schema, @Nullable String table)
      throws SQLException {
    return between(
        TableSelection.exactly(planner, null, null, null),
        TableSelection.exactly(planner, catalog, schema, table),
        ForeignKey::parent);
  }

  /** {@link DatabaseMetaData#getExportedKeys}. */
  public ResultSet exported(
      @Nullable String catalog, @Nullable String schema, @Nullable String table)
      throws SQLException {
    return between(
        TableSelection.exactly(planner, catalog, schema, table),
        TableSelection.exactly(planner, null, null, null),
        ForeignKey::child);
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
        ForeignKey::child);
  }

  private ResultSet between(
      TableSelection parents, TableSelection children, Function<ForeignKey, String> order)
      throws SQLException {
    List<ForeignKey> keys = keys(planner.schema(), parents.tables(), children.tables());
    keys.sort(Comparator.comparing(order));
    List<@Nullable Object[]> result = new ArrayList<>();
    for (Rows rows : children.rows()) {
      if (rows.areRecords() && parents.rows().contains(rows)) {
        for (ForeignKey key : keys) {
          for (int i = 0; i < key.columns().size(); i++) {
            result.add(row(rows.schemaName(), key, i));
          }
        }
      }
    }
    return FOREIGN_KEYS.rows(result);
  }

  private static List<ForeignKey> keys(
      MetaxySchema schema, NamePattern parents, NamePattern children) {
    Map<String, Feature> involved = new TreeMap<>();
    Map<String, List<FeatureSpec.Dependency>> dependencies = new TreeMap<>();
    for (Feature child : schema.catalog().features()) {
      if (child.spec() != null && children.matches(child.tableName())) {
        for (FeatureSpec.Dependency dependency : child.spec().dependencies()) {
          String name = dependency.feature().tableName();
          Optional<Feature> parent = schema.catalog().feature(name);
          if (parent.isPresent() && parents.matches(name) && !dependency.isAggregation()) {
            involved.put(child.tableName(), child);
            involved.put(name, parent.get());
            dependencies
                .computeIfAbsent(child.tableName(), key -> new ArrayList<>())
                .add(dependency);
          }
        }
      }
    }
    Map<String, FeatureColumns> tables = new HashMap<>();
    for (FeatureColumns table : schema.columns(List.copyOf(involved.values()))) {
      tables.put(table.feature().tableName(), table);
    }
    List<ForeignKey> keys = new ArrayList<>();
    dependencies.forEach(
        (child, of) -> {
          for (FeatureSpec.Dependency dependency : of) {
            key(tables.get(child), dependency, tables).ifPresent(keys::add);
          }
        });
    return keys;
  }

  private static Optional<ForeignKey> key(
      @Nullable FeatureColumns child,
      FeatureSpec.Dependency dependency,
      Map<String, FeatureColumns> tables) {
    FeatureColumns parent = tables.get(dependency.feature().tableName());
    if (parent == null || child == null || parent.feature().idColumns().isEmpty()) {
      return Optional.empty();
    }
    List<String> columns = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    for (String id : parent.feature().idColumns()) {
      Optional<StoreColumn> column = child.column(dependency.rename().getOrDefault(id, id));
      if (column.isEmpty()) {
        return Optional.empty();
      }
      columns.add(column.get().name());
      ids.add(parent.column(id).map(StoreColumn::name).orElse(id));
    }
    return Optional.of(
        new ForeignKey(child.feature().tableName(), columns, parent.feature().tableName(), ids));
  }

  private @Nullable Object[] row(String schema, ForeignKey key, int i) {
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
      key.child() + "_" + key.parent() + "_fkey",
      KeyMetadata.primaryKeyName(key.parent()),
      DatabaseMetaData.importedKeyNotDeferrable
    };
  }
}
