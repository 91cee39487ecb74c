package org.metaxyjdbc.write;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.commons.codec.digest.XXHash32;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;

/**
 * A hash for each field of a feature, as in {@code metaxy_provenance_by_field} and {@code
 * metaxy_data_version_by_field}, and the one hash that Metaxy makes of them.
 */
final class Provenance {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectReader STRICT =
      JSON.reader(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .with(StreamReadFeature.STRICT_DUPLICATE_DETECTION);

  /** Metaxy's default length of a hash. */
  private static final int LENGTH = 8;

  private static final int CONTENT_LENGTH = 16;

  private final SortedMap<String, String> byField;

  private Provenance(SortedMap<String, String> byField) {
    this.byField = byField;
  }

  /**
   * Hashes that a user gave.
   *
   * @param column the column that they are for, for messages
   * @param fields the names that there must be
   * @throws MetaxyException 22032 where the text is not a JSON object of texts, 22023 where a field
   *     is missing or unknown
   */
  static Provenance parse(String text, String column, Collection<String> fields) {
    JsonNode json;
    try {
      json = STRICT.readTree(text);
    } catch (JsonProcessingException e) {
      throw invalid(column, text, fields, e);
    }
    if (!json.isObject()) {
      throw invalid(column, text, fields, null);
    }
    SortedMap<String, String> byField = new TreeMap<>();
    for (Map.Entry<String, JsonNode> field : json.properties()) {
      if (!field.getValue().isTextual()) {
        throw invalid(column, text, fields, null);
      }
      byField.put(field.getKey(), field.getValue().textValue());
    }
    if (!byField.keySet().equals(new TreeSet<>(fields))) {
      throw new MetaxyException(
          SqlState.INVALID_PARAMETER_VALUE,
          "%s has hashes of the fields %s; the feature has the fields %s"
              .formatted(column, byField.keySet(), fields));
    }
    return new Provenance(byField);
  }

  /** Hashes that stand in the store, whatever the fields that they are of. */
  static Provenance ofStore(String text, String column) {
    SortedMap<String, String> byField = new TreeMap<>();
    try {
      for (Map.Entry<String, JsonNode> field : JSON.readTree(text).properties()) {
        byField.put(field.getKey(), field.getValue().asText(""));
      }
    } catch (JsonProcessingException e) {
      throw invalid(column, text, List.of(), e);
    }
    return new Provenance(byField);
  }

  private static MetaxyException invalid(
      String column, String text, Collection<String> fields, @Nullable Exception cause) {
    String message =
        "%s must be a JSON object with a text for each of the fields %s, not '%s'"
            .formatted(column, fields, text);
    return cause == null
        ? new MetaxyException(SqlState.INVALID_JSON, message)
        : new MetaxyException(SqlState.INVALID_JSON, message, cause);
  }

  /**
   * Hashes of what a row holds: that of a field is of the column with its name, or of all columns
   * where there is none. The same content gives the same hashes, in whatever order the columns are
   * given; one that is NULL is as one that is not there.
   *
   * @param columns names of the user's columns and the texts of their values; null for NULL
   */
  static Provenance ofContent(
      Collection<String> fields, List<Map.Entry<String, @Nullable String>> columns) {
    SortedMap<String, String> byField = new TreeMap<>();
    for (String field : fields) {
      List<Map.Entry<String, @Nullable String>> read = new ArrayList<>();
      for (Map.Entry<String, @Nullable String> column : columns) {
        if (column.getKey().equalsIgnoreCase(field)) {
          read.add(column);
        }
      }
      byField.put(field, contentHash(read.isEmpty() ? columns : read));
    }
    return new Provenance(byField);
  }

  private static String contentHash(List<Map.Entry<String, @Nullable String>> columns) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
    List<Map.Entry<String, @Nullable String>> sorted = new ArrayList<>(columns);
    sorted.sort(Map.Entry.comparingByKey());
    for (Map.Entry<String, @Nullable String> column : sorted) {
      String value = column.getValue();
      if (value != null) {
        update(digest, column.getKey());
        update(digest, value);
      }
    }
    return HexFormat.of().formatHex(digest.digest()).substring(0, CONTENT_LENGTH);
  }

  /** Length and text, so that no two lists of texts are the same bytes. */
  private static void update(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update((bytes.length + ";").getBytes(StandardCharsets.UTF_8));
    digest.update(bytes);
  }

  /** The hashes as a JSON object. */
  String toJson() {
    ObjectNode json = JSON.createObjectNode();
    byField.forEach(json::put);
    return json.toString();
  }

  /**
   * The one hash of them: the first characters of the decimal xxh32 of the values, in the order of
   * their fields' names, joined by {@code |}, as Metaxy computes {@code metaxy_provenance} and
   * {@code metaxy_data_version}.
   */
  String hash() {
    XXHash32 hash = new XXHash32();
    byte[] text = String.join("|", byField.values()).getBytes(StandardCharsets.UTF_8);
    hash.update(text, 0, text.length);
    String decimal = Long.toString(hash.getValue());
    return decimal.substring(0, Math.min(LENGTH, decimal.length()));
  }
}
