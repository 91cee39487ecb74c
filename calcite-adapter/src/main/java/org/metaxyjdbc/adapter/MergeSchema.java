package org.metaxyjdbc.adapter;

import java.util.Map;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.prepare.RelOptTableImpl;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.TranslatableTable;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * What one MERGE reads and writes, for the time of its planning: {@value #RECORDS}, the records of
 * the feature with the row ids of their current versions, and {@value #VERSIONS}, which takes for
 * each row of the source both what the MERGE's INSERT and what its UPDATE would append, and which
 * of the two it is.
 */
public final class MergeSchema extends AbstractSchema {
  /** Its name beside the store's catalog. */
  public static final String NAME = "metaxy_merge";

  public static final String RECORDS = "records";
  public static final String VERSIONS = "versions";

  /** A column of both tables: true for a row of the source that matches a record, else NULL. */
  public static final String MATCHED = "metaxy_matched";

  /** A column of both tables, where the store has row ids. */
  public static final String ROW_ID = StoreTables.ROW_ID;

  private final FeatureTable feature;

  public MergeSchema(FeatureTable feature) {
    this.feature = feature;
  }

  /** The column of {@value #VERSIONS} for what the UPDATE appends to a column of the feature. */
  public static String updated(String column) {
    return "metaxy_updated " + column;
  }

  @Override
  protected Map<String, Table> getTableMap() {
    return Map.of(RECORDS, new Records(), VERSIONS, new Versions());
  }

  private final class Records extends AbstractTable implements TranslatableTable {
    @Override
    public RelDataType getRowType(RelDataTypeFactory types) {
      RelDataTypeFactory.Builder row = types.builder();
      row.addAll(feature.getRowType(types).getFieldList());
      feature.storeTable().rowId().ifPresent(id -> row.add(ROW_ID, id.type()));
      return row.build();
    }

    @Override
    public RelNode toRel(RelOptTable.ToRelContext context, RelOptTable table) {
      RelOptTable ofFeature =
          RelOptTableImpl.create(
              table.getRelOptSchema(),
              feature.getRowType(context.getCluster().getTypeFactory()),
              table.getQualifiedName(),
              feature,
              tableClass -> null);
      return ((FeatureScan) feature.toRel(context, ofFeature)).withRowId();
    }
  }

  private final class Versions extends AbstractTable {
    @Override
    public RelDataType getRowType(RelDataTypeFactory types) {
      RelDataTypeFactory.Builder row = types.builder();
      RelDataType ofFeature = feature.getRowType(types);
      row.addAll(ofFeature.getFieldList());
      for (RelDataTypeField field : ofFeature.getFieldList()) {
        row.add(updated(field.getName()), field.getType());
      }
      feature.storeTable().rowId().ifPresent(id -> row.add(ROW_ID, SqlTypeName.ANY).nullable(true));
      return row.add(MATCHED, SqlTypeName.BOOLEAN).nullable(true).build();
    }
  }
}
