package org.metaxyjdbc.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.metaxyjdbc.testing.TestStore;

/** {@code jdbc:metaxy:config=…} opens the stores of a Metaxy project. */
class ConfiguredStoreTest {
  private static final TestStore POSTGRESQL = TestStore.Kind.POSTGRESQL.create();

  @TempDir Path folder;

  private String url(String rest) throws IOException {
    String server = POSTGRESQL.rawUrl().substring("jdbc:".length());
    Path file =
        Files.writeString(
            folder.resolve("metaxy.toml"),
            """
            store = "files"
            [stores.files]
            type = "metaxy.ext.duckdb.DuckDBMetadataStore"
            config = {database = '%s', table_prefix = "prod_"}
            [stores.server]
            type = "metaxy.ext.postgresql.PostgreSQLMetadataStore"
            config = {connection_string = '%s'}
            [stores.hashed]
            type = "metaxy.ext.duckdb.DuckDBMetadataStore"
            config = {database = '%s', hash_algorithm = "md5"}
            """
                .formatted(folder.resolve("a.duckdb"), server, folder.resolve("b.duckdb")));
    return "jdbc:metaxy:config=" + file + rest;
  }

  @Test
  void theCatalogIsTheStoreOfTheProject() throws Exception {
    for (String[] store : new String[][] {{"", "files"}, {";store=server", "server"}}) {
      String name = store[1];
      try (Connection connection = DriverManager.getConnection(url(store[0]));
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE TABLE f (id INTEGER, n INTEGER, PRIMARY KEY (id))");
        statement.execute("INSERT INTO %s.active.f VALUES (1, 10), (2, 20)".formatted(name));
        assertThat(connection.getCatalog()).isEqualTo(name);
        connection.setCatalog(name);
        assertThatThrownBy(() -> connection.setCatalog("metaxy")).hasMessageContaining(name);
        try (ResultSet rows =
            statement.executeQuery(
                "SELECT f.n, CURRENT_CATALOG FROM %s.active.f WHERE id = 2".formatted(name))) {
          rows.next();
          assertThat(rows.getInt(1)).isEqualTo(20);
          assertThat(rows.getString(2)).isEqualTo(name);
          assertThat(rows.getMetaData().getCatalogName(1)).isEqualTo(name);
        }
        try (ResultSet tables = connection.getMetaData().getTables(name, "active", "%", null)) {
          tables.next();
          assertThat(tables.getString("TABLE_CAT")).isEqualTo(name);
        }
        try (ResultSet tables = connection.getMetaData().getTables("metaxy", null, "%", null)) {
          assertThat(tables.next()).isFalse();
        }
        assertThatThrownBy(() -> statement.executeQuery("SELECT * FROM metaxy.active.f"))
            .isInstanceOf(SQLException.class);
      }
    }
  }

  @Test
  void theUrlGoesBeforeTheProject() throws Exception {
    try (Connection connection =
            DriverManager.getConnection(url(";metaxy.table_prefix=t_;metaxy.hard_delete=true"));
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE f (id INTEGER, PRIMARY KEY (id))");
      assertThat(connection.getClientInfo("hard_delete")).isEqualTo("true");
      try (ResultSet tables =
          connection.unwrap(Connection.class).getMetaData().getTables(null, null, "t\\_f", null)) {
        assertThat(tables.next()).isTrue();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    ";store=nowhere,          3D000",
    ";stores=files,           22023",
    ";store=hashed,           0A000",
    ";metaxy.nothing=1,       22023",
  })
  void aWrongUrlIsRefused(String rest, String state) throws IOException {
    String url = url(rest);
    assertThatThrownBy(() -> DriverManager.getConnection(url))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(state));
  }

  @Test
  void aStoreOfOtherHashesCanBeRead() throws Exception {
    try (Connection connection =
        DriverManager.getConnection(url(";store=hashed;metaxy.read_only=true"))) {
      assertThat(connection.isReadOnly()).isTrue();
    }
  }
}
