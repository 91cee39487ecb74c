package org.metaxyjdbc.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;

/**
 * How a store was set up, as far as its tables do not say it.
 *
 * @param name what it is called, as a catalog of JDBC's
 * @param schema the schema of its tables; null for the connection's current one
 * @param tablePrefix what every physical table name begins with, the system tables' too; may be
 *     empty
 * @param idColumns the id columns of tables without a registry entry, by lower-case table name
 */
public record StoreSettings(
    String name, @Nullable String schema, String tablePrefix, Map<String, List<String>> idColumns) {
  /** The name of a store that is opened by its URL. */
  public static final String UNNAMED = "metaxy";

  public StoreSettings {
    idColumns = Map.copyOf(idColumns);
  }

  /**
   * Parses {@code table:column+column,table2:column}.
   *
   * @throws MetaxyException 22023 for other text
   */
  public static Map<String, List<String>> parseIdColumns(@Nullable String text) {
    Map<String, List<String>> result = new LinkedHashMap<>();
    if (text == null || text.isBlank()) {
      return result;
    }
    for (String entry : text.split(",", -1)) {
      int colon = entry.indexOf(':');
      List<String> columns = new ArrayList<>();
      for (String column : entry.substring(colon + 1).split("\\+", -1)) {
        columns.add(column.strip());
      }
      if (colon <= 0 || columns.contains("")) {
        throw new MetaxyException(
            SqlState.INVALID_PARAMETER_VALUE,
            "id_columns is '%s'; it must have the form table:column+column,table2:column"
                .formatted(text));
      }
      result.put(entry.substring(0, colon).strip().toLowerCase(Locale.ROOT), List.copyOf(columns));
    }
    return result;
  }
}
