package org.metaxyjdbc.catalog;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The columns that Metaxy adds to every feature table, in the order in which we show them. */
public enum SystemColumn {
  METAXY_PROVENANCE_BY_FIELD(Type.NESTED),
  METAXY_PROVENANCE(Type.TEXT),
  METAXY_DATA_VERSION_BY_FIELD(Type.NESTED),
  METAXY_DATA_VERSION(Type.TEXT),
  METAXY_FEATURE_VERSION(Type.TEXT),
  METAXY_PROJECT_VERSION(Type.TEXT),
  METAXY_CREATED_AT(Type.TIMESTAMP),
  METAXY_UPDATED_AT(Type.TIMESTAMP),
  METAXY_DELETED_AT(Type.TIMESTAMP),
  METAXY_MATERIALIZATION_ID(Type.TEXT);

  /** What a system column holds. */
  public enum Type {
    TEXT,
    TIMESTAMP,
    /** A map of field names to hashes: STRUCT in DuckDB, jsonb in PostgreSQL, JSON in H2. */
    NESTED
  }

  private static final String PREFIX = "metaxy_";
  private static final Map<String, SystemColumn> BY_NAME =
      new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  static {
    for (SystemColumn column : values()) {
      BY_NAME.put(column.columnName, column);
    }
  }

  private final String columnName = name().toLowerCase(Locale.ROOT);
  private final Type type;

  SystemColumn(Type type) {
    this.type = type;
  }

  public String columnName() {
    return columnName;
  }

  public Type type() {
    return type;
  }

  /** The system column of that name, whatever its case. */
  public static Optional<SystemColumn> of(String name) {
    return name.regionMatches(true, 0, PREFIX, 0, PREFIX.length())
        ? Optional.ofNullable(BY_NAME.get(name))
        : Optional.empty();
  }
}
