package org.metaxyjdbc.adapter;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.lookup.LikePattern;
import org.apache.calcite.schema.lookup.Lookup;
import org.apache.calcite.schema.lookup.Named;
import org.jspecify.annotations.Nullable;

/** Tables that are made when they are asked for by name; names match whatever their case. */
record NamedTables(
    Function<String, @Nullable Named<Table>> finder, Supplier<? extends Collection<String>> names)
    implements Lookup<Table> {
  @Override
  public @Nullable Table get(String name) {
    Named<Table> found = getIgnoreCase(name);
    return found != null && found.name().equals(name) ? found.entity() : null;
  }

  @Override
  public @Nullable Named<Table> getIgnoreCase(String name) {
    return finder.apply(name);
  }

  @Override
  public Set<String> getNames(LikePattern pattern) {
    Set<String> result = new TreeSet<>();
    for (String name : names.get()) {
      if (pattern.matcher().apply(name)) {
        result.add(name);
      }
    }
    return result;
  }
}
