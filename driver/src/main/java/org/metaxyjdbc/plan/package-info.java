/**
 * From SQL text to what runs in the store: parse, validate, turn into algebra, rewrite, and write
 * down as one native statement.
 */
@NullMarked
package org.metaxyjdbc.plan;

import org.jspecify.annotations.NullMarked;
