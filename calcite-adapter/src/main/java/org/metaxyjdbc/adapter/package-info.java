/**
 * Metaxy stores as Calcite schemas.
 *
 * <p>Any Calcite application can mount a store with a {@code model.json}:
 *
 * <pre>{@code
 * {
 *   "version": "1.0",
 *   "defaultSchema": "metaxy",
 *   "schemas": [{
 *     "name": "metaxy",
 *     "type": "custom",
 *     "factory": "org.metaxyjdbc.adapter.MetaxySchemaFactory",
 *     "operand": {"jdbcUrl": "jdbc:duckdb:features.duckdb"}
 *   }]
 * }
 * }</pre>
 *
 * <p>Then {@code SELECT * FROM metaxy.active.predictions} reads the current versions, and {@code
 * DELETE FROM metaxy.active.predictions WHERE …} appends tombstones.
 *
 * <p>What "current version" means is said once, in {@link org.metaxyjdbc.adapter.VersionOrder}.
 */
@NullMarked
package org.metaxyjdbc.adapter;

import org.jspecify.annotations.NullMarked;
