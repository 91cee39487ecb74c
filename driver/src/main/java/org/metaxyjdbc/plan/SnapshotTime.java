package org.metaxyjdbc.plan;

import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUnknownLiteral;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.TimestampString;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;
import org.metaxyjdbc.store.MetaxyTypeSystem;
import org.metaxyjdbc.store.TimeText;

/**
 * The time in {@code FOR SYSTEM_TIME AS OF}: Calcite wants a timestamp there. A parameter becomes
 * one, and so do the text and the date that people write instead.
 */
final class SnapshotTime {
  private static final DateTimeFormatter FORMAT =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
          .toFormatter(Locale.ROOT);

  private SnapshotTime() {}

  static SqlNode typed(SqlNode time) {
    if (time instanceof SqlDynamicParam) {
      return SqlStdOperatorTable.CAST.createCall(
          time.getParserPosition(), time, timestampWithTimeZone(time.getParserPosition()));
    }
    if (time instanceof SqlUnknownLiteral literal
        && literal.tag.equals(SqlTypeName.DATE.getName())) {
      return timestamp(literal, literal.getValue());
    }
    if (time instanceof SqlCharStringLiteral literal) {
      return timestamp(literal, literal.toValue());
    }
    return time;
  }

  private static SqlNode timestamp(SqlLiteral literal, @Nullable String text) {
    TimeText time =
        TimeText.parse(String.valueOf(text))
            .orElseThrow(
                () ->
                    new MetaxyException(
                        SqlState.INVALID_DATETIME,
                        "FOR SYSTEM_TIME AS OF cannot be '%s'; it can be a time such as 2024-01-31 10:30:00.123456, which is UTC where no zone is given"
                            .formatted(text)));
    return SqlLiteral.createTimestamp(
        SqlTypeName.TIMESTAMP,
        new TimestampString(FORMAT.format(time.instant())),
        MetaxyTypeSystem.TIMESTAMP_PRECISION,
        literal.getParserPosition());
  }

  private static SqlDataTypeSpec timestampWithTimeZone(SqlParserPos position) {
    return new SqlDataTypeSpec(
        new SqlBasicTypeNameSpec(
            SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE,
            MetaxyTypeSystem.TIMESTAMP_PRECISION,
            position),
        position);
  }
}
