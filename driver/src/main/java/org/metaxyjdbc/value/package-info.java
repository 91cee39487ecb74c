/** Values of the stores as Java's types and as text, the same whatever the store. */
@NullMarked
package org.metaxyjdbc.value;

import org.jspecify.annotations.NullMarked;
