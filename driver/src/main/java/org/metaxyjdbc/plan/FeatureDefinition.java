package org.metaxyjdbc.plan;

import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;
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
   * @param defaultValue what an INSERT that leaves the column out gives it; null for NULL
   */
  public record Column(String name, RelDataType type, @Nullable SqlNode defaultValue) {}
}
