package org.metaxyjdbc.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.metaxyjdbc.testing.TestStore;

/** What DatabaseMetaData lists of catalogs, schemas, tables and columns. */
class MetadataListingTest {
  private static List<List<String>> rows(ResultSet rows, String... columns) throws SQLException {
    List<List<String>> result = new ArrayList<>();
    try (rows) {
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (String column : columns) {
          row.add(rows.getString(column));
        }
        result.add(row);
      }
    }
    return result;
  }

  private static List<String> names(ResultSet rows, String column) throws SQLException {
    return rows(rows, column).stream().map(row -> row.get(0)).toList();
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void theStoreIsTheCatalogAndItsViewsAreTheSchemas(TestStore.Kind kind) throws SQLException {
    try (Connection connection = VideoStore.create(kind).connect()) {
      DatabaseMetaData metaData = connection.getMetaData();
      assertThat(names(metaData.getCatalogs(), "TABLE_CAT")).containsExactly("metaxy");
      assertThat(rows(metaData.getSchemas(), "TABLE_CATALOG", "TABLE_SCHEM"))
          .containsExactly(
              List.of("metaxy", "active"),
              List.of("metaxy", "history"),
              List.of("metaxy", "include_deleted"),
              List.of("metaxy", "only_deleted"),
              List.of("metaxy", "registry"));
      assertThat(names(metaData.getSchemas("METAXY", "%deleted"), "TABLE_SCHEM"))
          .containsExactly("include_deleted", "only_deleted");
      assertThat(names(metaData.getSchemas("", null), "TABLE_SCHEM")).isEmpty();
      assertThat(names(metaData.getSchemas(null, ""), "TABLE_SCHEM")).isEmpty();
      assertThat(names(metaData.getTableTypes(), "TABLE_TYPE")).containsExactly("TABLE");
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void tablesAreTheFeaturesThatTheSchemaCanShow(TestStore.Kind kind) throws SQLException {
    try (Connection connection = VideoStore.create(kind).connect()) {
      DatabaseMetaData metaData = connection.getMetaData();
      assertThat(
              rows(
                  metaData.getTables("metaxy", "active", null, null),
                  "TABLE_CAT",
                  "TABLE_NAME",
                  "TABLE_TYPE",
                  "REMARKS"))
          .containsExactly(
              java.util.Arrays.asList("metaxy", "video__faces", "TABLE", null),
              List.of("metaxy", "video__raw", "TABLE", "One row a video"),
              java.util.Arrays.asList("metaxy", "video__unwritten", "TABLE", null));
      assertThat(names(metaData.getTables(null, "history", "%", null), "TABLE_NAME"))
          .containsExactly("loose", "video__faces", "video__raw", "video__unwritten");
      assertThat(names(metaData.getTables(null, "registry", "%", null), "TABLE_NAME"))
          .containsExactly("events", "feature_versions", "features");
      assertThat(names(metaData.getTables(null, null, "%", null), "TABLE_NAME"))
          .hasSize(3 + 4 + 3 + 3 + 3);
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void patternsHaveWildcardsAndAnEscape(TestStore.Kind kind) throws SQLException {
    try (Connection connection = VideoStore.create(kind).connect()) {
      DatabaseMetaData metaData = connection.getMetaData();
      assertThat(names(metaData.getTables(null, "active", "video__raw", null), "TABLE_NAME"))
          .containsExactly("video__raw");
      assertThat(names(metaData.getTables(null, "a_tive", "VIDEO\\_\\_RAW", null), "TABLE_NAME"))
          .containsExactly("video__raw");
      assertThat(names(metaData.getTables(null, "active", "video\\_raw", null), "TABLE_NAME"))
          .isEmpty();
      assertThat(names(metaData.getTables(null, "active", "", null), "TABLE_NAME")).isEmpty();
      assertThat(
              names(metaData.getTables(null, "active", "%", new String[] {"VIEW"}), "TABLE_NAME"))
          .isEmpty();
      assertThat(
              names(
                  metaData.getTables(null, "active", "%s", new String[] {"VIEW", "TABLE"}),
                  "TABLE_NAME"))
          .containsExactly("video__faces");
      assertThat(
              names(metaData.getColumns(null, "active", "video__raw", "Frames \\%"), "COLUMN_NAME"))
          .containsExactly("Frames %");
      assertThat(names(metaData.getColumns(null, "active", "video__raw", "%s%E"), "COLUMN_NAME"))
          .containsExactly("size");
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void columnsAreThoseOfSelectStar(TestStore.Kind kind) throws SQLException {
    try (Connection connection = VideoStore.create(kind).connect();
        Statement statement = connection.createStatement()) {
      DatabaseMetaData metaData = connection.getMetaData();
      int tables = 0;
      for (List<String> table :
          rows(metaData.getTables(null, null, "%", null), "TABLE_SCHEM", "TABLE_NAME")) {
        List<String> listed =
            described(metaData.getColumns("metaxy", table.get(0), table.get(1), null));
        try (ResultSet all =
            statement.executeQuery("SELECT * FROM " + table.get(0) + "." + table.get(1))) {
          assertThat(listed).as(table.toString()).isEqualTo(described(all.getMetaData()));
        }
        tables++;
      }
      assertThat(tables).isEqualTo(16);
      assertThat(described(metaData.getColumns(null, "%deleted", null, null)))
          .isEqualTo(
              described(
                  metaData.getColumns(null, "include_deleted", "video%", null),
                  "only_deleted",
                  metaData));
    }
  }

  /** The columns of the one schema and then of the other, each asked on its own. */
  private static List<String> described(
      ResultSet first, String secondSchema, DatabaseMetaData metaData) throws SQLException {
    List<String> result = new ArrayList<>(described(first));
    result.addAll(described(metaData.getColumns(null, secondSchema, "video%", null)));
    return result;
  }

  private static List<String> described(ResultSet columns) throws SQLException {
    List<String> result = new ArrayList<>();
    try (columns) {
      while (columns.next()) {
        result.add(
            "%d %s.%s.%s.%s: %d %s(%d, %d)"
                .formatted(
                    columns.getInt("ORDINAL_POSITION"),
                    columns.getString("TABLE_CAT"),
                    columns.getString("TABLE_SCHEM"),
                    columns.getString("TABLE_NAME"),
                    columns.getString("COLUMN_NAME"),
                    columns.getInt("DATA_TYPE"),
                    columns.getString("TYPE_NAME"),
                    columns.getInt("COLUMN_SIZE"),
                    columns.getInt("DECIMAL_DIGITS")));
      }
    }
    return result;
  }

  private static List<String> described(ResultSetMetaData columns) throws SQLException {
    List<String> result = new ArrayList<>();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      result.add(
          "%d %s.%s.%s.%s: %d %s(%d, %d)"
              .formatted(
                  i,
                  columns.getCatalogName(i),
                  columns.getSchemaName(i),
                  columns.getTableName(i),
                  columns.getColumnName(i),
                  columns.getColumnType(i),
                  columns.getColumnTypeName(i),
                  columns.getPrecision(i),
                  columns.getScale(i)));
    }
    return result;
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void columnsTellWhatTheStoreAndTheFeaturesClassSayOfThem(TestStore.Kind kind)
      throws SQLException {
    // DuckDB knows no length of text.
    String length = kind == TestStore.Kind.DUCKDB ? "2147483647" : "200";
    try (Connection connection = VideoStore.create(kind).connect()) {
      DatabaseMetaData metaData = connection.getMetaData();
      assertThat(
              rows(
                  metaData.getColumns(null, "history", "video__raw", "p%"),
                  "COLUMN_NAME",
                  "TYPE_NAME",
                  "COLUMN_SIZE",
                  "DECIMAL_DIGITS",
                  "NUM_PREC_RADIX",
                  "NULLABLE",
                  "IS_NULLABLE",
                  "CHAR_OCTET_LENGTH",
                  "REMARKS"))
          .contains(
              java.util.Arrays.asList(
                  "path", "VARCHAR", length, null, null, "1", "YES", length, "Where it lies"),
              java.util.Arrays.asList("price", "DECIMAL", "10", "2", "10", "0", "NO", null, null));
      assertThat(
              rows(
                  metaData.getColumns(null, "history", "video__faces", "metaxy\\_valid%"),
                  "COLUMN_NAME",
                  "TYPE_NAME",
                  "IS_AUTOINCREMENT",
                  "IS_GENERATEDCOLUMN"))
          .containsExactly(
              List.of("metaxy_valid_from", "TIMESTAMP WITH TIME ZONE", "NO", "YES"),
              List.of("metaxy_valid_to", "TIMESTAMP WITH TIME ZONE", "NO", "YES"));
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void aTableMadeMeanwhileIsListed(TestStore.Kind kind) throws SQLException {
    TestStore store = VideoStore.create(kind);
    try (Connection connection = store.connect()) {
      DatabaseMetaData metaData = connection.getMetaData();
      assertThat(names(metaData.getTables(null, "history", "late", null), "TABLE_NAME")).isEmpty();
      try (Statement ofStore = connection.unwrap(Connection.class).createStatement()) {
        ofStore.execute(
            "CREATE TABLE \"late\" (\"id\" INTEGER, \"metaxy_updated_at\" TIMESTAMP WITH TIME ZONE)");
      }
      assertThat(names(metaData.getTables(null, "history", "late", null), "TABLE_NAME"))
          .containsExactly("late");
      assertThat(names(metaData.getColumns(null, "history", "late", "i%"), "COLUMN_NAME"))
          .containsExactly("id");
    }
  }
}
