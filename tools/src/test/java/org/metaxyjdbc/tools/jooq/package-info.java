/** jOOQ. */
@NullMarked
package org.metaxyjdbc.tools.jooq;

import org.jspecify.annotations.NullMarked;
