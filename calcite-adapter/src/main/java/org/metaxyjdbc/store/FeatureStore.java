package org.metaxyjdbc.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.catalog.FeatureCatalog;
import org.metaxyjdbc.catalog.Registration;
import org.metaxyjdbc.catalog.SystemColumn;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;

/**
 * A database that holds Metaxy's tables, shared by the connections to it. Holds no connection
 * itself: each call brings its own. Safe for use by several threads.
 */
public final class FeatureStore {
  /** The registry's table, without the store's prefix. */
  public static final String REGISTRY_TABLE = "metaxy_system__feature_versions";

  private static final long RECENT_MILLIS = 100;
  private static final String SYSTEM_TABLES = "metaxy_system__";
  private static final int FEW_TABLES = 4;

  private final StoreDialect dialect;
  private final String schema;
  private final StoreSettings settings;
  private volatile @Nullable StoreSnapshot snapshot;
  private volatile long lookedAt;

  private FeatureStore(StoreDialect dialect, String schema, StoreSettings settings) {
    this.dialect = dialect;
    this.schema = schema;
    this.settings = settings;
  }

  /** The store behind a connection. */
  public static FeatureStore of(Connection connection, StoreSettings settings) throws SQLException {
    String schema = settings.schema() != null ? settings.schema() : connection.getSchema();
    return new FeatureStore(KnownStores.dialectOf(connection), schema, settings);
  }

  /** What it is called: the JDBC catalog of its schemas. */
  public String name() {
    return settings.name();
  }

  public StoreDialect dialect() {
    return dialect;
  }

  /** The schema of the tables in the store. */
  public String schema() {
    return schema;
  }

  /** The physical name of a feature's or system table. */
  public String physicalName(String tableName) {
    return settings.tablePrefix() + tableName;
  }

  /**
   * What the store says of itself, as of the last {@value #RECENT_MILLIS} milliseconds: what others
   * push to the registry is seen with that delay, and a statement does not pay for looking.
   */
  public StoreSnapshot recentSnapshot(Connection connection) throws SQLException {
    StoreSnapshot known = snapshot;
    return known != null && System.nanoTime() - lookedAt < RECENT_MILLIS * 1_000_000L
        ? known
        : snapshot(connection);
  }

  /**
   * What the store says of itself now; the same object as before where the registry has not
   * changed.
   */
  public StoreSnapshot snapshot(Connection connection) throws SQLException {
    StoreSnapshot known = snapshot;
    lookedAt = System.nanoTime();
    Optional<StoreTable> registry =
        known != null && known.registry().isPresent()
            ? known.registry()
            : dialect.table(connection, schema, physicalName(REGISTRY_TABLE));
    String state = registry.isPresent() ? stateOf(connection, registry.get()) : "";
    if (known != null && known.state().equals(state)) {
      return known;
    }
    List<Registration> registrations =
        registry.isPresent() ? newest(connection, registry.get()) : List.of();
    StoreSnapshot read =
        new StoreSnapshot(
            this, state, registry, new FeatureCatalog(registrations, settings.idColumns()));
    snapshot = read;
    return read;
  }

  /** Forgets what is known of tables and registry, as after DDL. */
  public void invalidate() {
    snapshot = null;
  }

  /** Rows of the registry are only ever appended. */
  private String stateOf(Connection connection, StoreTable registry) throws SQLException {
    String sql =
        "SELECT COUNT(*), MAX(%s) FROM %s".formatted(quote("recorded_at"), quoted(registry));
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet rows = statement.executeQuery()) {
      rows.next();
      return rows.getLong(1) + " " + rows.getString(2);
    }
  }

  /** The newest row of each project and feature key. */
  private List<Registration> newest(Connection connection, StoreTable registry)
      throws SQLException {
    List<String> columns =
        List.of(
            "project",
            "feature_key",
            "metaxy_feature_version",
            "metaxy_definition_version",
            "recorded_at",
            "feature_spec",
            "feature_schema",
            "metaxy_project_version");
    for (String column : columns) {
      if (registry.column(column).isEmpty()) {
        throw new MetaxyException(
            SqlState.INVALID_STORE,
            "Table '%s' has no column '%s', so it is not a registry of Metaxy's"
                .formatted(registry.name(), column));
      }
    }
    String list = String.join(", ", columns.stream().map(this::quote).toList());
    String sql =
        "SELECT %s FROM (SELECT %s, ROW_NUMBER() OVER (PARTITION BY %s, %s ORDER BY %s DESC) AS age FROM %s) AS r WHERE age = 1"
            .formatted(
                list,
                list,
                quote("project"),
                quote("feature_key"),
                quote("recorded_at"),
                quoted(registry));
    List<Registration> registrations = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        String key = rows.getString(2);
        if (key != null) {
          registrations.add(
              new Registration(
                  rows.getString(1),
                  key,
                  rows.getString(3),
                  rows.getString(4),
                  rows.getObject(5, LocalDateTime.class),
                  rows.getString(6),
                  rows.getString(7),
                  rows.getString(8)));
        }
      }
    }
    return registrations;
  }

  /** The physical table of a feature; empty where it was never written. */
  Optional<StoreTable> readTable(Connection connection, String tableName) throws SQLException {
    return dialect.table(connection, schema, physicalName(tableName));
  }

  /**
   * The columns of tables by their names without prefix: table by table where they are few, else
   * all in one query.
   */
  Map<String, List<StoreColumn>> readColumns(Connection connection, Set<String> tableNames)
      throws SQLException {
    StoreColumnReader reader = new StoreColumnReader(connection, schema);
    Map<String, List<StoreColumn>> columns = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    if (tableNames.size() > FEW_TABLES) {
      reader
          .columnsOfAll(settings.tablePrefix())
          .forEach((name, ofTable) -> columns.put(withoutPrefix(name), ofTable));
      return columns;
    }
    for (String name : tableNames) {
      for (String spelling : StoreDialect.spellings(physicalName(name))) {
        if (!columns.containsKey(name)) {
          List<StoreColumn> ofTable = reader.columns(spelling);
          if (!ofTable.isEmpty()) {
            columns.put(name, ofTable);
          }
        }
      }
    }
    return columns;
  }

  /** The names, without prefix, of all tables but Metaxy's own, features or not. */
  List<String> readTableNames(Connection connection) throws SQLException {
    List<String> names = new ArrayList<>();
    for (String table : new StoreColumnReader(connection, schema).tables(settings.tablePrefix())) {
      String name = withoutPrefix(table);
      if (!name.regionMatches(true, 0, SYSTEM_TABLES, 0, SYSTEM_TABLES.length())) {
        names.add(name);
      }
    }
    return names;
  }

  /**
   * The names, without prefix, of the tables that have Metaxy's system columns and that {@code
   * catalog} does not register.
   */
  Set<String> readUnregisteredNames(Connection connection, FeatureCatalog catalog)
      throws SQLException {
    Set<String> names = new HashSet<>();
    for (String name : readTableNames(connection)) {
      if (catalog.feature(name).isEmpty()) {
        names.add(name);
      }
    }
    if (names.isEmpty()) {
      return names;
    }
    StoreColumnReader reader = new StoreColumnReader(connection, schema);
    Set<String> features = new HashSet<>();
    String column = SystemColumn.METAXY_UPDATED_AT.columnName();
    for (String spelling : List.of(column, column.toUpperCase(Locale.ROOT))) {
      reader
          .tablesWithColumn(settings.tablePrefix(), spelling)
          .forEach(name -> features.add(withoutPrefix(name)));
    }
    names.retainAll(features);
    return names;
  }

  private String withoutPrefix(String physicalName) {
    return physicalName.substring(settings.tablePrefix().length());
  }

  private String quoted(StoreTable table) {
    return String.join(".", table.path().stream().map(this::quote).toList());
  }

  private String quote(String name) {
    return dialect.sqlDialect().quoteIdentifier(name);
  }
}
