/** MyBatis. */
@NullMarked
package org.metaxyjdbc.tools.mybatis;

import org.jspecify.annotations.NullMarked;
