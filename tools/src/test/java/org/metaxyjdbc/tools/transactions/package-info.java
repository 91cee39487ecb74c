/** A transaction manager over several stores. */
@NullMarked
package org.metaxyjdbc.tools.transactions;

import org.jspecify.annotations.NullMarked;
