package org.metaxyjdbc.store;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads the columns of one table through the metadata of the store's own driver. */
final class StoreColumnReader {
  private StoreColumnReader() {}

  static List<StoreColumn> read(
      DatabaseMetaData metaData, Connection connection, String schema, String table)
      throws SQLException {
    List<StoreColumn> columns = new ArrayList<>();
    try (ResultSet rows =
        metaData.getColumns(
            connection.getCatalog(), escape(metaData, schema), escape(metaData, table), "%")) {
      while (rows.next()) {
        if (rows.getString("TABLE_NAME").equals(table)
            && rows.getString("TABLE_SCHEM").equals(schema)) {
          int type = rows.getInt("DATA_TYPE");
          columns.add(
              new StoreColumn(
                  rows.getString("COLUMN_NAME"),
                  type == Types.DISTINCT ? rows.getInt("SOURCE_DATA_TYPE") : type,
                  rows.getString("TYPE_NAME"),
                  rows.getInt("COLUMN_SIZE"),
                  rows.getInt("DECIMAL_DIGITS"),
                  rows.getInt("NULLABLE") != DatabaseMetaData.columnNoNulls,
                  rows.getString("REMARKS")));
        }
      }
    }
    return columns;
  }

  static boolean isView(
      DatabaseMetaData metaData, Connection connection, String schema, String table)
      throws SQLException {
    try (ResultSet rows =
        metaData.getTables(
            connection.getCatalog(), escape(metaData, schema), escape(metaData, table), null)) {
      while (rows.next()) {
        if (rows.getString("TABLE_NAME").equals(table)) {
          return rows.getString("TABLE_TYPE").toUpperCase(Locale.ROOT).contains("VIEW");
        }
      }
    }
    return false;
  }

  private static String escape(DatabaseMetaData metaData, String name) throws SQLException {
    String escape = metaData.getSearchStringEscape();
    return name.replace(escape, escape + escape)
        .replace("%", escape + "%")
        .replace("_", escape + "_");
  }
}
