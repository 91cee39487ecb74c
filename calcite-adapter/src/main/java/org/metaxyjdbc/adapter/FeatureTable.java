package org.metaxyjdbc.adapter;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.TemporalTable;
import org.apache.calcite.schema.TranslatableTable;
import org.apache.calcite.schema.impl.AbstractTable;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.catalog.Feature;
import org.metaxyjdbc.catalog.SystemColumn;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;
import org.metaxyjdbc.store.StoreColumn;
import org.metaxyjdbc.store.StoreTable;

/**
 * A feature as one of the schemas shows it: its own columns first, Metaxy's last, and in {@code
 * history} the {@link HistoryColumn}s after these.
 */
public final class FeatureTable extends AbstractTable
    implements TranslatableTable, TemporalTable, MetaxyTable {
  private final Feature feature;
  private final Rows rows;
  private final StoreTable storeTable;
  private final FeatureView view;
  private final Convention convention;
  private final FeatureColumns columns;

  FeatureTable(
      Feature feature, Rows rows, StoreTable storeTable, FeatureView view, Convention convention) {
    this.feature = feature;
    this.rows = rows;
    this.storeTable = storeTable;
    this.view = view;
    this.convention = convention;
    this.columns = FeatureColumns.of(feature, storeTable.columns());
  }

  public Feature feature() {
    return feature;
  }

  public Rows rows() {
    return rows;
  }

  /** The physical table behind it. */
  public StoreTable storeTable() {
    return storeTable;
  }

  /** The feature version of what is appended; null for a feature that has none. */
  public @Nullable String versionToWrite() {
    return view.versionOf(feature).orElse(feature.version());
  }

  FeatureView view() {
    return view;
  }

  @Override
  public Convention convention() {
    return convention;
  }

  /** The physical columns in the order in which they are shown. */
  public List<StoreColumn> columns() {
    return columns.columns();
  }

  /** The id columns as the physical table spells them. */
  public List<String> idColumns() {
    List<String> names = new ArrayList<>();
    for (String id : feature.requireIdColumns()) {
      names.add(storeTable.column(id).map(StoreColumn::name).orElse(id));
    }
    return names;
  }

  /** The physical name of a system column; empty where the table lacks it. */
  Optional<String> systemColumn(SystemColumn column) {
    return storeTable.column(column.columnName()).map(StoreColumn::name);
  }

  @Override
  public RelDataType getRowType(RelDataTypeFactory typeFactory) {
    requireSystemColumns();
    if (rows != Rows.HISTORY) {
      feature.requireIdColumns();
    }
    RelDataTypeFactory.Builder row = typeFactory.builder();
    for (StoreColumn column : columns()) {
      row.add(
          column.name(),
          typeFactory.createTypeWithNullability(
              storeTable.dialect().toType(typeFactory, column), true));
    }
    if (rows == Rows.HISTORY) {
      for (HistoryColumn column : HistoryColumn.values()) {
        row.add(
            column.columnName(),
            column.type(typeFactory, timeType(typeFactory), !feature.idColumns().isEmpty()));
      }
    }
    return row.build();
  }

  private void requireSystemColumns() {
    List<String> missing = columns.missing(view.versionOf(feature).isPresent());
    if (!missing.isEmpty()) {
      throw new MetaxyException(
          SqlState.INVALID_STORE,
          "Table '%s' is no feature's: it has no column %s, which says which version of a record is current. Every table that Metaxy writes has it; add it with the store's own ALTER TABLE"
              .formatted(feature.tableName(), String.join(" and no column ", missing)));
    }
  }

  private RelDataType timeType(RelDataTypeFactory typeFactory) {
    return storeTable
        .column(SystemColumn.METAXY_UPDATED_AT.columnName())
        .map(column -> storeTable.dialect().toType(typeFactory, column))
        .orElseThrow();
  }

  @Override
  public RelNode toRel(RelOptTable.ToRelContext context, RelOptTable relOptTable) {
    return new FeatureScan(context.getCluster(), relOptTable, this, false, view.asOf());
  }

  @Override
  public String getSysStartFieldName() {
    return HistoryColumn.METAXY_VALID_FROM.columnName();
  }

  @Override
  public String getSysEndFieldName() {
    return HistoryColumn.METAXY_VALID_TO.columnName();
  }
}
