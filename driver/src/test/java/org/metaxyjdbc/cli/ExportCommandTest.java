package org.metaxyjdbc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.metaxyjdbc.testing.DemoStore;
import org.metaxyjdbc.testing.TestStore;

class ExportCommandTest {
  private static List<CSVRecord> csv(String text) throws Exception {
    try (CSVParser parser =
        CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .get()
            .parse(new StringReader(text))) {
      return parser.getRecords();
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void csvHasTheSameTextForEveryStore(TestStore.Kind kind) throws Exception {
    DemoStore store = DemoStore.create(kind);
    CommandRun run =
        CommandRun.of(
            "export",
            "predictions",
            "--filter",
            "prediction_id = 5 OR label IS NULL",
            "--url",
            store.url());
    assertThat(run.err()).isEmpty();
    List<CSVRecord> records = csv(run.out());
    assertThat(records).hasSize(2);
    CSVRecord five = records.get(records.get(0).get("prediction_id").equals("5") ? 0 : 1);
    assertThat(five.get("label")).isEqualTo("it's \"odd\" ü");
    assertThat(five.get("price")).isEqualTo("1.000");
    assertThat(five.get("is_archived")).isEqualTo("false");
    assertThat(five.get("created_at")).isEqualTo("2024-06-01T14:00:00.000000");
    assertThat(five.get("seen_at")).isEqualTo("2024-06-01T14:00:00.000000Z");
    assertThat(five.get("date")).isEqualTo("2024-06-01");
    assertThat(run.out()).contains("\n\"5\",\"it's \"\"odd\"\" ü\",,\"1.0\",\"50\",\"false\",");
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void jsonLinesKeepTheTypes(TestStore.Kind kind) throws Exception {
    DemoStore store = DemoStore.create(kind);
    String nested =
        kind == TestStore.Kind.H2 ? "JSON '{\"a\": [1, 2.50]}'" : "'{\"a\": [1, 2.50]}'";
    store
        .store()
        .execute(
            "UPDATE \"predictions\" SET \"raw\" = " + nested + " WHERE \"prediction_id\" = 2",
            "UPDATE \"predictions\" SET \"confidence\" = CAST('NaN' AS DOUBLE PRECISION) WHERE \"prediction_id\" = 4");
    CommandRun run =
        CommandRun.of(
            "export",
            "--feature",
            "predictions",
            "--format",
            "jsonl",
            "--filter",
            "prediction_id IN (2, 4)",
            "--url",
            store.url());
    assertThat(run.err()).isEmpty();
    List<String> lines = run.out().lines().sorted().toList();
    assertThat(lines).hasSize(2);
    JsonNode two = new ObjectMapper().readTree(lines.get(0));
    assertThat(two.get("prediction_id").isIntegralNumber()).isTrue();
    assertThat(two.get("confidence").asDouble()).isEqualTo(0.2);
    assertThat(lines.get(0)).contains("\"price\":25.000,", "\"part\":0.5,");
    assertThat(two.get("is_archived").isBoolean()).isTrue();
    assertThat(two.get("metaxy_deleted_at").isNull()).isTrue();
    assertThat(two.get("raw").get("a").get(1).asDouble()).isEqualTo(2.5);
    assertThat(new ObjectMapper().readTree(lines.get(1)).get("confidence").asText())
        .isEqualTo("NaN");
  }

  @Test
  void otherSchemasShowOtherRows(@TempDir Path folder) throws Exception {
    DemoStore store = DemoStore.create(TestStore.Kind.H2);
    Path file = folder.resolve("out.csv");
    CommandRun run =
        CommandRun.of(
            "export",
            "predictions",
            "--schema",
            "history",
            "--output",
            file.toString(),
            "--url",
            store.url());
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("11 rows written to " + file);
    assertThat(csv(Files.readString(file)).get(0).isMapped("metaxy_is_current")).isTrue();
    CommandRun deleted =
        CommandRun.of("export", "predictions", "--schema", "only_deleted", "--url", store.url());
    assertThat(csv(deleted.out())).hasSize(1);
  }

  @Test
  void exportsOneFeatureAtATime() throws Exception {
    CommandRun run =
        CommandRun.of(
            "export", "predictions,video/raw", "--url", DemoStore.create(TestStore.Kind.H2).url());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("one at a time");
  }
}
