/** Calcite's own JDBC adapter, over the driver. */
@NullMarked
package org.metaxyjdbc.tools.calcite;

import org.jspecify.annotations.NullMarked;
