package org.metaxyjdbc.catalog;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;

/**
 * The features of a store at one state of its registry. Immutable.
 *
 * <p>Where several projects register one key, the newest registration wins, whatever its project,
 * as in Metaxy's own loader; {@link #ofProject} narrows it to one project.
 */
public final class FeatureCatalog {
  private static final Comparator<Registration> BY_AGE =
      Comparator.comparing(
          Registration::recordedAt, Comparator.nullsFirst(Comparator.naturalOrder()));

  private final List<Registration> registrations;
  private final Map<String, List<String>> idColumns;
  private final ConcurrentMap<String, Map<String, String>> fieldDescriptions =
      new ConcurrentHashMap<>();
  private final ConcurrentMap<String, FeatureCatalog> ofProjects = new ConcurrentHashMap<>();
  private final Map<String, Feature> features = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Map<String, Feature> spelled;

  /**
   * Creates a catalog.
   *
   * @param registrations the newest registrations, at least one for each project and key
   * @param idColumns by lower-case table name, what the user says where the registry does not
   */
  public FeatureCatalog(
      Collection<Registration> registrations, Map<String, List<String>> idColumns) {
    this(registrations, idColumns, null);
  }

  private FeatureCatalog(
      Collection<Registration> registrations,
      Map<String, List<String>> idColumns,
      @Nullable String project) {
    this.registrations = List.copyOf(registrations);
    this.idColumns = Map.copyOf(idColumns);

    Map<String, Registration> newest = new HashMap<>();
    for (Registration registration : this.registrations) {
      newest.merge(registration.featureKey(), registration, (a, b) -> newest(a, b, project));
    }
    Map<FeatureKey, FeatureSpec> specs = new HashMap<>();
    Map<String, String> problems = new HashMap<>();
    for (Registration registration : newest.values()) {
      try {
        FeatureSpec spec = FeatureSpec.parse(registration.featureSpec());
        specs.put(FeatureKey.of(registration.featureKey()), spec);
      } catch (MetaxyException e) {
        problems.put(registration.featureKey(), String.valueOf(e.getMessage()));
      }
    }
    FeatureVersions versions = new FeatureVersions(specs);
    for (Registration registration : newest.values()) {
      if (project == null || project.equals(registration.project())) {
        FeatureKey key = FeatureKey.of(registration.featureKey());
        FeatureSpec spec = specs.get(key);
        features.put(key.tableName(), feature(key, spec, registration, versions, problems));
      }
    }
    spelled = new HashMap<>(features);
  }

  private Feature feature(
      FeatureKey key,
      @Nullable FeatureSpec spec,
      Registration registration,
      FeatureVersions versions,
      Map<String, String> problems) {
    List<String> ids = spec != null ? spec.idColumns() : idColumns(key.tableName());
    Optional<String> computed = spec != null ? versions.of(spec) : Optional.empty();
    return new Feature(
        key.tableName(),
        key.toString(),
        ids,
        computed.orElse(registration.featureVersion()),
        spec,
        registration,
        problems.get(registration.featureKey()));
  }

  /** With a project, its own registration goes before a newer one of another project. */
  private static Registration newest(Registration a, Registration b, @Nullable String project) {
    boolean ofA = project != null && project.equals(a.project());
    boolean ofB = project != null && project.equals(b.project());
    if (ofA != ofB) {
      return ofA ? a : b;
    }
    return BY_AGE.compare(a, b) > 0 ? a : b;
  }

  /** This catalog narrowed to the features of one project; null for all. */
  public FeatureCatalog ofProject(@Nullable String project) {
    return project == null
        ? this
        : ofProjects.computeIfAbsent(
            project, name -> new FeatureCatalog(registrations, idColumns, name));
  }

  /** The registered features, ordered by table name. */
  public Collection<Feature> features() {
    return features.values();
  }

  /** The newest registration of each feature of a project. */
  public List<Registration> registrations(String project) {
    return registrations.stream()
        .filter(registration -> project.equals(registration.project()))
        .toList();
  }

  /** The registered feature with that table name, whatever its case. */
  public Optional<Feature> feature(String tableName) {
    Feature spelledSo = spelled.get(tableName);
    return Optional.ofNullable(spelledSo != null ? spelledSo : features.get(tableName));
  }

  /** What the feature's class says of its fields, by their names; computed once. */
  public Map<String, String> fieldDescriptions(Feature feature) {
    return fieldDescriptions.computeIfAbsent(
        feature.tableName(),
        name -> {
          Registration registration = feature.registration();
          return FieldDescriptions.of(registration == null ? null : registration.featureSchema());
        });
  }

  /**
   * A table that is not registered, as a feature; its id columns are those the user named, or none.
   */
  public Feature unregistered(String tableName) {
    return Feature.unregistered(tableName, idColumns(tableName));
  }

  private List<String> idColumns(String tableName) {
    return idColumns.getOrDefault(tableName.toLowerCase(Locale.ROOT), List.of());
  }
}
