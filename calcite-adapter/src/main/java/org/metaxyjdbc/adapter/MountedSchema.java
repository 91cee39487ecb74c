package org.metaxyjdbc.adapter;

import com.google.common.base.Suppliers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.calcite.schema.Schema;
import org.apache.calcite.schema.SchemaVersion;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.apache.calcite.schema.lookup.LikePattern;
import org.apache.calcite.schema.lookup.Lookup;
import org.apache.calcite.schema.lookup.Named;
import org.jspecify.annotations.Nullable;

/**
 * A {@link MetaxySchema} that follows its store: each look-up sees the newest push. Calcite takes a
 * {@linkplain #snapshot snapshot} for each statement, within which the store is looked at once,
 * when the statement first names one of its tables.
 */
final class MountedSchema extends AbstractSchema {
  private final Supplier<MetaxySchema> now;
  private final Map<String, Schema> subSchemas = new LinkedHashMap<>();

  /** Creates a schema that shows what {@code now} gives at the time. */
  MountedSchema(Supplier<MetaxySchema> now) {
    this.now = now;
    for (String name : MetaxySchema.schemaNames()) {
      subSchemas.put(name, new SubSchema(() -> now.get().requireSchema(name)));
    }
  }

  @Override
  protected Map<String, Schema> getSubSchemaMap() {
    return subSchemas;
  }

  @Override
  public Lookup<Table> tables() {
    return new TablesNow(now);
  }

  @Override
  public Schema snapshot(SchemaVersion version) {
    return new MountedSchema(Suppliers.memoize(now::get));
  }

  private static final class SubSchema extends AbstractSchema {
    private final Supplier<Schema> now;

    SubSchema(Supplier<Schema> now) {
      this.now = now;
    }

    @Override
    public Lookup<Table> tables() {
      return new TablesNow(now);
    }
  }

  /** The tables of the schema that there is when one is looked up. */
  private record TablesNow(Supplier<? extends Schema> now) implements Lookup<Table> {
    @Override
    public @Nullable Table get(String name) {
      return tables().get(name);
    }

    @Override
    public @Nullable Named<Table> getIgnoreCase(String name) {
      return tables().getIgnoreCase(name);
    }

    @Override
    public Set<String> getNames(LikePattern pattern) {
      return tables().getNames(pattern);
    }

    private Lookup<Table> tables() {
      return now.get().tables();
    }
  }
}
