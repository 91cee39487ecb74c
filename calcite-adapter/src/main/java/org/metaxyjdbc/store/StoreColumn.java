package org.metaxyjdbc.store;

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
 */
public record StoreColumn(
    String name,
    int jdbcType,
    String typeName,
    int size,
    int scale,
    boolean nullable,
    @Nullable String remarks) {}
