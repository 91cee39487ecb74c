package org.metaxyjdbc.adapter;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.metaxyjdbc.catalog.Feature;
import org.metaxyjdbc.catalog.SystemColumn;
import org.metaxyjdbc.store.StoreColumn;

/**
 * A feature's physical columns in the order in which they are shown: its own first, Metaxy's last.
 *
 * @param columns in that order
 */
public record FeatureColumns(Feature feature, List<StoreColumn> columns) {
  /** The feature with the columns of its table, in the table's order. */
  static FeatureColumns of(Feature feature, List<StoreColumn> ofTable) {
    List<StoreColumn> columns = new ArrayList<>(ofTable.size());
    Map<SystemColumn, StoreColumn> ofSystem = new EnumMap<>(SystemColumn.class);
    for (StoreColumn column : ofTable) {
      Optional<SystemColumn> system = SystemColumn.of(column.name());
      if (system.isEmpty() || ofSystem.putIfAbsent(system.get(), column) != null) {
        columns.add(column);
      }
    }
    columns.addAll(ofSystem.values());
    return new FeatureColumns(feature, List.copyOf(columns));
  }

  /**
   * The system columns without which no version of a record is current, as far as they are not
   * there.
   *
   * @param ofOneVersion whether only rows of one feature version are read
   */
  List<String> missing(boolean ofOneVersion) {
    return Stream.of(
            SystemColumn.METAXY_UPDATED_AT,
            SystemColumn.METAXY_DELETED_AT,
            SystemColumn.METAXY_FEATURE_VERSION)
        .filter(system -> ofOneVersion || system != SystemColumn.METAXY_FEATURE_VERSION)
        .map(SystemColumn::columnName)
        .filter(name -> column(name).isEmpty())
        .toList();
  }

  /** The column of that name: in the same case if there is one, else in any. */
  public Optional<StoreColumn> column(String name) {
    return StoreColumn.find(columns, name);
  }

  /** What the primary key of a feature's table is called. */
  public static String primaryKeyName(String tableName) {
    return tableName + "_pkey";
  }

  /** The id columns that the table has; empty where the registry does not name them. */
  public List<StoreColumn> idColumns() {
    return feature.idColumns().stream().flatMap(id -> column(id).stream()).toList();
  }
}
