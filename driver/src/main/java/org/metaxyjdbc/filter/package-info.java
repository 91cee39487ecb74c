/**
 * Metaxy's filter language: what {@code --filter} of the command line takes, for example
 *
 * <pre>{@code
 * confidence < 0.3 AND (label IN ('cat', 'dog') OR NOT is_archived) AND created_at < '2024-01-01'
 * }</pre>
 *
 * <p>A filter compares columns with values ({@code = != <> < <= > >=}, {@code [NOT] IN}, {@code
 * [NOT] LIKE}, {@code [NOT] BETWEEN}, {@code IS [NOT] NULL|TRUE|FALSE}) or with each other, and
 * combines conditions with {@code AND}, {@code OR}, {@code NOT} and parentheses; a boolean column
 * is a condition by itself. Text is written {@code 'so'}, a column {@code so} or {@code "So"}; a
 * dot is part of a column's name. Differences to SQL are Metaxy's: {@code x = NULL} means {@code x
 * IS NULL} and {@code x != NULL} means {@code x IS NOT NULL}; {@code x IS NOT TRUE} leaves out
 * NULL; NULL in a list of {@code IN} or {@code NOT IN} is ignored. A condition without a column,
 * such as {@code 1=1}, is evaluated and matches all records or none.
 *
 * <p>The text is parsed, checked against the columns of the feature, and becomes a condition whose
 * values are parameters: none of it reaches a store as text.
 */
@NullMarked
package org.metaxyjdbc.filter;

import org.jspecify.annotations.NullMarked;
