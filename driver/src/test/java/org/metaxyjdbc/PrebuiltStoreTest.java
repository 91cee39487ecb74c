package org.metaxyjdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A store that real Metaxy wrote shows the number of rows that Metaxy's own reader returns, in
 * every mode.
 */
class PrebuiltStoreTest {
  private static final Map<String, String> SCHEMAS =
      Map.of(
          "default", "active",
          "include_soft_deleted", "include_deleted",
          "only_deleted", "only_deleted",
          "with_sample_history+include_soft_deleted", "history");

  @TempDir Path folder;

  @Test
  void everyModeHasTheRowsThatMetaxyReads() throws Exception {
    Path shared = Path.of("../../shared/metaxy/stores/duckdb");
    Assumptions.assumeTrue(Files.exists(shared), "the prebuilt stores are not beside the project");
    Path copy = Files.copy(shared.resolve("basic.duckdb"), folder.resolve("basic.duckdb"));
    ObjectMapper json = new ObjectMapper();
    int checked = 0;
    try (Connection connection = DriverManager.getConnection("jdbc:metaxy:duckdb:" + copy);
        Statement statement = connection.createStatement()) {
      for (String line : Files.readAllLines(shared.resolve("basic.expected.jsonl"))) {
        JsonNode node = json.readTree(line);
        String schema = SCHEMAS.get(node.path("mode").asText());
        if (node.path("type").asText().equals("mode") && schema != null) {
          String table = node.path("feature").asText().replace("/", "__");
          try (ResultSet rows =
              statement.executeQuery("SELECT COUNT(*) FROM " + schema + "." + table)) {
            rows.next();
            assertThat(rows.getInt(1))
                .as(schema + "." + table)
                .isEqualTo(node.path("count").asInt());
            checked++;
          }
        }
      }
    }
    assertThat(checked).isGreaterThanOrEqualTo(16);
  }
}
