/**
 * The server of {@code jdbc:metaxy://} URLs: Avatica's protocol, protobuf over HTTP, on connections
 * of this driver.
 */
@NullMarked
package org.metaxyjdbc.server;

import org.jspecify.annotations.NullMarked;
