/** SQLite's sqllogictest through the driver. */
@NullMarked
package org.metaxyjdbc.sqllogictest;

import org.jspecify.annotations.NullMarked;
