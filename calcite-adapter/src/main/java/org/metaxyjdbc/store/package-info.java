/**
 * The database that holds a store's tables: what it is called, how it spells SQL, what it can do.
 * What differs from one store to the next is in its {@link org.metaxyjdbc.store.StoreDialect} and
 * nowhere else.
 */
@NullMarked
package org.metaxyjdbc.store;

import org.jspecify.annotations.NullMarked;
