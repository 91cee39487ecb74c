/**
 * What Calcite knows and a store cannot run: a query in parts, of which the store runs as much as
 * it can and Calcite's Enumerable execution the rest. {@link org.metaxyjdbc.store.UnsupportedCalls}
 * of the store says what that is.
 */
@NullMarked
package org.metaxyjdbc.compute;

import org.jspecify.annotations.NullMarked;
