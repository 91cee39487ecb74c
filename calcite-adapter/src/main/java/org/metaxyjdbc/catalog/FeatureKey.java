package org.metaxyjdbc.catalog;

import java.util.List;

/**
 * The name of a feature: parts such as {@code video} and {@code raw}, written {@code video/raw}.
 *
 * @param parts lower-case parts, never empty
 */
public record FeatureKey(List<String> parts) {
  public FeatureKey {
    parts = List.copyOf(parts);
  }

  /** Parses {@code video/raw}. */
  public static FeatureKey of(String text) {
    return new FeatureKey(List.of(text.split("/", -1)));
  }

  /**
   * Metaxy's physical name without the store's prefix: {@code video__raw}; a hyphen becomes an
   * underscore.
   */
  public String tableName() {
    return String.join("__", parts).replace('-', '_');
  }

  @Override
  public String toString() {
    return String.join("/", parts);
  }
}
