package org.metaxyjdbc.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Computes feature versions from specs, as Metaxy does when it loads a project ({@code
 * FeatureGraph.get_feature_version}): SHA-256 over names, code versions and the versions of the
 * upstream fields, cut to its first eight hexadecimal characters.
 *
 * <p>Metaxy reads by this computed version, not by the one that the registry holds. The two differ
 * where an upstream feature changed and the downstream project has not been pushed since.
 */
public final class FeatureVersions {
  private static final int LENGTH = 8;

  private final Map<FeatureKey, FeatureSpec> specs;
  private final Map<String, Optional<String>> fieldVersions = new HashMap<>();

  public FeatureVersions(Map<FeatureKey, FeatureSpec> specs) {
    this.specs = specs;
  }

  /**
   * The version of a feature; empty where a spec upstream of it is missing or they form a circle.
   */
  public Optional<String> of(FeatureSpec spec) {
    Map<String, String> versions = new TreeMap<>();
    for (FeatureSpec.Field field : spec.fields()) {
      Optional<String> version = fieldVersion(spec, field, new HashSet<>());
      if (version.isEmpty()) {
        return Optional.empty();
      }
      versions.put(field.name(), version.get());
    }
    MessageDigest digest = sha256();
    versions.forEach(
        (name, version) -> {
          digest.update(name.getBytes(UTF_8));
          digest.update(version.getBytes(UTF_8));
        });
    return Optional.of(truncated(digest));
  }

  private Optional<String> fieldVersion(
      FeatureSpec spec, FeatureSpec.Field field, Set<String> underWay) {
    String name = spec.key() + "." + field.name();
    Optional<String> known = fieldVersions.get(name);
    if (known != null) {
      return known;
    }
    if (!underWay.add(name)) {
      return Optional.empty();
    }
    Optional<String> version = computeFieldVersion(name, spec, field, underWay);
    fieldVersions.put(name, version);
    return version;
  }

  private Optional<String> computeFieldVersion(
      String name, FeatureSpec spec, FeatureSpec.Field field, Set<String> underWay) {
    MessageDigest digest = sha256();
    digest.update(name.getBytes(UTF_8));
    digest.update(field.codeVersion().getBytes(UTF_8));
    SortedMap<String, UpstreamField> parents = new TreeMap<>();
    if (!addParents(spec, field, parents)) {
      return Optional.empty();
    }
    for (UpstreamField parent : parents.values()) {
      Optional<String> version =
          field(parent.feature(), parent.field())
              .flatMap(f -> fieldVersion(parent.feature(), f, underWay));
      if (version.isEmpty()) {
        return Optional.empty();
      }
      digest.update(version.get().getBytes(UTF_8));
    }
    return Optional.of(truncated(digest));
  }

  /**
   * Metaxy's {@code FeaturePlan._resolve_field_deps}: explicit dependencies, else the mapping of
   * each dependency.
   */
  private boolean addParents(
      FeatureSpec spec, FeatureSpec.Field field, SortedMap<String, UpstreamField> parents) {
    if (spec.dependencies().isEmpty()) {
      return true;
    }
    if (!field.allUpstream() && !field.dependencies().isEmpty()) {
      for (FeatureSpec.FieldDependency dependency : field.dependencies()) {
        FeatureSpec upstream = specs.get(dependency.feature());
        if (upstream == null) {
          return false;
        }
        add(upstream, dependency.allFields() ? names(upstream) : dependency.fields(), parents);
      }
      return true;
    }
    for (FeatureSpec.Dependency dependency : spec.dependencies()) {
      FeatureSpec upstream = specs.get(dependency.feature());
      if (upstream == null) {
        return false;
      }
      Set<String> fields =
          field.allUpstream()
              ? names(upstream)
              : mapped(field.name(), names(upstream), dependency.mapping());
      add(upstream, fields, parents);
    }
    return true;
  }

  private static void add(
      FeatureSpec upstream, Set<String> fields, SortedMap<String, UpstreamField> parents) {
    fields.forEach(
        name -> parents.put(upstream.key() + "." + name, new UpstreamField(upstream, name)));
  }

  /** Metaxy's {@code fields_mapping}: default, specific, all or none. */
  private static Set<String> mapped(
      String field, Set<String> upstream, @Nullable JsonNode mapping) {
    String type = mapping == null ? "default" : mapping.path("type").asText("default");
    return switch (type) {
      case "all" -> upstream;
      case "none" -> Set.of();
      case "specific" -> {
        Set<String> specific = names(mapping.path("mapping").path(field));
        specific.retainAll(upstream);
        yield specific;
      }
      default -> {
        Set<String> candidates = new TreeSet<>(upstream);
        candidates.removeAll(names(mapping == null ? null : mapping.path("exclude_fields")));
        boolean matchSuffix = mapping != null && mapping.path("match_suffix").asBoolean();
        Set<String> matching = new TreeSet<>();
        for (String name : candidates) {
          if (name.equals(field) || (matchSuffix && isSuffix(field, name))) {
            matching.add(name);
          }
        }
        yield matching.isEmpty() ? candidates : matching;
      }
    };
  }

  private static Set<String> names(@Nullable JsonNode list) {
    Set<String> names = new TreeSet<>();
    if (list != null) {
      list.forEach(name -> names.add(FeatureSpec.name(name)));
    }
    return names;
  }

  private static boolean isSuffix(String field, String upstream) {
    return upstream.endsWith("/" + field);
  }

  private static Set<String> names(FeatureSpec spec) {
    Set<String> names = new TreeSet<>();
    spec.fields().forEach(field -> names.add(field.name()));
    return names;
  }

  private static Optional<FeatureSpec.Field> field(FeatureSpec spec, String name) {
    return spec.fields().stream().filter(field -> field.name().equals(name)).findFirst();
  }

  private static String truncated(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest()).substring(0, LENGTH);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private record UpstreamField(FeatureSpec feature, String field) {}
}
