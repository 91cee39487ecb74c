/** H2's web console, in a browser. */
@NullMarked
package org.metaxyjdbc.tools.h2console;

import org.jspecify.annotations.NullMarked;
