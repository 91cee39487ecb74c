package org.metaxyjdbc.filter;

/**
 * A column that a filter can name.
 *
 * @param name as the feature spells it
 * @param type what its values can be compared with
 */
public record FilterColumn(String name, ValueType type) {}
