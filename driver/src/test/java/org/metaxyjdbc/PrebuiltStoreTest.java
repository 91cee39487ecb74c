package org.metaxyjdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.metaxyjdbc.live.FeatureDump;
import org.metaxyjdbc.live.ShownRows;
import org.metaxyjdbc.testing.TestStore;

/**
 * A store that real Metaxy wrote shows, in every mode, exactly the rows and values that Metaxy
 * reads.
 */
class PrebuiltStoreTest {
  @ParameterizedTest
  @EnumSource(
      value = TestStore.Kind.class,
      names = {"DUCKDB", "POSTGRESQL"})
  void everyModeShowsTheRowsThatMetaxyReads(TestStore.Kind kind) throws Exception {
    assumeTrue(TestStore.hasPrebuilt(), "the stores that Metaxy wrote are not beside the project");
    ObjectMapper json = new ObjectMapper();
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(kind.expected())) {
      lines.add(json.readTree(line));
    }
    List<FeatureDump> written =
        FeatureDump.parse(lines).values().stream().filter(FeatureDump::exists).toList();
    assertThat(written).hasSize(4);
    try (Connection connection = kind.prebuilt().connect()) {
      for (FeatureDump feature : written) {
        ShownRows.assertSameAs(feature, connection);
      }
    }
  }
}
