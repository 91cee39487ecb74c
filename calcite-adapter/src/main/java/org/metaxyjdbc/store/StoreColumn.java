package org.metaxyjdbc.store;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A column of a physical table, as the store's own driver reports it.
 *
 * @param name its name in its own case
 * @param jdbcType a constant of {@link java.sql.Types}
 * @param typeName the store's name of the type, for example {@code STRUCT(a INTEGER)}
 * @param size precision or length
 * @param scale digits after the point, or of a second; 0 where it has none
 * @param nullable whether it can hold NULL
 * @param remarks its comment, or null
 * @param defaultValue the store's expression for what an INSERT that leaves it out writes; null for
 *     NULL
 */
public record StoreColumn(
    String name,
    int jdbcType,
    String typeName,
    int size,
    int scale,
    boolean nullable,
    @Nullable String remarks,
    @Nullable String defaultValue) {
  /** A column without a default. */
  public StoreColumn(
      String name,
      int jdbcType,
      String typeName,
      int size,
      int scale,
      boolean nullable,
      @Nullable String remarks) {
    this(name, jdbcType, typeName, size, scale, nullable, remarks, null);
  }

  /** The column of that name: in the same case if there is one, else in any. */
  public static Optional<StoreColumn> find(List<StoreColumn> columns, String name) {
    StoreColumn found = null;
    for (StoreColumn column : columns) {
      if (column.name().equals(name)) {
        return Optional.of(column);
      }
      if (found == null && column.name().equalsIgnoreCase(name)) {
        found = column;
      }
    }
    return Optional.ofNullable(found);
  }
}
