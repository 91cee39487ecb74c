package org.metaxyjdbc.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.metaxyjdbc.catalog.FeatureCatalog;

/**
 * A store's features and tables at one state of its registry. Tables are looked at when they are
 * first asked for; opening a store reads none.
 */
public final class StoreSnapshot {
  private final FeatureStore store;
  private final String state;
  private final Optional<StoreTable> registry;
  private final FeatureCatalog catalog;
  private final ConcurrentMap<String, StoreTable> tables = new ConcurrentHashMap<>();
  private final Set<String> absent = ConcurrentHashMap.newKeySet();

  StoreSnapshot(
      FeatureStore store, String state, Optional<StoreTable> registry, FeatureCatalog catalog) {
    this.store = store;
    this.state = state;
    this.registry = registry;
    this.catalog = catalog;
  }

  public FeatureStore store() {
    return store;
  }

  String state() {
    return state;
  }

  /** The registry's table; empty for a store without one. */
  public Optional<StoreTable> registry() {
    return registry;
  }

  public FeatureCatalog catalog() {
    return catalog;
  }

  /** The physical table with that name, without the store's prefix; empty where there is none. */
  public Optional<StoreTable> table(Connection connection, String tableName) throws SQLException {
    String key = tableName.toLowerCase(Locale.ROOT);
    StoreTable known = tables.get(key);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<StoreTable> read = store.readTable(connection, tableName);
    read.ifPresent(table -> tables.put(key, table));
    return read;
  }

  /**
   * The same for a name that is asked for again and again and hardly ever has a table: that there
   * is none is remembered until the registry changes.
   */
  public Optional<StoreTable> rareTable(Connection connection, String tableName)
      throws SQLException {
    String key = tableName.toLowerCase(Locale.ROOT);
    if (absent.contains(key)) {
      return Optional.empty();
    }
    Optional<StoreTable> read = table(connection, tableName);
    if (read.isEmpty()) {
      absent.add(key);
    }
    return read;
  }

  /**
   * The columns of tables as they are now, by the tables' names without prefix, whatever their
   * case; reads them anew, those of many tables in one query. May hold more than was asked for.
   */
  public Map<String, List<StoreColumn>> columns(Connection connection, Set<String> tableNames)
      throws SQLException {
    return store.readColumns(connection, tableNames);
  }

  /** The names, without prefix, of all tables but Metaxy's own, features or not. */
  public List<String> tableNames(Connection connection) throws SQLException {
    return store.readTableNames(connection);
  }

  /**
   * The names, without prefix, of the tables that have Metaxy's system columns and are not
   * registered. Looks at no table that is.
   */
  public Set<String> unregisteredNames(Connection connection) throws SQLException {
    return store.readUnregisteredNames(connection, catalog);
  }
}
