package org.metaxyjdbc.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;

/** What a project's files say is what Metaxy understands by them. */
class ProjectConfigurationTest {
  @TempDir Path folder;

  private ProjectConfiguration read(Map<String, String> environment, String... lines)
      throws IOException {
    return ProjectConfiguration.read(
        Files.write(folder.resolve("metaxy.toml"), java.util.List.of(lines)), environment);
  }

  private static final String[] TWO_STORES = {
    "store = 'files'",
    "[stores.files]",
    "type = 'metaxy.ext.duckdb.DuckDBMetadataStore'",
    "[stores.files.config]",
    "database = '${FOLDER:-here}/features.duckdb'",
    "table_prefix = 'prod_'",
    "config = {threads = '2'}",
    "[stores.server]",
    "type = 'metaxy.ext.postgresql.PostgreSQLMetadataStore'",
    "[stores.server.config]",
    "connection_string = 'postgresql://me:p%40ss+word@db:5433/metaxy?sslmode=require'",
    "hash_algorithm = 'sha256'",
    "[stores.halved.config]",
    "database = 'x'"
  };

  @Test
  void aStoreIsWhereTheProjectSays() throws IOException {
    ProjectConfiguration project = read(Map.of(), TWO_STORES);
    assertThat(project.storeNames()).containsExactly("files", "server");
    assertThat(project.store(null))
        .isEqualTo(
            new ConfiguredStore(
                "files",
                "jdbc:duckdb:here/features.duckdb",
                Map.of("threads", "2"),
                "prod_",
                ConfiguredStore.Hash.DEFAULT));
    assertThat(project.store("server"))
        .isEqualTo(
            new ConfiguredStore(
                "server",
                "jdbc:postgresql://db:5433/metaxy?sslmode=require",
                Map.of("user", "me", "password", "p@ss+word"),
                "",
                new ConfiguredStore.Hash("sha256", 8)));
    assertThat(project.store("server").toString()).doesNotContain("p@ss");
  }

  @Test
  void theEnvironmentGoesBeforeTheFile() throws IOException {
    ProjectConfiguration project =
        read(
            Map.of(
                "FOLDER", "there$1",
                "METAXY_STORE", "server",
                "METAXY_STORES__SERVER__CONFIG__CONNECTION_STRING", "postgresql:///local"),
            TWO_STORES);
    assertThat(project.store("files").url()).isEqualTo("jdbc:duckdb:there$1/features.duckdb");
    assertThat(project.store(null).url()).isEqualTo("jdbc:postgresql://localhost/local");
  }

  @Test
  void aFileIsAboveTheOneThatItExtends() throws IOException {
    Files.writeString(
        folder.resolve("base.toml"),
        """
        [stores.dev]
        type = "DuckDB"
        config = {database = "base"}
        [stores.other]
        type = "metaxy.ext.postgresql.PostgreSQLMetadataStore"
        config = {connection_params = {host = "db", database = "d", user = "u", password = "p"}}
        """);
    ProjectConfiguration project =
        read(
            Map.of(),
            "extend = 'base.toml'",
            "[stores.dev]",
            "type = 'DuckDB'",
            "config = {database = 'mine'}");
    assertThat(project.store(null).url()).isEqualTo("jdbc:duckdb:mine");
    assertThat(project.store("other").url()).isEqualTo("jdbc:postgresql://db:5432/d");
    assertThat(project.store("other").properties()).isEqualTo(Map.of("user", "u", "password", "p"));
  }

  @Test
  void aPythonProjectHasATableOfItsOwn() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("pyproject.toml"),
            "[tool.metaxy.stores.dev]\ntype = 'DuckDB'\nconfig = {database = 'd'}\n");
    assertThat(ProjectConfiguration.read(file, Map.of()).store(null).url())
        .isEqualTo("jdbc:duckdb:d");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "stores = [                                             | CONNECTION_FAILURE    | is no TOML",
        "extend = 'metaxy.toml'                                 | CONNECTION_FAILURE    | extends itself",
        "extend = 'missing.toml'                                | CONNECTION_FAILURE    | cannot be read",
        "store = 'prod'                                         | CATALOG_NOT_FOUND     | There is no store 'prod'",
        "stores.dev = {type = 'x.ClickHouseMetadataStore', config = {connection_string = 'clickhouse://h'}} | FEATURE_NOT_SUPPORTED | ClickHouse",
        "stores.dev = {type = 'DuckDB', config = {database = 'x', ducklake = {alias = 'y'}}} | FEATURE_NOT_SUPPORTED | DuckLake",
      })
  void whatIsWrongIsSaid(String line, SqlState state, String message) throws IOException {
    assertThatThrownBy(() -> read(Map.of(), line).store(null))
        .isInstanceOfSatisfying(MetaxyException.class, e -> assertThat(e.state()).isEqualTo(state))
        .hasMessageContaining(message);
  }
}
