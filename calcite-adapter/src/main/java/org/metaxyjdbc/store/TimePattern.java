package org.metaxyjdbc.store;

import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.metaxyjdbc.error.MetaxyException;

/** The formats of {@code TO_CHAR}, {@code TO_DATE} and {@code TO_TIMESTAMP} in those of a store. */
enum TimePattern {
  /** As in {@code strftime}. */
  STRFTIME(
      Map.ofEntries(
          Map.entry("YYYY", "%Y"),
          Map.entry("YY", "%y"),
          Map.entry("MM", "%m"),
          Map.entry("DD", "%d"),
          Map.entry("DDD", "%j"),
          Map.entry("HH24", "%H"),
          Map.entry("HH12", "%I"),
          Map.entry("HH", "%I"),
          Map.entry("MI", "%M"),
          Map.entry("SS", "%S"),
          Map.entry("MS", "%g"),
          Map.entry("US", "%f"),
          Map.entry("AM", "%p"),
          Map.entry("PM", "%p"),
          Map.entry("FMMONTH", "%B"),
          Map.entry("MON", "%b"),
          Map.entry("FMDAY", "%A"),
          Map.entry("DY", "%a"),
          Map.entry("IW", "%V"),
          Map.entry("ID", "%u"))) {
    @Override
    String plain(String text) {
      return text.replace("%", "%%");
    }
  },

  /** As in Java's {@code DateTimeFormatter}. */
  JAVA(
      Map.ofEntries(
          Map.entry("YYYY", "uuuu"),
          Map.entry("YY", "uu"),
          Map.entry("MM", "MM"),
          Map.entry("DD", "dd"),
          Map.entry("DDD", "DDD"),
          Map.entry("HH24", "HH"),
          Map.entry("HH12", "hh"),
          Map.entry("HH", "hh"),
          Map.entry("MI", "mm"),
          Map.entry("SS", "ss"),
          Map.entry("MS", "SSS"),
          Map.entry("US", "SSSSSS"),
          Map.entry("AM", "a"),
          Map.entry("PM", "a"),
          Map.entry("FMMONTH", "MMMM"),
          Map.entry("MON", "MMM"),
          Map.entry("FMDAY", "EEEE"),
          Map.entry("DY", "EEE"))) {
    @Override
    String plain(String text) {
      return "'" + text.replace("'", "''") + "'";
    }
  };

  private static final Pattern ELEMENT =
      Pattern.compile(
          """
          (YYYY|YY|Y,YYY|MM|MI|MS|DDD|DD|HH24|HH12|HH|SS|US|AM|PM|FMMonth|FMDay|Mon(?!th)|Dy|IW|ID)\
          |"([^"]*)"|([a-z]+)|([^a-z"]+)\
          """,
          Pattern.CASE_INSENSITIVE);

  private final Map<String, String> elements;

  TimePattern(Map<String, String> elements) {
    this.elements = elements;
  }

  abstract String plain(String text);

  /** A call whose second operand is a format. */
  BiConsumer<SqlWriter, SqlCall> in(String before, String after) {
    return (writer, call) -> {
      SqlWriter.Frame frame = writer.startList("", "");
      writer.print(before);
      call.operand(0).unparse(writer, 0, 0);
      writer.print(", ");
      SqlLiteral.createCharString(of(Patterns.literal(call, 1)), SqlParserPos.ZERO)
          .unparse(writer, 0, 0);
      writer.print(after);
      writer.endList(frame);
      writer.setNeedWhitespace(true);
    };
  }

  /** Whether the store has words for all of a format. */
  boolean covers(String format) {
    try {
      of(format);
      return true;
    } catch (MetaxyException e) {
      return false;
    }
  }

  private String of(String format) {
    StringBuilder pattern = new StringBuilder();
    for (Matcher element = ELEMENT.matcher(format); element.find(); ) {
      String known = element.group(1) == null ? null : elements.get(known(element.group(1)));
      if (known != null) {
        pattern.append(known);
      } else if (element.group(2) != null) {
        pattern.append(plain(element.group(2)));
      } else if (element.group(4) != null) {
        pattern.append(plain(element.group(4)));
      } else {
        throw MetaxyException.unsupported(
            "The store has no '%s', as in the format '%s'".formatted(element.group(), format));
      }
    }
    return pattern.toString();
  }

  /** A name in other than its usual letters, such as MON, would have to be written so. */
  private static String known(String element) {
    boolean isName = element.toLowerCase(Locale.ROOT).matches("fmmonth|mon|fmday|dy");
    boolean usual = element.matches("FMMonth|Mon|FMDay|Dy");
    return isName && !usual ? "" : element.toUpperCase(Locale.ROOT);
  }
}
