package org.metaxyjdbc.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;
import org.metaxyjdbc.plan.StatementCatalogs;

/**
 * The catalogs of a connection, one a store: the one that the URL names, and the others of the same
 * project, which are opened when they are first asked for.
 */
final class Catalogs {
  /** Opens a store of the project. */
  @FunctionalInterface
  interface Opener {
    OpenCatalog open(String name) throws SQLException;
  }

  private final Map<String, @Nullable OpenCatalog> catalogs =
      new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Opener opener;
  private final OpenCatalog first;
  private OpenCatalog current;

  /**
   * The catalogs of a new connection.
   *
   * @param names of all stores of the project, the first one among them
   */
  Catalogs(OpenCatalog first, List<String> names, Opener opener) {
    this.first = first;
    this.current = first;
    this.opener = opener;
    names.forEach(name -> catalogs.put(name, null));
    catalogs.put(first.name(), first);
  }

  OpenCatalog current() {
    return current;
  }

  /** The names, in order. */
  List<String> names() {
    return List.copyOf(catalogs.keySet());
  }

  boolean has(String name) {
    return catalogs.containsKey(name);
  }

  /**
   * The catalogs that a name means in a call of metadata.
   *
   * @param name null for all that can be opened
   * @param unopened is told why another one cannot be opened
   */
  List<OpenCatalog> of(@Nullable String name, Consumer<SQLException> unopened) throws SQLException {
    if (catalogs.size() == 1) {
      return List.of(current);
    }
    if (name != null) {
      return List.of(has(name) ? get(name) : current);
    }
    List<OpenCatalog> all = new ArrayList<>();
    for (String each : names()) {
      try {
        all.add(get(each));
      } catch (SQLException e) {
        unopened.accept(e);
      }
    }
    return all;
  }

  /**
   * The catalog of a name.
   *
   * @throws SQLException 3D000 where there is none, or what its store cannot be opened for
   */
  OpenCatalog get(String name) throws SQLException {
    if (!has(name)) {
      throw new MetaxyException(
              SqlState.CATALOG_NOT_FOUND,
              "There is no catalog '%s'; there are %s".formatted(name, names()))
          .toSqlException();
    }
    OpenCatalog open = catalogs.get(name);
    if (open == null) {
      try {
        open = opener.open(name);
      } catch (MetaxyException e) {
        throw e.toSqlException();
      }
      catalogs.put(name, open);
    }
    return open;
  }

  /**
   * The catalog, other than the current one, of the tables that a statement names.
   *
   * @return null where it names no other
   * @throws SQLException 0A000 where it names tables of two catalogs, 42000 where it is no
   *     statement
   */
  @Nullable String namedBy(String sql, String current) throws SQLException {
    if (catalogs.size() == 1) {
      return null;
    }
    String lower = sql.toLowerCase(Locale.ROOT);
    if (catalogs.keySet().stream()
        .filter(name -> !name.equalsIgnoreCase(current))
        .noneMatch(name -> lower.contains(name.toLowerCase(Locale.ROOT)))) {
      return null;
    }
    Set<String> named;
    try {
      named = StatementCatalogs.of(sql, current);
    } catch (MetaxyException e) {
      throw e.toSqlException();
    }
    named.retainAll(catalogs.keySet());
    if (named.size() > 1) {
      throw MetaxyException.unsupported(
              "The statement names tables of the catalogs %s; a statement is of one store"
                  .formatted(named))
          .toSqlException();
    }
    return named.stream().filter(name -> !name.equalsIgnoreCase(current)).findFirst().orElse(null);
  }

  void makeCurrent(String name) throws SQLException {
    current = get(name);
  }

  /** Makes the one that the URL names the current one again. */
  void reset() {
    current = first;
  }

  /** Those that are open. */
  List<OpenCatalog> open() {
    List<OpenCatalog> open = new ArrayList<>();
    for (OpenCatalog catalog : catalogs.values()) {
      if (catalog != null) {
        open.add(catalog);
      }
    }
    return open;
  }

  void close() throws SQLException {
    SQLException failure = null;
    for (OpenCatalog catalog : open()) {
      try {
        catalog.close();
      } catch (SQLException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
