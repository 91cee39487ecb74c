package org.metaxyjdbc.store;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Reads tables and their columns through the metadata of the store's own driver. */
final class StoreColumnReader {
  private final DatabaseMetaData metaData;
  private final @Nullable String catalog;
  private final String schema;

  StoreColumnReader(Connection connection, String schema) throws SQLException {
    this.metaData = connection.getMetaData();
    this.catalog = connection.getCatalog();
    this.schema = schema;
  }

  /** The names of the schema's tables and views that begin with {@code prefix}, in one query. */
  List<String> tables(String prefix) throws SQLException {
    List<String> names = new ArrayList<>();
    readTables(escape(prefix) + "%", (name, kind) -> names.add(name));
    return names;
  }

  /** Whether a table or a view; empty where there is neither. */
  StoreTable.@Nullable Kind kind(String table) throws SQLException {
    Map<String, StoreTable.Kind> kinds = new HashMap<>();
    readTables(escape(table), kinds::put);
    return kinds.get(table);
  }

  private void readTables(String pattern, BiConsumer<String, StoreTable.Kind> reader)
      throws SQLException {
    try (ResultSet rows = metaData.getTables(catalog, escape(schema), pattern, null)) {
      int tableSchema = rows.findColumn("TABLE_SCHEM");
      int tableName = rows.findColumn("TABLE_NAME");
      int tableType = rows.findColumn("TABLE_TYPE");
      while (rows.next()) {
        if (rows.getString(tableSchema).equals(schema)) {
          String type = rows.getString(tableType).toUpperCase(Locale.ROOT);
          if (type.contains("VIEW")) {
            reader.accept(rows.getString(tableName), StoreTable.Kind.VIEW);
          } else if (type.contains("TABLE")) {
            reader.accept(rows.getString(tableName), StoreTable.Kind.TABLE);
          }
        }
      }
    }
  }

  /** The columns of one table; empty where there is none. */
  List<StoreColumn> columns(String table) throws SQLException {
    return readColumns(escape(table), "%").getOrDefault(table, List.of());
  }

  /** The columns of all tables whose names begin with {@code prefix}, in one query. */
  Map<String, List<StoreColumn>> columnsOfAll(String prefix) throws SQLException {
    return readColumns(escape(prefix) + "%", "%");
  }

  /** The names, beginning with {@code prefix}, of all tables that have a column of that name. */
  Iterable<String> tablesWithColumn(String prefix, String column) throws SQLException {
    return readColumns(escape(prefix) + "%", escape(column)).keySet();
  }

  private Map<String, List<StoreColumn>> readColumns(String tables, String columns)
      throws SQLException {
    Map<String, List<StoreColumn>> result = new HashMap<>();
    try (ResultSet rows = metaData.getColumns(catalog, escape(schema), tables, columns)) {
      int tableSchema = rows.findColumn("TABLE_SCHEM");
      int tableName = rows.findColumn("TABLE_NAME");
      int name = rows.findColumn("COLUMN_NAME");
      int dataType = rows.findColumn("DATA_TYPE");
      int typeName = rows.findColumn("TYPE_NAME");
      int size = rows.findColumn("COLUMN_SIZE");
      int digits = rows.findColumn("DECIMAL_DIGITS");
      int nullable = rows.findColumn("NULLABLE");
      int remarks = rows.findColumn("REMARKS");
      int source = rows.findColumn("SOURCE_DATA_TYPE");
      int defaultValue = rows.findColumn("COLUMN_DEF");
      String table = "";
      List<StoreColumn> ofTable = new ArrayList<>();
      while (rows.next()) {
        if (!rows.getString(tableSchema).equals(schema)) {
          continue;
        }
        String of = rows.getString(tableName);
        if (!of.equals(table)) {
          table = of;
          ofTable = result.computeIfAbsent(of, key -> new ArrayList<>());
        }
        int type = rows.getInt(dataType);
        ofTable.add(
            new StoreColumn(
                rows.getString(name),
                type == Types.DISTINCT ? rows.getInt(source) : type,
                rows.getString(typeName),
                rows.getInt(size),
                rows.getInt(digits),
                rows.getInt(nullable) != DatabaseMetaData.columnNoNulls,
                rows.getString(remarks),
                rows.getString(defaultValue)));
      }
    }
    return result;
  }

  private String escape(String name) throws SQLException {
    String escape = metaData.getSearchStringEscape();
    return name.replace(escape, escape + escape)
        .replace("%", escape + "%")
        .replace("_", escape + "_");
  }
}
