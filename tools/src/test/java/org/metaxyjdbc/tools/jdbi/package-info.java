/** Jdbi. */
@NullMarked
package org.metaxyjdbc.tools.jdbi;

import org.jspecify.annotations.NullMarked;
