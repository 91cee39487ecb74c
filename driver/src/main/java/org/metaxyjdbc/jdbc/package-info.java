/** The JDBC driver, on Avatica's classes. */
@NullMarked
package org.metaxyjdbc.jdbc;

import org.jspecify.annotations.NullMarked;
