package org.metaxyjdbc.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;

/**
 * A feature's definition, as {@code metaxy push} writes it in the column {@code feature_spec}.
 *
 * @param key the feature's key
 * @param idColumns what identifies a record, in their order
 * @param dependencies the upstream features
 * @param fields what the feature's version is computed from
 * @param description the docstring of the feature's class, or null
 */
public record FeatureSpec(
    FeatureKey key,
    List<String> idColumns,
    List<Dependency> dependencies,
    List<Field> fields,
    @Nullable String description) {
  /**
   * An upstream feature; {@code mapping} says which of its fields a field without explicit ones
   * depends on, {@code rename} what its columns are called downstream where not the same.
   */
  public record Dependency(
      FeatureKey feature, String relationship, JsonNode mapping, Map<String, String> rename) {
    /** Whether many upstream records make one downstream, which then refers to none of them. */
    public boolean isAggregation() {
      return relationship.equals("N:1");
    }
  }

  /**
   * A field. {@code dependencies} is empty where the dependency's mapping decides.
   *
   * @param allUpstream whether it depends on every field of every upstream feature
   */
  public record Field(
      String name, String codeVersion, boolean allUpstream, List<FieldDependency> dependencies) {}

  /** Fields of one upstream feature; {@code allFields} where the spec does not list them. */
  public record FieldDependency(FeatureKey feature, boolean allFields, Set<String> fields) {}

  /**
   * Parses the JSON text of a registry row.
   *
   * @throws MetaxyException 22032 where the text is not JSON or not a feature spec
   */
  public static FeatureSpec parse(@Nullable String json) {
    if (json == null) {
      throw invalid("it is NULL", null);
    }
    JsonNode spec;
    try {
      spec = JsonTree.read(json);
    } catch (JsonProcessingException e) {
      throw invalid(e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw invalid(e.getMessage(), e);
    }
    if (!spec.isObject() || !spec.path("id_columns").isArray()) {
      throw invalid("it has no list \"id_columns\"", null);
    }
    List<String> idColumns = new ArrayList<>();
    spec.path("id_columns").forEach(id -> idColumns.add(id.asText()));
    if (idColumns.isEmpty()) {
      throw invalid("\"id_columns\" is empty", null);
    }
    List<Dependency> dependencies = new ArrayList<>();
    for (JsonNode dependency : spec.path("deps")) {
      dependencies.add(
          new Dependency(
              key(dependency.path("feature")),
              dependency.path("lineage").path("relationship").path("type").asText("1:1"),
              dependency.path("fields_mapping").path("mapping"),
              rename(dependency.path("rename"))));
    }
    List<Field> fields = new ArrayList<>();
    for (JsonNode field : spec.path("fields")) {
      fields.add(
          new Field(
              name(field.path("key")),
              field.path("code_version").asText(),
              field.path("deps").isTextual(),
              fieldDependencies(field.path("deps"))));
    }
    return new FeatureSpec(
        key(spec.path("key")),
        List.copyOf(idColumns),
        List.copyOf(dependencies),
        List.copyOf(fields),
        spec.path("description").isTextual() ? spec.path("description").asText() : null);
  }

  private static Map<String, String> rename(JsonNode node) {
    Map<String, String> result = new HashMap<>();
    node.fields().forEachRemaining(entry -> result.put(entry.getKey(), entry.getValue().asText()));
    return Map.copyOf(result);
  }

  private static List<FieldDependency> fieldDependencies(JsonNode deps) {
    List<FieldDependency> result = new ArrayList<>();
    if (deps.isArray()) {
      for (JsonNode dep : deps) {
        Set<String> names = new HashSet<>();
        boolean all = !dep.path("fields").isArray();
        dep.path("fields").forEach(name -> names.add(name(name)));
        result.add(new FieldDependency(key(dep.path("feature")), all, Set.copyOf(names)));
      }
    }
    return List.copyOf(result);
  }

  /** Keys are written as text, or as the list of their parts. */
  private static FeatureKey key(JsonNode node) {
    String name = name(node);
    if (name.isEmpty()) {
      throw invalid("a feature key is missing", null);
    }
    return FeatureKey.of(name);
  }

  static String name(JsonNode node) {
    if (node.isArray()) {
      List<String> parts = new ArrayList<>();
      node.forEach(part -> parts.add(part.asText()));
      return String.join("/", parts);
    }
    return node.asText();
  }

  private static MetaxyException invalid(String why, @Nullable Throwable cause) {
    return new MetaxyException(SqlState.INVALID_JSON, "feature_spec cannot be read: " + why, cause);
  }
}
