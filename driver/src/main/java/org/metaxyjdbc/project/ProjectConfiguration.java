package org.metaxyjdbc.project;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;

/** The stores of a project, as its {@code metaxy.toml} names them. */
public final class ProjectConfiguration {
  private static final String DEFAULT_STORE = "dev";

  private final Path file;
  private final ObjectNode settings;

  private ProjectConfiguration(Path file, ObjectNode settings) {
    this.file = file;
    this.settings = settings;
  }

  /**
   * Reads a {@code metaxy.toml}, or the table {@code tool.metaxy} of a {@code pyproject.toml}.
   *
   * @param environment the process's environment variables
   * @throws MetaxyException 08001 where the file, or one that it extends, cannot be read
   */
  public static ProjectConfiguration read(Path file, Map<String, String> environment) {
    return new ProjectConfiguration(file, new ConfigurationFile(environment).read(file));
  }

  /** The names of the stores, sorted. A store without a type is none, as for Metaxy. */
  public Set<String> storeNames() {
    Set<String> names = new TreeSet<>();
    settings
        .path("stores")
        .properties()
        .forEach(
            store -> {
              if (store.getValue().hasNonNull("type")) {
                names.add(store.getKey());
              }
            });
    return names;
  }

  /**
   * One store.
   *
   * @param name its name; null for the project's default store
   * @throws MetaxyException 3D000 where there is no such store, 0A000 where it is of a kind that
   *     this driver cannot open, 08001 where its configuration is wrong
   */
  public ConfiguredStore store(@Nullable String name) {
    String wanted = name == null ? settings.path("store").asText(DEFAULT_STORE) : name;
    if (!storeNames().contains(wanted)) {
      throw new MetaxyException(
          SqlState.CATALOG_NOT_FOUND,
          "There is no store '%s' in '%s'; there are %s".formatted(wanted, file, storeNames()));
    }
    JsonNode store = settings.path("stores").path(wanted);
    JsonNode config = store.path("config");
    Map<String, String> properties = new LinkedHashMap<>();
    String url = url(wanted, store.path("type").asText(), config, properties);
    return new ConfiguredStore(
        wanted, url, properties, config.path("table_prefix").asText(""), hash(config));
  }

  private String url(String name, String type, JsonNode config, Map<String, String> properties) {
    if (config.hasNonNull("ducklake")) {
      throw unsupported(name, "a DuckLake");
    }
    if (config.hasNonNull("database")) {
      config
          .path("config")
          .properties()
          .forEach(option -> properties.put(option.getKey(), option.getValue().asText()));
      return "jdbc:duckdb:" + config.path("database").asText();
    }
    JsonNode parameters = config.path("connection_params");
    if (config.hasNonNull("connection_string")) {
      PostgresqlUri uri = PostgresqlUri.parse(config.path("connection_string").asText());
      if (uri != null) {
        properties.putAll(uri.properties());
        return uri.url();
      }
    } else if (type.contains("PostgreSQL") && parameters.isObject()) {
      parameters.properties().stream()
          .filter(parameter -> Set.of("user", "password").contains(parameter.getKey()))
          .forEach(login -> properties.put(login.getKey(), login.getValue().asText()));
      return "jdbc:postgresql://%s:%s/%s"
          .formatted(
              parameters.path("host").asText("localhost"),
              parameters.path("port").asText("5432"),
              parameters.path("database").asText(""));
    }
    throw unsupported(name, type);
  }

  private ConfiguredStore.Hash hash(JsonNode config) {
    ConfiguredStore.Hash usual = ConfiguredStore.Hash.DEFAULT;
    return new ConfiguredStore.Hash(
        config.path("hash_algorithm").asText(usual.algorithm()),
        settings.path("hash_truncation_length").asInt(usual.length()));
  }

  private static MetaxyException unsupported(String name, String kind) {
    return MetaxyException.unsupported(
        "The store '%s' is %s; this driver opens DuckDB files and PostgreSQL"
            .formatted(name, kind));
  }
}
