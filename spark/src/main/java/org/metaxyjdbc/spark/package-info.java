/**
 * What Apache Spark 4 reads of this driver's types. With the driver's jar and this one on its class
 * path, {@code spark.read.format("jdbc").option("url", "jdbc:metaxy:…")} needs no more settings.
 */
@NullMarked
package org.metaxyjdbc.spark;

import org.jspecify.annotations.NullMarked;
