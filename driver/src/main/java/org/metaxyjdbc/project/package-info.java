/**
 * A Metaxy project's own configuration, {@code metaxy.toml} or {@code pyproject.toml}: which stores
 * there are, and where.
 *
 * <pre>{@code
 * store = "prod"
 *
 * [stores.prod]
 * type = "metaxy.ext.postgresql.PostgreSQLMetadataStore"
 * [stores.prod.config]
 * connection_string = "postgresql://user@host/db"
 * }</pre>
 *
 * <p>{@code jdbc:metaxy:config=metaxy.toml;store=prod} opens that store.
 */
@NullMarked
package org.metaxyjdbc.project;

import org.jspecify.annotations.NullMarked;
