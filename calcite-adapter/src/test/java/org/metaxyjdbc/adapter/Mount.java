package org.metaxyjdbc.adapter;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.jdbc.CalciteConnection;
import org.apache.calcite.schema.SchemaPlus;
import org.metaxyjdbc.testing.TestStore;

/** Opens stores through Calcite's own driver, with the model that the package's Javadoc shows. */
final class Mount {
  private static final Path PACKAGE_INFO =
      Path.of("src/main/java/org/metaxyjdbc/adapter/package-info.java");
  private static final ObjectMapper JSON = new ObjectMapper();

  private Mount() {}

  /**
   * The model of the package's Javadoc, for this store; {@code operands} by turns name and value.
   */
  static String model(TestStore store, String... operands) {
    try {
      String javadoc = Files.readString(PACKAGE_INFO);
      int start = javadoc.indexOf("<pre>{@code");
      String text = javadoc.substring(start, javadoc.indexOf("}</pre>", start));
      ObjectNode model =
          (ObjectNode)
              JSON.readTree(text.substring("<pre>{@code".length()).replaceAll("(?m)^ \\* ?", ""));
      ObjectNode operand = (ObjectNode) model.at("/schemas/0/operand");
      operand.put("jdbcUrl", store.rawUrl());
      for (int i = 0; i < operands.length; i += 2) {
        operand.put(operands[i], operands[i + 1]);
      }
      return model.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A connection of Calcite's with the store mounted as the default schema, by an inline model. */
  static Connection open(TestStore store, String... operands) throws SQLException {
    return open("inline:" + model(store, operands));
  }

  /** A connection of Calcite's with a model, whose names match in any case. */
  static Connection open(String model) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:calcite:caseSensitive=false;unquotedCasing=UNCHANGED;model=\""
            + model.replace("\"", "\"\"")
            + '"');
  }

  /** Mounts another store beside the first. */
  static void add(Connection connection, String name, TestStore store, String... operands)
      throws SQLException {
    Map<String, Object> map = new HashMap<>(Map.of("jdbcUrl", store.rawUrl()));
    for (int i = 0; i < operands.length; i += 2) {
      map.put(operands[i], operands[i + 1]);
    }
    SchemaPlus root = connection.unwrap(CalciteConnection.class).getRootSchema();
    root.add(name, new MetaxySchemaFactory().create(root, name, map));
  }

  /** The rows of a query as text, values separated by {@code |}. */
  static List<String> rows(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      List<String> rows = new ArrayList<>();
      while (result.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          values.add(result.getString(i));
        }
        rows.add(String.join("|", values));
      }
      return rows;
    }
  }

  static long update(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.executeLargeUpdate(sql);
    }
  }
}
