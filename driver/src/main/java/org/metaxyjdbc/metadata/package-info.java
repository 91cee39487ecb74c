/**
 * What {@link java.sql.DatabaseMetaData} lists: the schemas, features, columns and keys of a store.
 *
 * <p>Each class makes the result sets of one idea, with the columns that JDBC's Javadoc demands
 * declared beside the rows. Names and ids come from the registry, columns from the store's own
 * metadata: one query for one table, and one for all of them.
 */
@NullMarked
package org.metaxyjdbc.metadata;

import org.jspecify.annotations.NullMarked;
