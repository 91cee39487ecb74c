/**
 * Appends versions to features: completes the rows of an INSERT or UPDATE with what Metaxy's own
 * writer would add, and makes new features.
 */
@NullMarked
package org.metaxyjdbc.write;

import org.jspecify.annotations.NullMarked;
