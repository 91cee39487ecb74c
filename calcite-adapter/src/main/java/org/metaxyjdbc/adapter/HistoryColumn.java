package org.metaxyjdbc.adapter;

import java.util.Locale;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.type.SqlTypeName;

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
