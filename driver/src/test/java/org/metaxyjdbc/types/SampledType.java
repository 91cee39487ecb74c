package org.metaxyjdbc.types;

import java.math.BigDecimal;
import java.util.List;

/**
 * A type of a store and what the driver should make of values of it.
 *
 * @param column the name of the column of that type in {@link SampleTable}
 * @param sql the type in the store's own SQL
 */
record SampledType(String column, String sql, List<Sample> samples) {
  /**
   * A value.
   *
   * @param literal in the store's own SQL
   * @param text what {@code getString} gives
   * @param value what {@code getObject} gives for the value's own class; for a list an array of
   *     what {@code Array.getArray} gives
   */
  record Sample(String literal, String text, Object value) {}

  static SampledType type(String column, String sql, Sample... samples) {
    return new SampledType(column, sql, List.of(samples));
  }

  static Sample sample(String literal, String text, Object value) {
    return new Sample(literal, text, value);
  }

  /** A value whose text is that of its Java value, and its literal the same in quotes. */
  static Sample plain(Object value) {
    String text = value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
    return new Sample("'" + text + "'", text, value);
  }

  /** What has no Java class but its text. */
  static Sample text(String literal, String text) {
    return new Sample(literal, text, text);
  }
}
