/** SchemaCrawler. */
@NullMarked
package org.metaxyjdbc.tools.schemacrawler;

import org.jspecify.annotations.NullMarked;
