package org.metaxyjdbc.adapter;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.apache.calcite.schema.lookup.Lookup;
import org.apache.calcite.schema.lookup.Named;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.store.StoreColumn;
import org.metaxyjdbc.store.StoreTable;

/** What a store says of itself, as tables. */
final class RegistrySchema extends AbstractSchema {
  private static final List<String> FEATURE_VERSIONS =
      List.of(
          "project",
          "feature_key",
          "metaxy_feature_version",
          "metaxy_definition_version",
          "recorded_at",
          "feature_spec",
          "feature_schema",
          "feature_class_path",
          "metaxy_project_version",
          "tags",
          "deleted_at");
  private static final List<String> EVENTS =
      List.of("project", "execution_id", "timestamp", "event_type", "feature_key", "payload");

  private final MetaxySchema schema;
  private final Map<String, Supplier<Table>> tables = new TreeMap<>();

  RegistrySchema(MetaxySchema schema) {
    this.schema = schema;
    tables.put("features", () -> RegistryTable.features(schema));
    tables.put("feature_versions", () -> systemTable(featureVersions(), FEATURE_VERSIONS));
    tables.put("events", () -> systemTable(events(), EVENTS));
  }

  private Optional<StoreTable> featureVersions() {
    return schema.snapshot().registry();
  }

  private Optional<StoreTable> events() {
    return schema.storeTable("metaxy_system__events");
  }

  /** The tables and their columns. */
  SortedMap<String, List<StoreColumn>> columns() {
    SortedMap<String, List<StoreColumn>> columns = new TreeMap<>();
    columns.put("features", RegistryTable.columns(RegistryTable.FEATURES));
    columns.put("feature_versions", columns(featureVersions(), FEATURE_VERSIONS));
    columns.put("events", columns(events(), EVENTS));
    return columns;
  }

  private static List<StoreColumn> columns(Optional<StoreTable> table, List<String> ofEmpty) {
    return table.map(StoreTable::columns).orElseGet(() -> RegistryTable.columns(ofEmpty));
  }

  /** A table of Metaxy's own; one without rows where the store has none. */
  private Table systemTable(Optional<StoreTable> table, List<String> columns) {
    return table
        .<Table>map(found -> new SystemTable(found, schema.convention()))
        .orElseGet(() -> RegistryTable.empty(columns, schema.convention()));
  }

  @Override
  public Lookup<Table> tables() {
    return new NamedTables(this::find, tables::keySet);
  }

  private @Nullable Named<Table> find(String name) {
    String key = name.toLowerCase(Locale.ROOT);
    Supplier<Table> table = tables.get(key);
    return table == null ? null : new Named<>(key, table.get());
  }
}
