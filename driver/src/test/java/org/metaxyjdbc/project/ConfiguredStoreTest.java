package org.metaxyjdbc.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
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
  void eachStoreOfTheProjectIsACatalog() throws Exception {
    try (Connection connection = DriverManager.getConnection(url(""));
        Statement files = connection.createStatement()) {
      assertThat(column(connection.getMetaData().getCatalogs()))
          .containsExactly("files", "hashed", "server");
      files.execute("CREATE TABLE f (id INTEGER, n INTEGER, PRIMARY KEY (id))");
      files.execute("CREATE TABLE server.active.g (id INTEGER, n INTEGER, PRIMARY KEY (id))");
      files.execute("INSERT INTO \"server\".active.g VALUES (7, 70)");
      assertThat(column(files.executeQuery("SELECT n FROM server.active.g"))).containsExactly("70");
      assertThatThrownBy(() -> files.executeQuery("SELECT * FROM g"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42S02"));
      try (PreparedStatement prepared =
          connection.prepareStatement("SELECT id FROM server.active.g WHERE n = ?")) {
        prepared.setInt(1, 70);
        assertThat(column(prepared.executeQuery())).containsExactly("7");
      }
      for (String ofTwo :
          List.of(
              "SELECT * FROM files.active.f, server.active.g",
              "SELECT * FROM server.active.g, f",
              "SELECT * FROM server.active.g JOIN history.f AS h USING (id)",
              "SELECT n FROM server.active.g WHERE id IN (SELECT id FROM f AS other)",
              "WITH f AS (SELECT * FROM f) SELECT * FROM f, server.active.g WHERE f.id IN (TABLE f2)",
              "WITH f AS (SELECT * FROM f) SELECT f.n FROM f JOIN server.active.g ON f.id = g.id",
              "SELECT g.n FROM f TABLESAMPLE BERNOULLI(10), server.active.g",
              "INSERT INTO f SELECT * FROM server.active.g",
              "DELETE FROM server.active.g WHERE id IN (SELECT id FROM f)")) {
        assertThatThrownBy(() -> files.execute(ofTwo))
            .as(ofTwo)
            .isInstanceOf(SQLFeatureNotSupportedException.class)
            .hasMessageContaining("[files, server]");
      }
      assertThat(
              column(
                  files.executeQuery(
                      "WITH F AS (SELECT * FROM server.active.g) SELECT f.n FROM f AS x, f")))
          .containsExactly("70");

      connection.setCatalog("SERVER");
      assertThat(connection.getCatalog()).isEqualTo("server");
      try (Statement server = connection.createStatement()) {
        assertThat(column(server.executeQuery("SELECT id FROM g"))).containsExactly("7");
        assertThat(column(server.executeQuery("SELECT id FROM files.active.f"))).isEmpty();
        assertThat(column(files.executeQuery("SELECT id FROM f"))).isEmpty();
        server.execute("SET hard_delete = true");
        assertThat(server.executeUpdate("DROP TABLE g")).isZero();
      }
    }
  }

  @Test
  void metadataListsAllStoresThatCanBeOpened() throws Exception {
    try (Connection connection = DriverManager.getConnection(url(""));
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE h (id INTEGER, n INTEGER, PRIMARY KEY (id))");
      statement.execute("CREATE TABLE server.active.h (id INTEGER, PRIMARY KEY (id))");

      DatabaseMetaData metaData = connection.getMetaData();
      assertThat(column(metaData.getTables(null, "active", "h", null)))
          .containsExactly("files", "server");
      assertThat(connection.getWarnings().getMessage()).contains("hashed");
      assertThat(column(metaData.getTables("server", "active", "h", null)))
          .containsExactly("server");
      assertThat(column(metaData.getColumns("files", "active", "h", "n"))).containsExactly("files");
      assertThat(column(metaData.getPrimaryKeys("server", "active", "h")))
          .containsExactly("server");
      assertThatThrownBy(() -> metaData.getTables("hashed", null, "%", null))
          .isInstanceOf(SQLFeatureNotSupportedException.class);
      statement.execute("SET hard_delete = true");
      statement.execute("DROP TABLE server.active.h");
    }
  }

  @Test
  void aTransactionIsOfOneStore() throws Exception {
    try (Connection connection = DriverManager.getConnection(url(""));
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      for (ThrowingCallable other :
          List.<ThrowingCallable>of(
              () -> connection.setCatalog("server"),
              () -> statement.executeQuery("SELECT * FROM server.registry.features"))) {
        assertThatThrownBy(other)
            .isInstanceOfSatisfying(
                SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("25001"));
      }
      connection.setAutoCommit(true);
      assertThat(column(statement.executeQuery("SELECT table_name FROM server.registry.features")))
          .isEmpty();
    }
  }

  private static List<String> column(ResultSet rows) throws SQLException {
    List<String> values = new ArrayList<>();
    try (rows) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
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
