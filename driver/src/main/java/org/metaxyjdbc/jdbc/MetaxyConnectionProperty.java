package org.metaxyjdbc.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;
import org.metaxyjdbc.session.SessionSetting;

/**
 * A property of a connection: one of the store's, or a {@link SessionSetting}. In a URL each is
 * spelled {@code metaxy.<name>=<value>}.
 *
 * @param propertyName the name without {@code metaxy.}
 * @param defaultValue the value where none is given; null for none
 * @param description one line
 * @param choices the values it can have; empty where any text will do
 */
record MetaxyConnectionProperty(
    String propertyName, @Nullable String defaultValue, String description, List<String> choices) {
  static final MetaxyConnectionProperty TABLE_PREFIX =
      new MetaxyConnectionProperty(
          "table_prefix", "", "what every physical table name of the store begins with", List.of());
  static final MetaxyConnectionProperty SCHEMA =
      new MetaxyConnectionProperty(
          "schema",
          null,
          "the schema in the store where the tables are; by default its current one",
          List.of());
  static final MetaxyConnectionProperty ID_COLUMNS =
      new MetaxyConnectionProperty(
          "id_columns",
          null,
          "id columns of tables without a registry entry: table:column+column,table2:column",
          List.of());

  private static final List<MetaxyConnectionProperty> ALL = all();

  private static List<MetaxyConnectionProperty> all() {
    List<MetaxyConnectionProperty> all = new ArrayList<>(List.of(TABLE_PREFIX, SCHEMA, ID_COLUMNS));
    for (SessionSetting setting : SessionSetting.values()) {
      all.add(
          new MetaxyConnectionProperty(
              setting.settingName(),
              setting.defaultValue(),
              setting.description(),
              setting.choices()));
    }
    return List.copyOf(all);
  }

  static List<MetaxyConnectionProperty> values() {
    return ALL;
  }

  static Optional<MetaxyConnectionProperty> find(String name) {
    return ALL.stream().filter(property -> property.propertyName.equals(name)).findFirst();
  }

  /**
   * The property of that name.
   *
   * @throws MetaxyException 22023 with the names that there are
   */
  static MetaxyConnectionProperty of(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new MetaxyException(
                    SqlState.INVALID_PARAMETER_VALUE,
                    "There is no property 'metaxy.%s'; there are %s"
                        .formatted(
                            name, ALL.stream().map(p -> "metaxy." + p.propertyName).toList())));
  }
}
