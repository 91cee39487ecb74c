/** Hibernate ORM. */
@NullMarked
package org.metaxyjdbc.tools.hibernate;

import org.jspecify.annotations.NullMarked;
