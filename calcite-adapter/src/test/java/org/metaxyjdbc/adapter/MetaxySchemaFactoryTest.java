package org.metaxyjdbc.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;
import org.metaxyjdbc.testing.TestStore;

/** How a model mounts a store. */
class MetaxySchemaFactoryTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void theModelOfThePackageWorksAsAFile(TestStore.Kind kind) throws Exception {
    Path model = folder.resolve("model.json");
    Files.writeString(model, Mount.model(Clips.create(kind)));
    try (Connection connection = Mount.open(model.toString())) {
      assertThat(Mount.rows(connection, "SELECT COUNT(*) FROM metaxy.active.\"order\""))
          .containsExactly("7");
    }
  }

  @Test
  void namesAreQuotedOrNotAsTheConnectionSays() throws Exception {
    String model = "inline:" + Mount.model(Clips.create(TestStore.Kind.H2));
    String url = "jdbc:calcite:model=\"" + model.replace("\"", "\"\"") + '"';
    try (Connection connection = DriverManager.getConnection(url)) {
      assertThat(Mount.rows(connection, "SELECT COUNT(*) FROM \"only_deleted\".\"order\""))
          .containsExactly("2");
    }
    try (Connection connection = DriverManager.getConnection(url + ";lex=JAVA")) {
      assertThat(Mount.rows(connection, "SELECT `Größe` FROM active.`order` WHERE `select` = 'c'"))
          .containsExactly("3.5");
    }
  }

  @Test
  void tablesAndColumnsAreInTheMetadata() throws Exception {
    TestStore store = Clips.create(TestStore.Kind.DUCKDB);
    try (Connection connection = Mount.open(store);
        ResultSet schemas = connection.getMetaData().getSchemas();
        ResultSet tables = connection.getMetaData().getTables(null, "metaxy", "%", null);
        ResultSet columns = connection.getMetaData().getColumns(null, "metaxy", "order", "%")) {
      assertThat(column(schemas, "TABLE_SCHEM")).contains("metaxy");
      assertThat(column(tables, "TABLE_NAME"))
          .containsExactlyInAnyOrder("clip__labels", "never__written", "order");
      assertThat(column(columns, "COLUMN_NAME"))
          .startsWith("select", "Part No", "Größe", "metaxy_provenance_by_field")
          .hasSize(13);
    }
  }

  private static List<String> column(ResultSet rows, String name) throws SQLException {
    List<String> values = new ArrayList<>();
    while (rows.next()) {
      values.add(rows.getString(name));
    }
    return values;
  }

  @Test
  void aSchemaAndAPrefixOfTheStoreAreFound() throws Exception {
    TestStore store = TestStore.Kind.POSTGRESQL.create();
    store.execute(
        "CREATE SCHEMA \"My Features\"",
        Clips.table("p_x", "JSONB", "\"id\" INTEGER")
            .replace("\"p_x\"", "\"My Features\".\"p_x\""));
    try (Connection connection =
        Mount.open(store, "schema", "My Features", "table_prefix", "p_", "id_columns", "x:id")) {
      assertThat(Mount.rows(connection, "SELECT id FROM x")).isEmpty();
      assertThat(Mount.rows(connection, "SELECT table_name, id_columns FROM registry.features"))
          .containsExactly("x|id");
    }
  }

  @Test
  void aDataSourceTakesThePlaceOfAUrl() throws Exception {
    Source.store = Clips.create(TestStore.Kind.H2);
    String model =
        Mount.model(Source.store)
            .replace(
                "\"jdbcUrl\":\"" + Source.store.rawUrl() + '"',
                "\"dataSource\":\"" + Source.class.getName() + '"');
    try (Connection connection = Mount.open("inline:" + model)) {
      assertThat(Mount.rows(connection, "SELECT COUNT(*) FROM \"order\"")).containsExactly("7");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "jdbcURL      | x    | There is no operand [jdbcURL]; there are [jdbcUrl, jdbcDriver",
        "hard_delete  | yes  | Operand 'hard_delete' cannot be 'yes'; it can be true or false",
        "id_columns   | x    | id_columns is 'x'; it must have the form table:column+column",
        "dataSource   | x.Y  | needs one of the operands 'jdbcUrl'",
      })
  void aWrongOperandIsAnErrorThatSaysWhatThereIs(String operand, String value, String message)
      throws Exception {
    TestStore store = TestStore.Kind.H2.create();
    assertThatThrownBy(() -> Mount.open(store, operand, value).close())
        .rootCause()
        .isInstanceOf(MetaxyException.class)
        .hasMessageContaining(message)
        .extracting(e -> ((MetaxyException) e).state())
        .isEqualTo(SqlState.INVALID_PARAMETER_VALUE);
  }

  @Test
  void aStoreThatCannotBeOpenedIsAnErrorWithItsReason() {
    assertThatThrownBy(
            () ->
                Mount.open(
                        "inline:"
                            + Mount.model(TestStore.Kind.H2.create())
                                .replace("jdbc:h2:mem:", "jdbc:h2:mem:;IFEXISTS=TRUE;X="))
                    .close())
        .hasStackTraceContaining("org.h2")
        .hasStackTraceContaining(MetaxyException.class.getName());
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdbc:h2:mem:", "jdbc:duckdb:"})
  void aStoreThatConnectionsDoNotShareIsRefused(String url) {
    TestStore store = TestStore.Kind.H2.create();
    String model = Mount.model(store).replace(store.rawUrl(), url);
    assertThatThrownBy(() -> Mount.open("inline:" + model).close())
        .rootCause()
        .hasMessageContaining("'" + url + "' is seen by one connection only");
  }

  /** A data source of the application. */
  public static final class Source implements DataSource {
    private static TestStore store = TestStore.Kind.H2.create();

    @Override
    public Connection getConnection() throws SQLException {
      return store.raw();
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
      return store.raw();
    }

    @Override
    public PrintWriter getLogWriter() {
      return new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    }

    @Override
    public void setLogWriter(PrintWriter writer) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
      return 0;
    }

    @Override
    public Logger getParentLogger() {
      return Logger.getGlobal();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
      throw new SQLException("nothing to unwrap");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
      return false;
    }
  }
}
