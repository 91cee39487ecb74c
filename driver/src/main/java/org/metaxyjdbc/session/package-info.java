/** What belongs to one connection: its settings, its connection to the store, its transaction. */
@NullMarked
package org.metaxyjdbc.session;

import org.jspecify.annotations.NullMarked;
