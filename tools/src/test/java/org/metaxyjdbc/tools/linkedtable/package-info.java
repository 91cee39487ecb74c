/** H2's linked tables. */
@NullMarked
package org.metaxyjdbc.tools.linkedtable;

import org.jspecify.annotations.NullMarked;
