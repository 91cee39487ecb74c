package org.metaxyjdbc.store;

import org.apache.calcite.rel.type.DelegatingTypeSystem;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeSystem;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * Types as the stores have them. Calcite's own default cuts timestamps to milliseconds, which makes
 * two versions of a record a tie.
 */
public final class MetaxyTypeSystem extends DelegatingTypeSystem {
  public static final RelDataTypeSystem INSTANCE = new MetaxyTypeSystem();

  /** Digits of a second in the timestamps of Metaxy and of all three stores. */
  public static final int TIMESTAMP_PRECISION = 6;

  private static final int MAX_NUMERIC = 1000;
  private static final int UNLIMITED_SCALE = MAX_NUMERIC / 3;

  private MetaxyTypeSystem() {
    super(RelDataTypeSystem.DEFAULT);
  }

  /** The type of a decimal that has as many digits, before and after the point, as it needs. */
  static RelDataType unlimitedDecimal(RelDataTypeFactory factory) {
    return factory.createSqlType(SqlTypeName.DECIMAL, MAX_NUMERIC, UNLIMITED_SCALE);
  }

  /** Whether a type is {@link #unlimitedDecimal}. */
  public static boolean isUnlimited(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.DECIMAL
        && type.getPrecision() == MAX_NUMERIC
        && type.getScale() == UNLIMITED_SCALE;
  }

  /**
   * Literals of several lengths together are VARCHAR: as CHAR, Calcite would fill the shorter ones
   * with spaces, which stores compare.
   */
  @Override
  public boolean shouldConvertRaggedUnionTypesToVarying() {
    return true;
  }

  @Override
  public int getMaxPrecision(SqlTypeName typeName) {
    return switch (typeName) {
      case TIME,
          TIME_TZ,
          TIME_WITH_LOCAL_TIME_ZONE,
          TIMESTAMP,
          TIMESTAMP_TZ,
          TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          9;
      case DECIMAL -> MAX_NUMERIC;
      default -> super.getMaxPrecision(typeName);
    };
  }

  @Override
  @SuppressWarnings("deprecation")
  public int getMaxNumericPrecision() {
    return MAX_NUMERIC;
  }

  @Override
  @SuppressWarnings("deprecation")
  public int getMaxNumericScale() {
    return MAX_NUMERIC;
  }

  @Override
  public int getMaxScale(SqlTypeName typeName) {
    return typeName == SqlTypeName.DECIMAL ? MAX_NUMERIC : super.getMaxScale(typeName);
  }

  @Override
  public int getDefaultPrecision(SqlTypeName typeName) {
    return switch (typeName) {
      case TIME,
          TIME_TZ,
          TIME_WITH_LOCAL_TIME_ZONE,
          TIMESTAMP,
          TIMESTAMP_TZ,
          TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          TIMESTAMP_PRECISION;
      default -> super.getDefaultPrecision(typeName);
    };
  }

  /** The mean of integers is not an integer. */
  @Override
  public RelDataType deriveAvgAggType(RelDataTypeFactory typeFactory, RelDataType argumentType) {
    if (SqlTypeUtil.isIntType(argumentType)) {
      return typeFactory.createTypeWithNullability(
          typeFactory.createSqlType(SqlTypeName.DOUBLE), argumentType.isNullable());
    }
    return super.deriveAvgAggType(typeFactory, argumentType);
  }
}
