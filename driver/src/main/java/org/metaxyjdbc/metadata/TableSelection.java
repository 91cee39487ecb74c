package org.metaxyjdbc.metadata;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.adapter.MetaxySchema;
import org.metaxyjdbc.adapter.Rows;
import org.metaxyjdbc.catalog.Feature;
import org.metaxyjdbc.plan.StatementPlanner;

/**
 * The tables that the arguments of a metadata call choose.
 *
 * @param store the name of the one catalog that there is
 */
record TableSelection(String store, NamePattern catalog, NamePattern schemas, NamePattern tables) {
  /** By a catalog's name, and patterns. */
  static TableSelection like(
      StatementPlanner planner,
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String tablePattern) {
    return new TableSelection(
        planner.catalog(),
        NamePattern.exactly(catalog),
        NamePattern.of(schemaPattern),
        NamePattern.of(tablePattern));
  }

  /** By names that are no patterns. */
  static TableSelection exactly(
      StatementPlanner planner,
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table) {
    return new TableSelection(
        planner.catalog(),
        NamePattern.exactly(catalog),
        NamePattern.exactly(schema),
        NamePattern.exactly(table));
  }

  /** The schemas of features, in the order of their names. */
  List<Rows> rows() {
    return Stream.of(Rows.values())
        .filter(rows -> schema(rows.schemaName()))
        .sorted(Comparator.comparing(Rows::schemaName))
        .toList();
  }

  boolean registry() {
    return schema(MetaxySchema.REGISTRY);
  }

  /** The names of all schemas, in order. */
  List<String> schemaNames() {
    List<String> names = new ArrayList<>(rows().stream().map(Rows::schemaName).toList());
    if (registry()) {
      names.add(MetaxySchema.REGISTRY);
    }
    names.sort(null);
    return names;
  }

  private boolean schema(String name) {
    return catalog.matches(store) && schemas.matches(name);
  }

  /** The features; none where no schema of features is chosen. */
  List<Feature> features(MetaxySchema schema) {
    if (rows().isEmpty()) {
      return List.of();
    }
    Optional<Feature> registered = tables.name().flatMap(schema.catalog()::feature);
    return registered.isPresent()
        ? List.of(registered.get())
        : schema.features().stream()
            .filter(feature -> tables.matches(feature.tableName()))
            .toList();
  }
}
