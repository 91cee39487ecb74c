package org.metaxyjdbc.metadata;

import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.session.SessionSetting;

/** The types of columns, and the settings of a session. */
public final class TypeMetadata {
  private static final MetadataColumns TYPES =
      MetadataColumns.of(
          "TYPE_NAME, DATA_TYPE INTEGER, PRECISION INTEGER, LITERAL_PREFIX, LITERAL_SUFFIX, CREATE_PARAMS, NULLABLE SMALLINT, CASE_SENSITIVE BOOLEAN, SEARCHABLE SMALLINT, UNSIGNED_ATTRIBUTE BOOLEAN, FIXED_PREC_SCALE BOOLEAN, AUTO_INCREMENT BOOLEAN, LOCAL_TYPE_NAME, MINIMUM_SCALE SMALLINT, MAXIMUM_SCALE SMALLINT, SQL_DATA_TYPE INTEGER, SQL_DATETIME_SUB INTEGER, NUM_PREC_RADIX INTEGER");
  private static final MetadataColumns CLIENT_INFO_PROPERTIES =
      MetadataColumns.of("NAME, MAX_LEN INTEGER, DEFAULT_VALUE, DESCRIPTION");

  private static final int NO_LIMIT = Integer.MAX_VALUE;
  private static final int SECOND_DIGITS = 6;

  private TypeMetadata() {}

  /** {@link DatabaseMetaData#getTypeInfo}: the names that {@code getColumns} uses. */
  public static ResultSet types() {
    return TYPES.rows(
        new @Nullable Object[][] {
          number("TINYINT", Types.TINYINT, 3, null, 0),
          number("BIGINT", Types.BIGINT, 19, null, 0),
          type("VARBINARY", Types.VARBINARY, NO_LIMIT, "X'", "'", "length"),
          text("CHAR", Types.CHAR),
          number("DECIMAL", Types.DECIMAL, 1000, "precision,scale", 1000),
          number("INTEGER", Types.INTEGER, 10, null, 0),
          number("SMALLINT", Types.SMALLINT, 5, null, 0),
          number("REAL", Types.REAL, 8, null, 0),
          number("DOUBLE", Types.DOUBLE, 17, null, 0),
          text("VARCHAR", Types.VARCHAR),
          type("BOOLEAN", Types.BOOLEAN, 1, null, null, null),
          type("DATE", Types.DATE, 10, "DATE '", "'", null),
          time("TIME", Types.TIME, 15, "TIME '"),
          time("TIMESTAMP", Types.TIMESTAMP, 26, "TIMESTAMP '"),
          type("JSON", Types.OTHER, NO_LIMIT, "'", "'", null),
          type("UUID", Types.OTHER, 36, "'", "'", null),
          type("ARRAY", Types.ARRAY, NO_LIMIT, null, null, null),
          time("TIMESTAMP WITH TIME ZONE", Types.TIMESTAMP_WITH_TIMEZONE, 29, "TIMESTAMP '")
        });
  }

  private static @Nullable Object[] number(
      String name, int jdbcType, int precision, @Nullable String parameters, int maximumScale) {
    return row(name, jdbcType, precision, null, null, parameters, false, maximumScale, 10);
  }

  private static @Nullable Object[] text(String name, int jdbcType) {
    return row(name, jdbcType, NO_LIMIT, "'", "'", "length", true, null, null);
  }

  private static @Nullable Object[] time(String name, int jdbcType, int precision, String prefix) {
    return row(name, jdbcType, precision, prefix, "'", null, false, SECOND_DIGITS, null);
  }

  private static @Nullable Object[] type(
      String name,
      int jdbcType,
      int precision,
      @Nullable String prefix,
      @Nullable String suffix,
      @Nullable String parameters) {
    return row(name, jdbcType, precision, prefix, suffix, parameters, false, null, null);
  }

  private static @Nullable Object[] row(
      String name,
      int jdbcType,
      int precision,
      @Nullable String prefix,
      @Nullable String suffix,
      @Nullable String parameters,
      boolean isCaseSensitive,
      @Nullable Integer maximumScale,
      @Nullable Integer radix) {
    return new @Nullable Object[] {
      name,
      jdbcType,
      precision,
      prefix,
      suffix,
      parameters,
      DatabaseMetaData.typeNullable,
      isCaseSensitive,
      isCaseSensitive ? DatabaseMetaData.typeSearchable : DatabaseMetaData.typePredBasic,
      false,
      false,
      false,
      null,
      maximumScale == null ? null : 0,
      maximumScale,
      null,
      null,
      radix
    };
  }

  /** {@link DatabaseMetaData#getClientInfoProperties}: what can be SET. */
  public static ResultSet clientInfoProperties() {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (SessionSetting setting : SessionSetting.values()) {
      if (!setting.isConnectionOnly()) {
        rows.add(
            new @Nullable Object[] {
              setting.settingName(), NO_LIMIT, setting.defaultValue(), setting.description()
            });
      }
    }
    rows.sort(Comparator.comparing(row -> String.valueOf(row[0])));
    return CLIENT_INFO_PROPERTIES.rows(rows);
  }
}
