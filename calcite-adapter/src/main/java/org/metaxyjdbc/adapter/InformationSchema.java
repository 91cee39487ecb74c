package org.metaxyjdbc.adapter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.apache.calcite.schema.lookup.Lookup;
import org.apache.calcite.schema.lookup.Named;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.catalog.Feature;
import org.metaxyjdbc.store.ColumnType;
import org.metaxyjdbc.store.StoreColumn;

/**
 * The views of SQL's {@code INFORMATION_SCHEMA} that tools ask for: what JDBC's metadata says,
 * under the standard's names. They do not list themselves.
 *
 * <p>The tables of {@code active} are base tables there, and those of the other schemas views.
 */
final class InformationSchema extends AbstractSchema {
  private static final Map<String, List<String>> VIEWS =
      Map.of(
          "schemata",
          columns(
              "catalog_name, schema_name, schema_owner, default_character_set_catalog, default_character_set_schema, default_character_set_name, sql_path"),
          "tables",
          columns(
              "table_catalog, table_schema, table_name, table_type, self_referencing_column_name, reference_generation, user_defined_type_catalog, user_defined_type_schema, user_defined_type_name, is_insertable_into, is_typed, commit_action"),
          "columns",
          columns(
              "table_catalog, table_schema, table_name, column_name, ordinal_position, column_default, is_nullable, data_type, character_maximum_length, character_octet_length, numeric_precision, numeric_precision_radix, numeric_scale, datetime_precision, is_generated"),
          "table_constraints",
          columns(
              "constraint_catalog, constraint_schema, constraint_name, table_catalog, table_schema, table_name, constraint_type, is_deferrable, initially_deferred, enforced"),
          "key_column_usage",
          columns(
              "constraint_catalog, constraint_schema, constraint_name, table_catalog, table_schema, table_name, column_name, ordinal_position, position_in_unique_constraint"),
          "referential_constraints",
          columns(
              "constraint_catalog, constraint_schema, constraint_name, unique_constraint_catalog, unique_constraint_schema, unique_constraint_name, match_option, update_rule, delete_rule"));

  private static final Set<String> NUMBERS =
      Set.of(
          "ordinal_position",
          "position_in_unique_constraint",
          "character_maximum_length",
          "character_octet_length",
          "numeric_precision",
          "numeric_precision_radix",
          "numeric_scale",
          "datetime_precision");

  private static final String YES = "YES";
  private static final String NO = "NO";

  private final MetaxySchema schema;
  private final ConcurrentMap<String, Named<Table>> tables = new ConcurrentHashMap<>();

  InformationSchema(MetaxySchema schema) {
    this.schema = schema;
  }

  private static List<String> columns(String names) {
    return List.of(names.split(", "));
  }

  @Override
  public Lookup<Table> tables() {
    return new NamedTables(this::find, VIEWS::keySet);
  }

  private @Nullable Named<Table> find(String name) {
    String key = name.toLowerCase(Locale.ROOT);
    return VIEWS.containsKey(key)
        ? tables.computeIfAbsent(key, view -> new Named<>(view, table(view)))
        : null;
  }

  private Table table(String view) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    switch (view) {
      case "schemata" -> schemata(rows);
      case "tables" -> tables(rows);
      case "columns" -> columns(rows);
      case "table_constraints" -> constraints(rows);
      case "key_column_usage" -> keyColumns(rows);
      default -> references(rows);
    }
    return new RegistryTable(
        VIEWS.getOrDefault(view, List.of()),
        column -> NUMBERS.contains(column) ? SqlTypeName.INTEGER : SqlTypeName.VARCHAR,
        rows,
        schema.convention());
  }

  private static List<@Nullable Object> row(@Nullable Object... values) {
    return Arrays.asList(values);
  }

  private void schemata(List<List<@Nullable Object>> rows) {
    for (String name : MetaxySchema.schemaNames()) {
      rows.add(row(schema.storeName(), name, null, null, null, null, null));
    }
  }

  private void tables(List<List<@Nullable Object>> rows) {
    List<Feature> features = schema.features();
    for (Rows shown : Rows.values()) {
      for (Feature feature : features) {
        if (shown.canShow(feature)) {
          rows.add(table(shown.schemaName(), feature.tableName(), shown == Rows.ACTIVE));
        }
      }
    }
    schema
        .registryColumns()
        .keySet()
        .forEach(name -> rows.add(table(MetaxySchema.REGISTRY, name, false)));
  }

  private List<@Nullable Object> table(String inSchema, String name, boolean isBase) {
    return row(
        schema.storeName(),
        inSchema,
        name,
        isBase ? "BASE TABLE" : "VIEW",
        null,
        null,
        null,
        null,
        null,
        isBase ? YES : NO,
        NO,
        null);
  }

  private List<FeatureColumns> features() {
    return schema.columns(schema.features());
  }

  private void columns(List<List<@Nullable Object>> rows) {
    List<FeatureColumns> features = features();
    for (Rows shown : Rows.values()) {
      for (FeatureColumns feature : features) {
        if (shown.canShow(feature.feature())) {
          String table = feature.feature().tableName();
          List<StoreColumn> columns = new ArrayList<>(feature.columns());
          if (shown == Rows.HISTORY) {
            for (HistoryColumn column : HistoryColumn.values()) {
              columns.add(column.column());
            }
          }
          columns(rows, shown.schemaName(), table, columns, feature.columns().size());
        }
      }
    }
    schema
        .registryColumns()
        .forEach(
            (table, columns) ->
                columns(rows, MetaxySchema.REGISTRY, table, columns, columns.size()));
  }

  /** The columns of a table; those behind {@code stored} of them are computed. */
  private void columns(
      List<List<@Nullable Object>> rows,
      String inSchema,
      String table,
      List<StoreColumn> columns,
      int stored) {
    for (int i = 0; i < columns.size(); i++) {
      StoreColumn column = columns.get(i);
      ColumnType type = ColumnType.of(schema.snapshot().store().dialect().types(), column);
      boolean isNumber = type.kind().isNumeric();
      Integer length = type.kind().isText() ? type.size() : null;
      rows.add(
          row(
              schema.storeName(),
              inSchema,
              table,
              column.name(),
              i + 1,
              column.defaultValue(),
              column.nullable() ? YES : NO,
              type.name(),
              length,
              length,
              isNumber && type.size() > 0 ? type.size() : null,
              isNumber ? 10 : null,
              isNumber && type.hasScale() ? type.scale() : null,
              !isNumber && type.hasScale() ? type.scale() : null,
              i < stored ? "NEVER" : "ALWAYS"));
    }
  }

  private List<Rows> recordSchemas() {
    return Arrays.stream(Rows.values()).filter(Rows::areRecords).toList();
  }

  private List<FeatureReference> references() {
    return FeatureReference.of(schema, parent -> true, child -> true);
  }

  private void constraints(List<List<@Nullable Object>> rows) {
    List<Feature> features = schema.features();
    List<FeatureReference> references = references();
    for (Rows shown : recordSchemas()) {
      for (Feature feature : features) {
        if (shown.canShow(feature)) {
          String table = feature.tableName();
          rows.add(
              constraint(shown, FeatureColumns.primaryKeyName(table), table, "PRIMARY KEY", YES));
        }
      }
      for (FeatureReference reference : references) {
        rows.add(constraint(shown, reference.name(), reference.child(), "FOREIGN KEY", NO));
      }
    }
  }

  private List<@Nullable Object> constraint(
      Rows shown, String name, String table, String type, String enforced) {
    String catalog = schema.storeName();
    String inSchema = shown.schemaName();
    return row(catalog, inSchema, name, catalog, inSchema, table, type, NO, NO, enforced);
  }

  private void keyColumns(List<List<@Nullable Object>> rows) {
    List<FeatureColumns> features = features();
    List<FeatureReference> references = references();
    for (Rows shown : recordSchemas()) {
      for (FeatureColumns feature : features) {
        if (shown.canShow(feature.feature())) {
          String table = feature.feature().tableName();
          List<String> ids = feature.idColumns().stream().map(StoreColumn::name).toList();
          keyColumns(rows, shown, FeatureColumns.primaryKeyName(table), table, ids, false);
        }
      }
      for (FeatureReference reference : references) {
        keyColumns(rows, shown, reference.name(), reference.child(), reference.columns(), true);
      }
    }
  }

  private void keyColumns(
      List<List<@Nullable Object>> rows,
      Rows shown,
      String name,
      String table,
      List<String> columns,
      boolean refers) {
    String catalog = schema.storeName();
    String inSchema = shown.schemaName();
    for (int i = 0; i < columns.size(); i++) {
      Integer referred = refers ? i + 1 : null;
      rows.add(
          row(catalog, inSchema, name, catalog, inSchema, table, columns.get(i), i + 1, referred));
    }
  }

  private void references(List<List<@Nullable Object>> rows) {
    String catalog = schema.storeName();
    List<FeatureReference> references = references();
    for (Rows shown : recordSchemas()) {
      String inSchema = shown.schemaName();
      for (FeatureReference reference : references) {
        rows.add(
            row(
                catalog,
                inSchema,
                reference.name(),
                catalog,
                inSchema,
                FeatureColumns.primaryKeyName(reference.parent()),
                "NONE",
                "NO ACTION",
                "NO ACTION"));
      }
    }
  }
}
