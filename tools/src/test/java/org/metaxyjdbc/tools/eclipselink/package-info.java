/** EclipseLink. */
@NullMarked
package org.metaxyjdbc.tools.eclipselink;

import org.jspecify.annotations.NullMarked;
