package org.metaxyjdbc.adapter;

import java.sql.Types;
import java.util.Locale;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.type.SqlTypeName;
import org.metaxyjdbc.store.MetaxyTypeSystem;
import org.metaxyjdbc.store.StoreColumn;

/** The columns that only the schema {@code history} has. */
public enum HistoryColumn {
  /** Since when the version was the current one. */
  METAXY_VALID_FROM(SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE),
  /** Until when, exclusive; null while it still is. */
  METAXY_VALID_TO(SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE),
  /** Whether it is the current version of its record. */
  METAXY_IS_CURRENT(SqlTypeName.BOOLEAN);

  private final SqlTypeName typeName;

  HistoryColumn(SqlTypeName typeName) {
    this.typeName = typeName;
  }

  public String columnName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The column as JDBC's metadata describes it. */
  public StoreColumn column() {
    return typeName == SqlTypeName.BOOLEAN
        ? new StoreColumn(columnName(), Types.BOOLEAN, "BOOLEAN", 0, 0, true, null)
        : new StoreColumn(
            columnName(),
            Types.TIMESTAMP_WITH_TIMEZONE,
            "TIMESTAMP WITH TIME ZONE",
            0,
            MetaxyTypeSystem.TIMESTAMP_PRECISION,
            true,
            null);
  }

  RelDataType type(RelDataTypeFactory factory) {
    RelDataType type =
        typeName == SqlTypeName.BOOLEAN
            ? factory.createSqlType(typeName)
            : factory.createSqlType(typeName, MetaxyTypeSystem.TIMESTAMP_PRECISION);
    return factory.createTypeWithNullability(type, true);
  }
}
