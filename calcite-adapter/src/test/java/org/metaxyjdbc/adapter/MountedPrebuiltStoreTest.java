package org.metaxyjdbc.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.metaxyjdbc.testing.TestStore;

/**
 * A mounted store that real Metaxy wrote shows, in every mode, the rows that Metaxy reads; its
 * times to the millisecond, which is what Calcite carries.
 */
class MountedPrebuiltStoreTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The schema for a mode of reading, by feature version. */
  private static final Map<String, Map<String, String>> MODES =
      Map.of(
          "current",
          Map.of(
              "default", "active",
              "include_soft_deleted", "include_deleted",
              "only_deleted", "only_deleted",
              "with_sample_history+include_soft_deleted", "history"),
          "all",
          Map.of(
              "with_feature_history", "active",
              "with_feature_history+include_soft_deleted", "include_deleted",
              "with_feature_history+only_deleted", "only_deleted",
              "all", "history"));

  @ParameterizedTest
  @EnumSource(
      value = TestStore.Kind.class,
      names = {"DUCKDB", "POSTGRESQL"})
  void everyModeShowsTheRowsThatMetaxyReads(TestStore.Kind kind) throws Exception {
    assumeTrue(TestStore.hasPrebuilt(), "the stores that Metaxy wrote are not beside the project");
    TestStore store = kind.prebuilt();
    int checked = 0;
    for (Map.Entry<String, Map<String, String>> modes : MODES.entrySet()) {
      try (Connection connection = Mount.open(store, "feature_version", modes.getKey())) {
        Map<String, List<JsonNode>> stored = new HashMap<>();
        for (String line : Files.readAllLines(kind.expected())) {
          JsonNode node = JSON.readTree(line);
          String feature = node.path("feature").asText();
          if (node.path("type").asText().equals("row")) {
            stored.computeIfAbsent(feature, key -> new ArrayList<>()).add(node.get("row"));
          }
          String schema = modes.getValue().get(node.path("mode").asText());
          if (schema != null) {
            List<Map<String, JsonNode>> expected = new ArrayList<>();
            for (JsonNode ref : node.get("refs")) {
              expected.add(milliseconds(stored.get(feature).get(ref.asInt())));
            }
            assertThat(rows(connection, schema, feature))
                .as(feature + " in " + schema + " of " + modes.getKey())
                .containsExactlyInAnyOrderElementsOf(expected);
            checked++;
          }
        }
      }
    }
    assertThat(checked).isEqualTo(4 * 8);
  }

  private static List<Map<String, JsonNode>> rows(
      Connection connection, String schema, String feature) throws Exception {
    List<Map<String, JsonNode>> result = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet read =
            statement.executeQuery("SELECT * FROM " + schema + "." + feature.replace("/", "__"))) {
      ResultSetMetaData metaData = read.getMetaData();
      while (read.next()) {
        Map<String, JsonNode> row = new TreeMap<>();
        for (int i = 1; i <= metaData.getColumnCount(); i++) {
          String name = metaData.getColumnLabel(i);
          if (!name.startsWith("metaxy_valid_") && !name.equals("metaxy_is_current")) {
            row.put(name, value(read, i, metaData.getColumnType(i)));
          }
        }
        result.add(row);
      }
    }
    return result;
  }

  private static JsonNode value(ResultSet rows, int i, int type) throws Exception {
    String text = rows.getString(i);
    if (text == null) {
      return JSON.nullNode();
    }
    return switch (type) {
      case Types.OTHER, Types.JAVA_OBJECT -> sorted(JSON.readTree(text));
      case Types.BOOLEAN -> JSON.valueToTree(rows.getBoolean(i));
      case Types.INTEGER, Types.BIGINT -> JSON.readTree(text);
      case Types.REAL -> JSON.valueToTree((double) rows.getFloat(i));
      case Types.DOUBLE -> JSON.valueToTree(rows.getDouble(i));
      default -> JSON.valueToTree(text);
    };
  }

  private static Map<String, JsonNode> milliseconds(JsonNode row) {
    Map<String, JsonNode> result = new TreeMap<>();
    row.fields()
        .forEachRemaining(
            field -> {
              JsonNode value = field.getValue();
              result.put(
                  field.getKey(),
                  value.asText().matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z?")
                      ? JSON.valueToTree(value.asText().replace('T', ' ').substring(0, 23))
                      : sorted(value));
            });
    return result;
  }

  private static JsonNode sorted(JsonNode node) {
    if (!node.isObject()) {
      return node;
    }
    ObjectNode result = JSON.createObjectNode();
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    names.sort(null);
    names.forEach(name -> result.set(name, sorted(node.get(name))));
    return result;
  }
}
