/**
 * The command line, for example
 *
 * <pre>{@code
 * java -jar metaxy-jdbc-all.jar delete --url jdbc:metaxy:h2:./demo \
 *     --feature predictions --filter "confidence < 0.3" --dry-run
 * }</pre>
 *
 * <p>Every command is a client of the JDBC driver and does nothing that SQL through it could not
 * do. Exit codes: 0 done, 1 failed, 2 wrong usage or a wrong filter. Results go to standard output,
 * errors and warnings to standard error; a password goes to neither.
 */
@NullMarked
package org.metaxyjdbc.cli;

import org.jspecify.annotations.NullMarked;
