/**
 * How everything here fails: {@link org.metaxyjdbc.error.MetaxyException} with a {@link
 * org.metaxyjdbc.error.SqlState}. Below the driver it is unchecked; the driver turns it into a
 * {@link java.sql.SQLException} once.
 */
@NullMarked
package org.metaxyjdbc.error;

import org.jspecify.annotations.NullMarked;
