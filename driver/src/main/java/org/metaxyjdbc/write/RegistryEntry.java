package org.metaxyjdbc.write;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.calcite.rel.type.RelDataType;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.catalog.FeatureKey;
import org.metaxyjdbc.catalog.FeatureSpec;
import org.metaxyjdbc.catalog.FeatureVersions;
import org.metaxyjdbc.catalog.Registration;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;
import org.metaxyjdbc.plan.FeatureDefinition;

/**
 * The registry's entry of a feature that SQL made: what {@code metaxy push} would write of a class
 * with these columns and the default field.
 */
final class RegistryEntry {
  /** Metaxy keeps texts within the tags. */
  static final String TAGS = "{\"metaxy-jdbc\": \"{}\"}";

  private static final int HASH_LENGTH = 8;
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS).build();

  /** Python's spelling of JSON with sorted keys, which Metaxy's hashes are made of. */
  private static final ObjectWriter CANONICAL =
      JsonMapper.builder()
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
          .build()
          .writer(
              new DefaultPrettyPrinter(
                      Separators.createDefaultInstance()
                          .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                          .withObjectEntrySpacing(Separators.Spacing.AFTER)
                          .withArrayValueSpacing(Separators.Spacing.AFTER)
                          .withObjectEmptySeparator("")
                          .withArrayEmptySeparator(""))
                  .withObjectIndenter(new DefaultPrettyPrinter.NopIndenter())
                  .withArrayIndenter(new DefaultPrettyPrinter.NopIndenter()));

  private RegistryEntry() {}

  /**
   * The entry.
   *
   * @param others the newest entries of the project
   */
  static Registration of(
      FeatureDefinition definition, String project, Collection<Registration> others) {
    String key = definition.key().toString();
    String spec = json(spec(definition));
    String schema = json(schema(definition));
    String definitionVersion = hash(hash(spec) + schema);
    FeatureSpec parsed = FeatureSpec.parse(spec);
    return new Registration(
        project,
        key,
        new FeatureVersions(Map.of(definition.key(), parsed)).of(parsed).orElse(null),
        definitionVersion,
        null,
        spec,
        schema,
        projectVersion(others, key, definitionVersion));
  }

  /**
   * The entry of a feature with one column more; its spec stays as it is.
   *
   * @param before the newest entry of the feature
   * @param featureVersion the feature's current version
   * @param others the newest entries of the project
   * @throws MetaxyException 22032 where the entry's schema is not JSON
   */
  static Registration withColumn(
      Registration before,
      @Nullable String featureVersion,
      FeatureDefinition.Column column,
      Collection<Registration> others) {
    Map<String, Object> definition = parse(before, before.featureSpec());
    Map<String, Object> schema = parse(before, before.featureSchema());
    Map<String, Object> properties = new LinkedHashMap<>();
    if (schema.get("properties") instanceof Map<?, ?> known) {
      known.forEach((name, type) -> properties.put(String.valueOf(name), type));
    }
    properties.put(column.name(), optional(type(column.type())));
    schema.put("properties", properties);
    String text = json(schema);
    String definitionVersion = hash(hash(json(definition)) + text);
    return new Registration(
        before.project(),
        before.featureKey(),
        featureVersion,
        definitionVersion,
        before.recordedAt(),
        before.featureSpec(),
        text,
        projectVersion(others, before.featureKey(), definitionVersion));
  }

  private static Map<String, Object> parse(Registration entry, @Nullable String json) {
    try {
      return new LinkedHashMap<>(
          JSON.readValue(json == null || json.isEmpty() ? "{}" : json, OBJECT));
    } catch (JsonProcessingException e) {
      throw new MetaxyException(
          SqlState.INVALID_JSON,
          "The registry's entry of '%s' is not JSON: %s"
              .formatted(entry.featureKey(), e.getOriginalMessage()),
          e);
    }
  }

  /**
   * The hash of the definitions of a project's features, in the order of the parts of their keys.
   */
  private static String projectVersion(
      Collection<Registration> others, String key, String definitionVersion) {
    Map<String, String> definitions =
        new TreeMap<>(Comparator.comparing((String k) -> k.replace('/', '\0')));
    for (Registration other : others) {
      definitions.put(other.featureKey(), String.valueOf(other.definitionVersion()));
    }
    definitions.put(key, definitionVersion);
    StringBuilder all = new StringBuilder();
    definitions.forEach((k, version) -> all.append(k).append(version));
    return hash(all.toString());
  }

  private static Map<String, Object> spec(FeatureDefinition definition) {
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("key", definition.key().toString());
    spec.put("id_columns", definition.idColumns());
    spec.put("deps", List.of());
    spec.put(
        "fields",
        List.of(Map.of("key", "default", "code_version", "__metaxy_initial__", "deps", List.of())));
    spec.put("metadata", Map.of());
    spec.put("description", null);
    return spec;
  }

  private static Map<String, Object> schema(FeatureDefinition definition) {
    Map<String, Object> properties = new LinkedHashMap<>();
    for (FeatureDefinition.Column column : definition.columns()) {
      Map<String, Object> type = type(column.type());
      properties.put(
          column.name(), definition.idColumns().contains(column.name()) ? type : optional(type));
    }
    return Map.of(
        "properties",
        properties,
        "required",
        definition.idColumns(),
        "title",
        title(definition.key()),
        "type",
        "object");
  }

  private static Map<String, Object> optional(Map<String, Object> type) {
    return Map.of("anyOf", List.of(type, Map.of("type", "null")));
  }

  private static Map<String, Object> type(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case TINYINT, SMALLINT, INTEGER, BIGINT -> Map.of("type", "integer");
      case DECIMAL, REAL, FLOAT, DOUBLE -> Map.of("type", "number");
      case BOOLEAN -> Map.of("type", "boolean");
      case DATE -> Map.of("type", "string", "format", "date");
      case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          Map.of("type", "string", "format", "date-time");
      case ARRAY -> Map.of("type", "array");
      case MAP, ROW, ANY -> Map.of("type", "object");
      default -> Map.of("type", "string");
    };
  }

  /** The name that a class of the feature would have. */
  static String title(FeatureKey key) {
    StringBuilder title = new StringBuilder();
    for (String part : key.parts()) {
      for (String word : part.split("[_-]", -1)) {
        if (!word.isEmpty()) {
          title.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
        }
      }
    }
    return title.toString();
  }

  private static String json(Object value) {
    try {
      return CANONICAL.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("maps and lists of texts are JSON", e);
    }
  }

  private static String hash(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, HASH_LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
