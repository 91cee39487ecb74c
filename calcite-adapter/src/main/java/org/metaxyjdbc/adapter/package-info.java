/**
 * Metaxy stores as Calcite schemas.
 *
 * <p>Any Calcite application can mount a store with a {@code model.json}:
 *
 * <pre>{@code
 * {
 *   "version": "1.0",
 *   "defaultSchema": "metaxy",
 *   "schemas": [{
 *     "name": "metaxy",
 *     "type": "custom",
 *     "factory": "org.metaxyjdbc.adapter.MetaxySchemaFactory",
 *     "operand": {"jdbcUrl": "jdbc:duckdb:features.duckdb"}
 *   }]
 * }
 * }</pre>
 *
 * <p>{@code jdbc:calcite:model=model.json;caseSensitive=false;unquotedCasing=UNCHANGED} then reads
 * the current versions with {@code SELECT * FROM predictions}, other rows with {@code SELECT * FROM
 * history.predictions} (or {@code active}, {@code include_deleted}, {@code only_deleted}), and what
 * the store says of itself in {@code registry}; {@code DELETE FROM predictions WHERE …} appends a
 * tombstone a record. {@link org.metaxyjdbc.adapter.MountOperand} lists the operands: with {@code
 * "hard_delete": true} a DELETE erases every version of its records.
 *
 * <p>What one store can compute is one statement of that store, joins, aggregates, windows and
 * DELETE among it; {@code EXPLAIN PLAN FOR} shows its SQL. Joins with other schemas are Calcite's.
 * Every statement sees the newest push; a prepared one keeps what it was prepared with.
 *
 * <p>What Calcite's own connection sets limits to, and the driver of {@code jdbc:metaxy:} does not:
 *
 * <ul>
 *   <li>Times have milliseconds: the microseconds that order versions are all there in the store,
 *       where the current version is chosen, but reach an application only as text, with {@code
 *       CAST(metaxy_updated_at AS VARCHAR)}.
 *   <li>Times are UTC, in {@code getString} and where they are compared with a literal. {@code
 *       getTimestamp} takes them to be in the time zone of the connection: set its property {@code
 *       timeZone=UTC}, or pass a calendar in UTC.
 *   <li>A list, a structure or JSON arrives as JSON text, of the type OTHER.
 *   <li>Text in a statement is ISO-8859-1 unless Calcite's system property {@code
 *       calcite.default.charset} says otherwise.
 *   <li>{@code DatabaseMetaData} lists the features of the first time that it was asked.
 *   <li>INSERT and UPDATE, which append versions with hashes of their content, are the driver's.
 * </ul>
 *
 * <p>What "current version" means is said once, in {@link org.metaxyjdbc.adapter.VersionOrder}.
 */
@NullMarked
package org.metaxyjdbc.adapter;

import org.jspecify.annotations.NullMarked;
