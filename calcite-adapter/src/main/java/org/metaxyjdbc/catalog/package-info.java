/**
 * What a store says of itself: its features, their versions and specs, read from the registry table
 * {@code metaxy_system__feature_versions} that {@code metaxy push} writes.
 */
@NullMarked
package org.metaxyjdbc.catalog;

import org.jspecify.annotations.NullMarked;
