package org.metaxyjdbc.catalog;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;

/**
 * A feature as its newest registration describes it, or a table that looks like one and is not
 * registered.
 *
 * @param tableName Metaxy's physical name without the store's prefix
 * @param key the key, for example {@code video/raw}; for an unregistered table its name
 * @param idColumns what identifies a record; empty where nothing says it
 * @param version the current feature version, as Metaxy computes it; null where nothing says it
 * @param spec the spec; null where it is unregistered or broken
 * @param registration the newest registration; null where it is unregistered
 * @param problem why the spec cannot be read; null where it can
 */
public record Feature(
    String tableName,
    String key,
    List<String> idColumns,
    @Nullable String version,
    @Nullable FeatureSpec spec,
    @Nullable Registration registration,
    @Nullable String problem) {
  public Feature {
    idColumns = List.copyOf(idColumns);
  }

  /** A table that has Metaxy's system columns and no registry entry. */
  static Feature unregistered(String tableName, List<String> idColumns) {
    return new Feature(tableName, tableName, idColumns, null, null, null, null);
  }

  /** The names of the fields in the columns that hold a hash of each. */
  public List<String> fieldNames() {
    return spec == null || spec.fields().isEmpty()
        ? List.of("default")
        : spec.fields().stream().map(field -> field.name().replace('/', '_')).sorted().toList();
  }

  public boolean isRegistered() {
    return registration != null;
  }

  /**
   * The project's version at the newest push, which Metaxy writes into every row that it appends.
   */
  public Optional<String> projectVersion() {
    return Optional.ofNullable(registration).map(Registration::projectVersion);
  }

  /**
   * The id columns, without which no record has a current version.
   *
   * @throws MetaxyException 42000 where they are not known; the message names the property to set
   */
  public List<String> requireIdColumns() {
    if (idColumns.isEmpty()) {
      String why =
          problem != null
              ? "its registration is broken (" + problem + ")"
              : "the store's registry has no entry for it";
      throw new MetaxyException(
          SqlState.SYNTAX_ERROR,
          "The id columns of '%s' are not known: %s. Read it in the schema history, or name them with the property metaxy.id_columns=%s:column+column (id_columns in the operand of a mounted store)"
              .formatted(tableName, why, tableName));
    }
    return idColumns;
  }
}
