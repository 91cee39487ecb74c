package org.metaxyjdbc.project;

import java.util.Map;

/**
 * Where a store of a project is.
 *
 * @param name its name in the configuration
 * @param url the store's own JDBC URL
 * @param properties what its driver needs besides, user and password among them
 * @param tablePrefix what its physical table names begin with; may be empty
 * @param hash how provenance is hashed there
 */
public record ConfiguredStore(
    String name, String url, Map<String, String> properties, String tablePrefix, Hash hash) {
  public ConfiguredStore {
    properties = Map.copyOf(properties);
  }

  /**
   * Metaxy's settings {@code hash_algorithm} and {@code hash_truncation_length}.
   *
   * @param length in characters
   */
  public record Hash(String algorithm, int length) {
    /** What Metaxy takes where nothing is configured. */
    public static final Hash DEFAULT = new Hash("xxhash32", 8);
  }

  /** Without the passwords. */
  @Override
  public String toString() {
    return name;
  }
}
