package org.metaxyjdbc.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.metaxyjdbc.testing.TestStore;

/** The standard's views say what JDBC's metadata says. */
class InformationSchemaTest {
  private static List<String> rows(ResultSet rows, String... columns) throws SQLException {
    List<String> result = new ArrayList<>();
    while (rows.next()) {
      List<String> row = new ArrayList<>();
      for (String column : columns) {
        row.add(rows.getString(column));
      }
      result.add(String.join(" ", row));
    }
    rows.close();
    return result;
  }

  private static List<String> rows(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      String[] columns = new String[rows.getMetaData().getColumnCount()];
      for (int i = 0; i < columns.length; i++) {
        columns[i] = rows.getMetaData().getColumnLabel(i + 1);
      }
      return rows(rows, columns);
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void theViewsSayWhatTheMetadataSays(TestStore.Kind kind) throws SQLException {
    try (Connection connection = VideoStore.create(kind).connect()) {
      DatabaseMetaData metadata = connection.getMetaData();
      assertThat(
              rows(connection, "SELECT catalog_name, schema_name FROM information_schema.schemata"))
          .containsExactlyInAnyOrderElementsOf(
              rows(metadata.getSchemas(), "TABLE_CATALOG", "TABLE_SCHEM"))
          .hasSize(5);
      assertThat(
              rows(
                  connection,
                  "SELECT table_catalog, table_schema, table_name FROM INFORMATION_SCHEMA.TABLES"))
          .containsExactlyInAnyOrderElementsOf(
              rows(
                  metadata.getTables(null, null, null, null),
                  "TABLE_CAT",
                  "TABLE_SCHEM",
                  "TABLE_NAME"))
          .contains("metaxy active video__raw", "metaxy registry features");
      assertThat(
              rows(
                  connection,
                  "SELECT table_schema, table_name, column_name, ordinal_position, data_type, is_nullable FROM metaxy.information_schema.columns"))
          .containsExactlyInAnyOrderElementsOf(
              rows(
                  metadata.getColumns(null, null, null, null),
                  "TABLE_SCHEM",
                  "TABLE_NAME",
                  "COLUMN_NAME",
                  "ORDINAL_POSITION",
                  "TYPE_NAME",
                  "IS_NULLABLE"));
      assertThat(
              rows(
                  connection,
                  """
                  SELECT u.table_schema, u.table_name, u.column_name, u.ordinal_position
                  FROM information_schema.table_constraints c
                    JOIN information_schema.key_column_usage u
                      USING (constraint_catalog, constraint_schema, constraint_name)
                  WHERE c.constraint_type = 'PRIMARY KEY' AND c.table_name LIKE 'video__raw'"""))
          .containsExactlyInAnyOrderElementsOf(
              rows(
                  metadata.getPrimaryKeys(null, null, "video__raw"),
                  "TABLE_SCHEM",
                  "TABLE_NAME",
                  "COLUMN_NAME",
                  "KEY_SEQ"))
          .isNotEmpty();
      assertThat(
              rows(
                  connection,
                  """
                  SELECT u.table_schema, u.table_name, u.column_name, r.unique_constraint_name
                  FROM information_schema.referential_constraints r
                    JOIN information_schema.key_column_usage u
                      USING (constraint_catalog, constraint_schema, constraint_name)
                  WHERE u.position_in_unique_constraint > 0"""))
          .containsExactlyInAnyOrderElementsOf(
              rows(
                  metadata.getImportedKeys(null, null, null),
                  "FKTABLE_SCHEM",
                  "FKTABLE_NAME",
                  "FKCOLUMN_NAME",
                  "PK_NAME"));
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void theViewsAreQueriedAsTables(TestStore.Kind kind) throws SQLException {
    try (Connection connection = VideoStore.create(kind).connect()) {
      assertThat(
              rows(
                  connection,
                  """
                  SELECT column_name, data_type, numeric_precision, numeric_scale
                  FROM information_schema.columns c
                    JOIN information_schema.tables t USING (table_schema, table_name)
                  WHERE t.table_type = 'BASE TABLE' AND t.table_name = 'video__raw' AND numeric_scale > 0
                  ORDER BY ordinal_position"""))
          .containsExactly("price DECIMAL 10 2");
      assertThat(
              rows(
                  connection,
                  "SELECT MAX(character_maximum_length) AS longest FROM information_schema.columns WHERE column_name = 'path'"))
          .isEqualTo(
              rows(
                  connection.getMetaData().getColumns(null, "active", null, "path"),
                  "COLUMN_SIZE"));
      assertThat(
              rows(
                  connection,
                  "SELECT v.video_id FROM video__raw v JOIN information_schema.tables t ON t.table_name = 'video__raw' AND t.table_schema = 'active' ORDER BY 1"))
          .containsExactly("a", "b");
      try (PreparedStatement query =
          connection.prepareStatement(
              "SELECT column_name FROM information_schema.columns WHERE table_schema = ? AND table_name = ? AND is_generated = 'ALWAYS' ORDER BY ordinal_position DESC")) {
        query.setString(1, "history");
        query.setString(2, "video__raw");
        assertThat(rows(query.executeQuery(), "column_name"))
            .containsExactly("metaxy_is_current", "metaxy_valid_to", "metaxy_valid_from");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void theViewsFollowTheStore(TestStore.Kind kind) throws SQLException {
    String tables =
        "SELECT table_name FROM information_schema.tables WHERE table_schema = 'active' AND is_insertable_into = 'YES'";
    String numbers =
        "SELECT column_name FROM information_schema.columns WHERE table_schema = 'active' AND numeric_precision > 5";
    try (Connection connection = kind.create().connect();
        Statement statement = connection.createStatement()) {
      assertThat(rows(connection, tables)).isEmpty();
      assertThat(rows(connection, numbers)).isEmpty();
      statement.execute("CREATE TABLE f (id VARCHAR, PRIMARY KEY (id))");
      assertThat(rows(connection, tables)).containsExactly("f");
      assertThat(rows(connection, numbers)).isEmpty();
      statement.execute("ALTER TABLE f ADD COLUMN n INTEGER");
      assertThat(rows(connection, numbers)).containsExactly("n");
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void theViewsCannotBeWrittenAndAreNotListed(TestStore.Kind kind) throws SQLException {
    try (Connection connection = VideoStore.create(kind).connect("hard_delete", "true");
        Statement statement = connection.createStatement()) {
      for (String change :
          List.of(
              "DELETE FROM information_schema.tables",
              "UPDATE information_schema.tables SET table_name = 'x'",
              "INSERT INTO information_schema.schemata (schema_name) VALUES ('x')",
              "TRUNCATE TABLE information_schema.tables",
              "DROP TABLE information_schema.tables",
              "CREATE TABLE information_schema.g (id INTEGER PRIMARY KEY)")) {
        assertThatThrownBy(() -> statement.execute(change))
            .as(change)
            .isInstanceOf(SQLException.class)
            .extracting(e -> ((SQLException) e).getSQLState())
            .isEqualTo("42501");
      }
      assertThat(rows(connection.getMetaData().getSchemas(), "TABLE_SCHEM"))
          .doesNotContain("information_schema");
      assertThat(
              rows(
                  connection.getMetaData().getTables(null, "information_schema", null, null),
                  "TABLE_NAME"))
          .isEmpty();
    }
  }
}
