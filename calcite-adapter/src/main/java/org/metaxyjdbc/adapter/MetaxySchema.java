package org.metaxyjdbc.adapter;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.schema.Schema;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.apache.calcite.schema.lookup.Lookup;
import org.apache.calcite.schema.lookup.Named;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.catalog.Feature;
import org.metaxyjdbc.catalog.FeatureCatalog;
import org.metaxyjdbc.catalog.SystemColumn;
import org.metaxyjdbc.store.ConnectionSource;
import org.metaxyjdbc.store.StoreColumn;
import org.metaxyjdbc.store.StoreSnapshot;
import org.metaxyjdbc.store.StoreTable;

/**
 * A store as a Calcite schema. Its tables are the features with their active records; the
 * sub-schemas {@link Rows} show the same features with other rows, and {@code registry} what the
 * store says of itself.
 */
public class MetaxySchema extends AbstractSchema {
  /** The name of the sub-schema that describes the store. */
  public static final String REGISTRY = "registry";

  /**
   * The name of the sub-schema with the views that the SQL standard names. It is none of {@link
   * #schemaNames()}: whoever lists schemas wants features.
   */
  static final String INFORMATION = "information_schema";

  private final StoreSnapshot snapshot;
  private final FeatureCatalog catalog;
  private final ConnectionSource connections;
  private final FeatureView view;
  private final Convention convention;
  private final RegistrySchema registry;
  private final Map<String, Schema> subSchemas = new LinkedHashMap<>();

  /** Whether a name is that of one of the schemas of a store. */
  public static boolean isSchema(String name) {
    return name.equalsIgnoreCase(REGISTRY)
        || Stream.of(Rows.values()).anyMatch(rows -> rows.schemaName().equalsIgnoreCase(name));
  }

  /**
   * Creates a schema.
   *
   * @param snapshot the store as it is now
   * @param project only this Metaxy project's features; null for all
   * @param view the feature versions looked at
   * @param connections used when a table is looked at for the first time
   */
  public MetaxySchema(
      StoreSnapshot snapshot,
      @Nullable String project,
      FeatureView view,
      ConnectionSource connections) {
    this(snapshot, project, view, connections, Convention.NONE);
  }

  /** The same where Calcite's own planner plans the queries: {@code convention} is the store's. */
  MetaxySchema(
      StoreSnapshot snapshot,
      @Nullable String project,
      FeatureView view,
      ConnectionSource connections,
      Convention convention) {
    this.snapshot = snapshot;
    this.catalog = snapshot.catalog().ofProject(project);
    this.connections = connections;
    this.view = view;
    this.convention = convention;
    for (Rows rows : Rows.values()) {
      subSchemas.put(rows.schemaName(), new RowsSchema(rows));
    }
    this.registry = new RegistrySchema(this);
    subSchemas.put(REGISTRY, registry);
    subSchemas.put(INFORMATION, new InformationSchema(this));
  }

  @Override
  protected Map<String, Schema> getSubSchemaMap() {
    return subSchemas;
  }

  @Override
  public Lookup<Table> tables() {
    return requireSchema(Rows.ACTIVE).tables();
  }

  /** The names of the sub-schemas that a session can be set to, and that are listed. */
  public static List<String> schemaNames() {
    List<String> names = new ArrayList<>();
    for (Rows rows : Rows.values()) {
      names.add(rows.schemaName());
    }
    names.add(REGISTRY);
    return names;
  }

  private Schema requireSchema(Rows rows) {
    return requireSchema(rows.schemaName());
  }

  /** A sub-schema by its exact name. */
  Schema requireSchema(String name) {
    Schema schema = subSchemas.get(name);
    if (schema == null) {
      throw new IllegalStateException("no schema " + name);
    }
    return schema;
  }

  /** What the store is called. */
  public String storeName() {
    return snapshot.store().name();
  }

  Convention convention() {
    return convention;
  }

  StoreSnapshot snapshot() {
    return snapshot;
  }

  /** The features in the session's project. */
  public FeatureCatalog catalog() {
    return catalog;
  }

  /** The names of all features and of the tables that look like one, sorted. */
  public Set<String> tableNames() {
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    features().forEach(feature -> names.add(feature.tableName()));
    return names;
  }

  /**
   * All features, and the tables that look like one, in the order of their table names. Looks at
   * none of their tables.
   */
  public List<Feature> features() {
    List<Feature> features = new ArrayList<>(catalog.features());
    for (String name : connections.call(snapshot::unregisteredNames)) {
      features.add(catalog.unregistered(name));
    }
    features.sort(Comparator.comparing(Feature::tableName));
    return features;
  }

  /**
   * Several of {@link #features()} with their columns as they are now, in their order. Reads the
   * store's tables anew, many of them in one query.
   */
  public List<FeatureColumns> columns(List<Feature> features) {
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    features.forEach(feature -> names.add(feature.tableName()));
    Map<String, List<StoreColumn>> written =
        names.isEmpty()
            ? Map.of()
            : connections.call(connection -> snapshot.columns(connection, names));
    List<FeatureColumns> result = new ArrayList<>();
    for (Feature feature : features) {
      List<StoreColumn> columns = written.get(feature.tableName());
      result.add(
          FeatureColumns.of(
              feature,
              columns == null ? FeatureSchema.shownColumns(snapshot.store(), feature) : columns));
    }
    return result;
  }

  /** The tables of the schema {@code registry} and their columns, by name. */
  public SortedMap<String, List<StoreColumn>> registryColumns() {
    return registry.columns();
  }

  /** The names of the tables that stand in the store, features or not. */
  List<String> writtenTableNames() {
    return connections.call(snapshot::tableNames);
  }

  /**
   * The physical table of that name, without the store's prefix. For {@code active.f}, Calcite
   * first asks for a table {@code active}, and for {@code catalog.active.f} for {@code catalog}.
   */
  Optional<StoreTable> storeTable(String tableName) {
    boolean isSchemaName =
        tableName.equalsIgnoreCase(storeName())
            || subSchemas.containsKey(tableName.toLowerCase(Locale.ROOT));
    return connections.call(
        connection ->
            isSchemaName
                ? snapshot.rareTable(connection, tableName)
                : snapshot.table(connection, tableName));
  }

  /**
   * A feature, registered or not; empty where the store has neither an entry nor a table for it.
   */
  public Optional<FeatureTable> featureTable(Rows rows, String name) {
    Optional<Feature> registered = catalog.feature(name);
    if (registered.isEmpty() && snapshot.catalog().feature(name).isPresent()) {
      return Optional.empty();
    }
    Optional<StoreTable> table =
        storeTable(registered.map(Feature::tableName).orElse(name))
            .or(
                () ->
                    registered.map(
                        feature -> FeatureSchema.absentTable(snapshot.store(), feature)));
    if (table.isEmpty()
        || registered.isEmpty()
            && table.get().column(SystemColumn.METAXY_UPDATED_AT.columnName()).isEmpty()) {
      return Optional.empty();
    }
    Feature feature = registered.orElseGet(() -> unregistered(table.get()));
    return Optional.of(new FeatureTable(feature, rows, table.get(), view, convention));
  }

  private Feature unregistered(StoreTable table) {
    String prefix = snapshot.store().physicalName("");
    return catalog.unregistered(table.name().substring(prefix.length()));
  }

  /** The features as {@code rows} shows them. */
  private final class RowsSchema extends AbstractSchema {
    private final Rows rows;
    private final ConcurrentMap<String, Named<Table>> tables = new ConcurrentHashMap<>();

    RowsSchema(Rows rows) {
      this.rows = rows;
    }

    @Override
    public Lookup<Table> tables() {
      return new NamedTables(this::find, MetaxySchema.this::tableNames);
    }

    private @Nullable Named<Table> find(String name) {
      return tables.computeIfAbsent(
          name.toLowerCase(Locale.ROOT),
          key ->
              featureTable(rows, name)
                  .map(table -> new Named<Table>(table.feature().tableName(), table))
                  .orElse(null));
    }
  }
}
