/**
 * What goes between a server and its clients beside Avatica's protocol: values that it has no form
 * for, and calls that it has no message for.
 */
@NullMarked
package org.metaxyjdbc.wire;

import org.jspecify.annotations.NullMarked;
