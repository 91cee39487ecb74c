/** Tools that migrate schemas. */
@NullMarked
package org.metaxyjdbc.tools.migration;

import org.jspecify.annotations.NullMarked;
