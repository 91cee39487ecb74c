package org.metaxyjdbc.plan;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUnknownLiteral;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;
import org.metaxyjdbc.store.MetaxyTypeSystem;
import org.metaxyjdbc.store.ValueText;

/**
 * Literals of times with a zone, as {@code TIMESTAMP WITH TIME ZONE '2024-01-01 00:00:00+01'}, in
 * the form that every store reads: Calcite's own can be written in none.
 */
final class ZonedLiterals extends SqlShuttle {
  private static final Pattern TIMESTAMP =
      Pattern.compile(
          "(\\d{4,}-\\d\\d-\\d\\d)[ T](\\d\\d:\\d\\d(?::\\d\\d(?:\\.(\\d{1,9}))?)?) ?(\\S*)");

  @Override
  public @Nullable SqlNode visit(SqlLiteral literal) {
    if (literal instanceof SqlUnknownLiteral unknown) {
      switch (unknown.tag) {
        case "TIMESTAMP WITH TIME ZONE", "TIMESTAMP WITH LOCAL TIME ZONE" -> {
          return timestamp(unknown);
        }
        case "TIME WITH TIME ZONE" -> {
          return SqlLiteral.createCharString(unknown.getValue(), unknown.getParserPosition());
        }
        default -> {}
      }
    }
    return literal;
  }

  /** A CAST of text; without a zone, a timestamp is one of UTC. */
  private static SqlNode timestamp(SqlUnknownLiteral literal) {
    SqlParserPos pos = literal.getParserPosition();
    Matcher parts = TIMESTAMP.matcher(literal.getValue().strip());
    if (!parts.matches()) {
      throw illegal(literal, null);
    }
    int digits = parts.group(3) == null ? 0 : parts.group(3).length();
    String text;
    try {
      ZoneId zone = parts.group(4).isEmpty() ? ZoneOffset.UTC : ZoneId.of(parts.group(4));
      text =
          ValueText.of(
              LocalDateTime.parse(parts.group(1) + "T" + parts.group(2))
                  .atZone(zone)
                  .toOffsetDateTime());
    } catch (DateTimeException e) {
      throw illegal(literal, e);
    }
    return SqlStdOperatorTable.CAST.createCall(
        pos,
        SqlLiteral.createCharString(text, pos),
        new SqlDataTypeSpec(
            new SqlBasicTypeNameSpec(
                SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE,
                Math.max(MetaxyTypeSystem.TIMESTAMP_PRECISION, digits),
                pos),
            pos));
  }

  private static MetaxyException illegal(SqlUnknownLiteral literal, @Nullable Exception cause) {
    SqlParserPos pos = literal.getParserPosition();
    return new MetaxyException(
        SqlState.INVALID_DATETIME,
        "'%s' is no timestamp with time zone: write it as '2024-01-31 12:00:00.123456+01:00' (line %d, column %d)"
            .formatted(literal.getValue(), pos.getLineNum(), pos.getColumnNum()),
        cause);
  }
}
