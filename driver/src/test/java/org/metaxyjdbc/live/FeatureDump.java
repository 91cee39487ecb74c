package org.metaxyjdbc.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What Metaxy's own reader returned from one feature: its lines in the output of read_store.py. */
public final class FeatureDump {
  private final JsonNode head;
  private final List<JsonNode> stored = new ArrayList<>();
  private final Map<ReadMode, JsonNode> modes = new EnumMap<>(ReadMode.class);

  private FeatureDump(JsonNode head) {
    this.head = head;
  }

  /** The dumped features by key, in the order of the lines. */
  public static Map<String, FeatureDump> parse(Iterable<JsonNode> lines) {
    Map<String, FeatureDump> features = new LinkedHashMap<>();
    for (JsonNode line : lines) {
      String feature = line.get("feature").asText();
      switch (line.get("type").asText()) {
        case "feature" -> features.put(feature, new FeatureDump(line));
        case "row" -> features.get(feature).stored.add(line.get("row"));
        case "mode" ->
            features
                .get(feature)
                .modes
                .put(ReadMode.of(line.get("mode").asText()).orElseThrow(), line);
        default -> throw new IllegalArgumentException(line.toString());
      }
    }
    return features;
  }

  /** The feature's key. */
  public String feature() {
    return head.get("feature").asText();
  }

  /** The physical table. */
  public String table() {
    return head.get("table").asText();
  }

  /** The feature version that Metaxy computes and reads. */
  public String featureVersion() {
    return head.get("feature_version").asText();
  }

  /** Whether the feature has a table. */
  public boolean exists() {
    return head.get("exists").asBoolean();
  }

  /** The id columns, in the spec's order. */
  public List<String> idColumns() {
    List<String> names = new ArrayList<>();
    head.get("id_columns").forEach(name -> names.add(name.asText()));
    return names;
  }

  /** Every row of the table. */
  public List<JsonNode> stored() {
    return stored;
  }

  /** The rows that Metaxy reads in a mode, which must not leave any to chance. */
  public List<JsonNode> rows(ReadMode mode) {
    JsonNode line = modes.get(mode);
    assertThat(line.path("ties")).as("ties in %s of %s", mode, feature()).isEmpty();
    List<JsonNode> rows = new ArrayList<>();
    line.get("refs").forEach(ref -> rows.add(stored.get(ref.asInt())));
    return rows;
  }
}
