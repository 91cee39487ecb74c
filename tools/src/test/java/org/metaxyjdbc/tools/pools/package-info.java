/** Connection pools. */
@NullMarked
package org.metaxyjdbc.tools.pools;

import org.jspecify.annotations.NullMarked;
