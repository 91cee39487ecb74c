package org.metaxyjdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.metaxyjdbc.testing.TestStore;

/**
 * A store that real Metaxy wrote shows, in every mode, exactly the rows and values that Metaxy
 * reads.
 */
class PrebuiltStoreTest {
  private record Mode(String schema, String featureVersion) {}

  private static final Map<String, Mode> MODES =
      Map.of(
          "default", new Mode("active", "current"),
          "include_soft_deleted", new Mode("include_deleted", "current"),
          "only_deleted", new Mode("only_deleted", "current"),
          "with_sample_history+include_soft_deleted", new Mode("history", "current"),
          "with_feature_history", new Mode("active", "all"),
          "with_feature_history+include_soft_deleted", new Mode("include_deleted", "all"),
          "with_feature_history+only_deleted", new Mode("only_deleted", "all"),
          "all", new Mode("history", "all"));

  private final ObjectMapper json = new ObjectMapper();

  @ParameterizedTest
  @EnumSource(
      value = TestStore.Kind.class,
      names = {"DUCKDB", "POSTGRESQL"})
  void everyModeShowsTheRowsThatMetaxyReads(TestStore.Kind kind) throws Exception {
    assumeTrue(TestStore.hasPrebuilt(), "the stores that Metaxy wrote are not beside the project");
    Map<String, List<JsonNode>> stored = new HashMap<>();
    int checked = 0;
    try (Connection connection = kind.prebuilt().connect()) {
      for (String line : Files.readAllLines(kind.expected())) {
        JsonNode node = json.readTree(line);
        String feature = node.path("feature").asText();
        if (node.path("type").asText().equals("row")) {
          stored.computeIfAbsent(feature, key -> new ArrayList<>()).add(node.get("row"));
        }
        Mode mode = MODES.get(node.path("mode").asText());
        if (mode != null) {
          assertThat(node.path("ties")).as("ties in " + line).isEmpty();
          List<JsonNode> expected = new ArrayList<>();
          for (JsonNode ref : node.get("refs")) {
            expected.add(sorted(stored.get(feature).get(ref.asInt())));
          }
          assertThat(rows(connection, mode, feature))
              .as(feature + " " + mode)
              .containsExactlyInAnyOrderElementsOf(expected);
          checked++;
        }
      }
    }
    assertThat(checked).isEqualTo(4 * MODES.size());
  }

  private List<JsonNode> rows(Connection connection, Mode mode, String feature)
      throws SQLException {
    List<JsonNode> result = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET feature_version = '" + mode.featureVersion() + "'");
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT * FROM " + mode.schema() + "." + feature.replace("/", "__"))) {
        while (rows.next()) {
          result.add(row(rows));
        }
      }
    }
    return result;
  }

  private JsonNode row(ResultSet rows) throws SQLException {
    ResultSetMetaData metaData = rows.getMetaData();
    ObjectNode row = json.createObjectNode();
    for (int i = 1; i <= metaData.getColumnCount(); i++) {
      String name = metaData.getColumnLabel(i);
      if (!name.startsWith("metaxy_valid_") && !name.equals("metaxy_is_current")) {
        row.set(name, value(rows, i, metaData));
      }
    }
    return sorted(row);
  }

  /** In the format of the expected files. */
  private JsonNode value(ResultSet rows, int i, ResultSetMetaData metaData) throws SQLException {
    Object value = rows.getObject(i);
    if (value == null) {
      return json.nullNode();
    }
    try {
      return switch (metaData.getColumnType(i)) {
        case Types.TIMESTAMP_WITH_TIMEZONE ->
            json.valueToTree(
                DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'")
                    .format(rows.getObject(i, OffsetDateTime.class)));
        case Types.TIMESTAMP ->
            json.valueToTree(
                DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS")
                    .format(rows.getObject(i, LocalDateTime.class)));
        case Types.DATE, Types.DECIMAL -> json.valueToTree(rows.getString(i));
        case Types.ARRAY, Types.OTHER -> json.readTree(rows.getString(i));
        case Types.REAL -> json.valueToTree((double) rows.getFloat(i));
        case Types.DOUBLE -> json.valueToTree(rows.getDouble(i));
        case Types.INTEGER, Types.BIGINT -> json.readTree(Long.toString(rows.getLong(i)));
        default -> json.valueToTree(value);
      };
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError(name(metaData, i) + ": " + rows.getString(i), e);
    }
  }

  private static String name(ResultSetMetaData metaData, int i) throws SQLException {
    return metaData.getColumnLabel(i);
  }

  /** With fields in one order, at all depths. */
  private JsonNode sorted(JsonNode node) {
    if (!node.isObject()) {
      return node;
    }
    ObjectNode result = json.createObjectNode();
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    names.sort(null);
    names.forEach(name -> result.set(name, sorted(node.get(name))));
    return result;
  }
}
