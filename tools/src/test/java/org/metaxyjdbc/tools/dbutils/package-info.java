/** Apache Commons DbUtils. */
@NullMarked
package org.metaxyjdbc.tools.dbutils;

import org.jspecify.annotations.NullMarked;
