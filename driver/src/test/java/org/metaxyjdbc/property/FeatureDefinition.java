package org.metaxyjdbc.property;

import java.util.Map;
import org.metaxyjdbc.catalog.FeatureKey;
import org.metaxyjdbc.catalog.FeatureSpec;
import org.metaxyjdbc.catalog.FeatureVersions;

/** Definitions of the feature {@code f} that differ in the code version of its field. */
enum FeatureDefinition {
  FIRST,
  SECOND,
  THIRD;

  private final String version;

  FeatureDefinition() {
    FeatureSpec spec = FeatureSpec.parse(spec());
    version = new FeatureVersions(Map.of(FeatureKey.of("f"), spec)).of(spec).orElseThrow();
  }

  String spec() {
    return "{\"key\": \"f\", \"id_columns\": [\"a\", \"b\"], \"deps\": [], \"fields\": [{\"key\": \"default\", \"code_version\": \"%s\", \"deps\": []}]}"
        .formatted(name());
  }

  /** The feature version that Metaxy computes of it. */
  String version() {
    return version;
  }

  String projectVersion() {
    return "project " + name();
  }
}
