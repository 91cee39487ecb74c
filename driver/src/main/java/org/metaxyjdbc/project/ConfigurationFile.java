package org.metaxyjdbc.project;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;

/**
 * Reads configuration files as Metaxy does: what a file {@code extend}s is below it, <code>
 * ${NAME:-default}</code> stands for an environment variable, and variables {@code METAXY_…} are
 * above all files.
 */
final class ConfigurationFile {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}:]+)(?::-([^}]*))?}");
  private static final String PREFIX = "METAXY_";
  private static final TomlMapper TOML = new TomlMapper();

  private final Map<String, String> environment;

  ConfigurationFile(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * All settings of a file.
   *
   * @throws MetaxyException 08001 where it cannot be read
   */
  ObjectNode read(Path file) {
    ObjectNode settings =
        (ObjectNode) texts(withParents(file, new LinkedHashSet<>()), this::expand);
    environment.forEach((name, value) -> override(settings, name, value));
    return settings;
  }

  private ObjectNode withParents(Path file, Set<Path> seen) {
    Path path = file.toAbsolutePath().normalize();
    if (!seen.add(path)) {
      throw failure("The configuration '%s' extends itself".formatted(file), null);
    }
    ObjectNode settings = parse(path);
    JsonNode parent = settings.remove("extend");
    return parent == null
        ? settings
        : merge(withParents(path.resolveSibling(parent.asText()), seen), settings);
  }

  private static ObjectNode parse(Path file) {
    try {
      JsonNode tree = TOML.readTree(Files.readString(file));
      JsonNode settings = file.endsWith("pyproject.toml") ? tree.path("tool").path("metaxy") : tree;
      return settings instanceof ObjectNode object ? object : TOML.createObjectNode();
    } catch (JacksonException e) {
      throw failure(
          "The configuration '%s' is no TOML: %s (line %d)"
              .formatted(file, e.getOriginalMessage(), e.getLocation().getLineNr()),
          e);
    } catch (IOException e) {
      throw failure(
          "The configuration '%s' cannot be read; config= in the URL names a metaxy.toml"
              .formatted(file),
          e);
    }
  }

  /** A table is merged with that of the parent, a list goes on, everything else is replaced. */
  private static ObjectNode merge(ObjectNode parent, ObjectNode child) {
    child
        .properties()
        .forEach(
            setting -> {
              JsonNode below = parent.get(setting.getKey());
              JsonNode above = setting.getValue();
              if (below instanceof ObjectNode table && above instanceof ObjectNode more) {
                table.setAll(more);
              } else if (below instanceof ArrayNode list && above instanceof ArrayNode more) {
                list.addAll(more);
              } else {
                parent.set(setting.getKey(), above);
              }
            });
    return parent;
  }

  private static JsonNode texts(JsonNode node, UnaryOperator<String> change) {
    if (node instanceof ObjectNode object) {
      object.properties().forEach(entry -> entry.setValue(texts(entry.getValue(), change)));
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, texts(array.get(i), change));
      }
    }
    return node.isTextual() ? TextNode.valueOf(change.apply(node.textValue())) : node;
  }

  private String expand(String text) {
    return VARIABLE
        .matcher(text)
        .replaceAll(
            match -> {
              String fallback = match.group(2) == null ? "" : match.group(2);
              return Matcher.quoteReplacement(environment.getOrDefault(match.group(1), fallback));
            });
  }

  /** {@code METAXY_STORES__PROD__CONFIG__DATABASE} is {@code stores.prod.config.database}. */
  private static void override(ObjectNode settings, String name, String value) {
    if (!name.regionMatches(true, 0, PREFIX, 0, PREFIX.length())) {
      return;
    }
    String[] path = name.substring(PREFIX.length()).toLowerCase(Locale.ROOT).split("__");
    ObjectNode table = settings;
    for (int i = 0; i < path.length - 1; i++) {
      table = table.get(path[i]) instanceof ObjectNode inner ? inner : table.putObject(path[i]);
    }
    table.put(path[path.length - 1], value);
  }

  static MetaxyException failure(String message, Throwable cause) {
    return new MetaxyException(SqlState.CONNECTION_FAILURE, message, cause);
  }
}
