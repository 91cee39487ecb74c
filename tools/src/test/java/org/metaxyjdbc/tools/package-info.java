/** Libraries and tools that speak JDBC, run against the driver on every store. */
@NullMarked
package org.metaxyjdbc.tools;

import org.jspecify.annotations.NullMarked;
