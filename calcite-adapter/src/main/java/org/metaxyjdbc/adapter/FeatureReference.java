package org.metaxyjdbc.adapter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.catalog.Feature;
import org.metaxyjdbc.catalog.FeatureSpec;
import org.metaxyjdbc.store.StoreColumn;

/**
 * A dependency of a feature as a foreign key: its table holds all id columns of the feature it
 * depends on, under the names that the dependency gives them. Nobody enforces it.
 *
 * @param child the table of the feature that depends
 * @param columns its columns, pair by pair with {@code idColumns}
 * @param parent the table of the feature that it depends on
 * @param idColumns the id columns of that
 */
public record FeatureReference(
    String child, List<String> columns, String parent, List<String> idColumns) {
  /** The name of the key. */
  public String name() {
    return child + "_" + parent + "_fkey";
  }

  /**
   * The references between features.
   *
   * @param parents chooses the features that are referred to, by the names of their tables
   * @param children chooses those that refer
   */
  public static List<FeatureReference> of(
      MetaxySchema schema, Predicate<String> parents, Predicate<String> children) {
    Map<String, Feature> involved = new TreeMap<>();
    Map<String, List<FeatureSpec.Dependency>> dependencies = new TreeMap<>();
    for (Feature child : schema.catalog().features()) {
      if (child.spec() != null && children.test(child.tableName())) {
        for (FeatureSpec.Dependency dependency : child.spec().dependencies()) {
          String name = dependency.feature().tableName();
          Optional<Feature> parent = schema.catalog().feature(name);
          if (parent.isPresent() && parents.test(name) && !dependency.isAggregation()) {
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
    List<FeatureReference> keys = new ArrayList<>();
    dependencies.forEach(
        (child, of) -> {
          for (FeatureSpec.Dependency dependency : of) {
            key(tables.get(child), dependency, tables).ifPresent(keys::add);
          }
        });
    return keys;
  }

  private static Optional<FeatureReference> key(
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
        new FeatureReference(
            child.feature().tableName(), columns, parent.feature().tableName(), ids));
  }
}
