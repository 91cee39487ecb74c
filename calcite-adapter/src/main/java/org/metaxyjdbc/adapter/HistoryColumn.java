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
  METAXY_VALID_FROM,
  /** Until when, exclusive; null while it still is. */
  METAXY_VALID_TO,
  /** Whether it is the current version of its record; null where the id columns are not known. */
  METAXY_IS_CURRENT;

  public String columnName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The column as JDBC's metadata describes it. */
  public StoreColumn column() {
    return this == METAXY_IS_CURRENT
        ? new StoreColumn(columnName(), Types.BOOLEAN, "", 0, 0, true, null)
        : new StoreColumn(
            columnName(),
            Types.TIMESTAMP_WITH_TIMEZONE,
            "",
            0,
            MetaxyTypeSystem.TIMESTAMP_PRECISION,
            true,
            null);
  }

  /**
   * The column's type.
   *
   * @param time the type of a version's time
   * @param known whether the feature's id columns are known
   */
  RelDataType type(RelDataTypeFactory factory, RelDataType time, boolean known) {
    return this == METAXY_IS_CURRENT
        ? factory.createTypeWithNullability(factory.createSqlType(SqlTypeName.BOOLEAN), !known)
        : factory.createTypeWithNullability(time, true);
  }
}
