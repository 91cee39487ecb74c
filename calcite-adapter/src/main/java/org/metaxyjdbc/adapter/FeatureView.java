package org.metaxyjdbc.adapter;

import java.util.Optional;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.catalog.Feature;

/**
 * What of a feature's history is looked at: the session's settings {@code feature_version} and
 * {@code as_of}.
 *
 * @param featureVersion {@link #CURRENT}, {@link #ALL}, or one feature version
 * @param asOf the time after which versions are not looked at, a timestamp; null for none
 */
public record FeatureView(String featureVersion, @Nullable RexNode asOf) {
  /** The feature version that Metaxy computes from the newest specs. */
  public static final String CURRENT = "current";

  /** All feature versions: the current version of a record is chosen across them. */
  public static final String ALL = "all";

  public static final FeatureView DEFAULT = new FeatureView(CURRENT, null);

  /** The view of a setting: {@code current}, {@code all} in any case, or one version; or null. */
  public static FeatureView of(@Nullable String setting) {
    if (setting == null || setting.equalsIgnoreCase(CURRENT)) {
      return DEFAULT;
    }
    return new FeatureView(setting.equalsIgnoreCase(ALL) ? ALL : setting, null);
  }

  /** The same as it was at a time. */
  public FeatureView asOf(RexNode time) {
    return new FeatureView(featureVersion, time);
  }

  /** The feature version whose rows are looked at; empty for all of them. */
  Optional<String> versionOf(Feature feature) {
    return switch (featureVersion) {
      case CURRENT -> Optional.ofNullable(feature.version());
      case ALL -> Optional.empty();
      default -> Optional.of(featureVersion);
    };
  }

  /**
   * The feature version that a version appended to the feature gets instead of that of the row it
   * was copied from; null to keep the row's own, as where the session looks at an old version.
   */
  @Nullable String versionToWrite(Feature feature) {
    return featureVersion.equals(CURRENT) || featureVersion.equals(ALL) ? feature.version() : null;
  }
}
