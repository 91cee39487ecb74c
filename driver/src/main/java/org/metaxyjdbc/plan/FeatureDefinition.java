package org.metaxyjdbc.plan;

import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.metaxyjdbc.catalog.FeatureKey;

/**
 * A feature that {@code CREATE TABLE} makes.
 *
 * @param columns the user's columns
 * @param idColumns those that identify a record
 */
public record FeatureDefinition(FeatureKey key, List<Column> columns, List<String> idColumns) {
  /**
   * A column.
   *
   * @param type its type with its nullability; ANY for JSON
   */
  public record Column(String name, RelDataType type) {}
}
