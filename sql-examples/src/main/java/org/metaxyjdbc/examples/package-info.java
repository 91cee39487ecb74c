/** The quick start, and the scripts of the tutorial as tests. */
@NullMarked
package org.metaxyjdbc.examples;

import org.jspecify.annotations.NullMarked;
