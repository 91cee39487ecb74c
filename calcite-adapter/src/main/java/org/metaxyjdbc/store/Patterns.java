package org.metaxyjdbc.store;

import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;

/** Patterns in the words of a store that has others. Only those that are literals can be put so. */
final class Patterns {
  private static final Pattern REFERENCE = Pattern.compile("\\\\(\\d|&|\\\\)|[\\\\$]");

  /** A character with a backslash before it: group 1 where it refers to a group. */
  private static final Pattern ESCAPED = Pattern.compile("\\\\(?:([1-9])|.)");

  private static final char NO_ESCAPE = 0;

  private Patterns() {}

  /** {@code x SIMILAR TO pattern} by a regular expression of the whole text. */
  static BiConsumer<SqlWriter, SqlCall> similar(String before, String between, String after) {
    return (writer, call) -> {
      char escape = call.operandCount() > 2 ? escape(literal(call, 2)) : NO_ESCAPE;
      String regex = regex(literal(call, 1), escape);
      SqlWriter.Frame frame = writer.startList("", "");
      writer.print(before);
      call.operand(0).unparse(writer, 0, 0);
      writer.print(between);
      SqlLiteral.createCharString("^(?:" + regex + ")$", SqlParserPos.ZERO).unparse(writer, 0, 0);
      writer.print(after);
      writer.endList(frame);
      writer.setNeedWhitespace(true);
    };
  }

  private static char escape(String literal) {
    if (literal.length() > 1) {
      throw new MetaxyException(
          SqlState.INVALID_ESCAPE_CHARACTER,
          "ESCAPE takes one character, or '' for none, and not '%s'".formatted(literal));
    }
    return literal.isEmpty() ? NO_ESCAPE : literal.charAt(0);
  }

  private static String regex(String similar, char escape) {
    StringBuilder regex = new StringBuilder();
    boolean inBrackets = false;
    for (int i = 0; i < similar.length(); i++) {
      char c = similar.charAt(i);
      if (c == escape && escape != NO_ESCAPE && i + 1 < similar.length()) {
        regex.append('\\').append(similar.charAt(++i));
      } else if (inBrackets) {
        inBrackets = c != ']';
        regex.append(c == '\\' ? "\\\\" : c);
      } else {
        inBrackets = c == '[';
        regex.append(
            switch (c) {
              case '%' -> ".*";
              case '_' -> ".";
              case '.', '^', '$', '\\' -> "\\" + c;
              default -> String.valueOf(c);
            });
      }
    }
    return regex.toString();
  }

  /**
   * {@code REGEXP_REPLACE} as in PostgreSQL, where {@code \1} is a group and only the first match
   * is replaced without the flag {@code g}, by that of H2, where {@code $1} is a group and all are.
   */
  static void replaceOfH2(SqlWriter writer, SqlCall call) {
    String regex = literal(call, 1);
    String flags = call.operandCount() > 3 ? literal(call, 3) : "";
    boolean all = flags.contains("g");
    SqlWriter.Frame frame = writer.startFunCall("REGEXP_REPLACE");
    call.operand(0).unparse(writer, 0, 0);
    text(writer, all ? regex : "^((?s:.*?))(" + shifted(regex) + ")");
    text(writer, all ? references(literal(call, 2), 0) : "$1" + references(literal(call, 2), 2));
    text(writer, flags.replace("g", ""));
    writer.endFunCall(frame);
  }

  /** A regular expression whose groups have two others before them. */
  private static String shifted(String regex) {
    return ESCAPED
        .matcher(regex)
        .replaceAll(
            match ->
                Matcher.quoteReplacement(
                    match.group(1) == null
                        ? match.group()
                        : "\\" + (Integer.parseInt(match.group(1)) + 2)));
  }

  /** The number of the group that is the whole match, and what the others come after. */
  private static String references(String replacement, int whole) {
    return REFERENCE
        .matcher(replacement)
        .replaceAll(
            match ->
                Matcher.quoteReplacement(
                    match.group(1) == null
                        ? "\\" + match.group()
                        : switch (match.group(1)) {
                          case "\\" -> "\\\\";
                          case "&" -> "$" + whole;
                          default -> "$" + (Integer.parseInt(match.group(1)) + whole);
                        }));
  }

  private static void text(SqlWriter writer, String value) {
    writer.sep(",", true);
    SqlLiteral.createCharString(value, SqlParserPos.ZERO).unparse(writer, 0, 0);
  }

  /** {@code TRANSLATE}, which leaves in H2 what has no counterpart. */
  static void translateOfH2(SqlWriter writer, SqlCall call) {
    String from = textOf(call.operand(1));
    String to = textOf(call.operand(2));
    String unpaired =
        from != null && to != null && from.length() > to.length()
            ? from.substring(to.length())
            : "";
    SqlWriter.Frame frame = writer.startFunCall("TRANSLATE");
    if (unpaired.isEmpty()) {
      call.operand(0).unparse(writer, 0, 0);
      writer.sep(",", true);
      call.operand(1).unparse(writer, 0, 0);
    } else {
      SqlWriter.Frame removal = writer.startFunCall("REGEXP_REPLACE");
      call.operand(0).unparse(writer, 0, 0);
      text(writer, "[" + unpaired.replaceAll("([^\\p{L}\\p{N}])", "\\\\$1") + "]");
      text(writer, "");
      writer.endFunCall(removal);
      text(writer, from.substring(0, to.length()));
    }
    writer.sep(",", true);
    call.operand(2).unparse(writer, 0, 0);
    writer.endFunCall(frame);
  }

  /** Whether an operand is a text literal without a backslash. */
  static boolean isPlain(SqlNode pattern) {
    String text = textOf(pattern);
    return text != null && text.indexOf('\\') < 0;
  }

  static String literal(SqlCall call, int operand) {
    String text = textOf(call.operand(operand));
    if (text == null) {
      throw MetaxyException.unsupported(
          "The store can run %s only with a literal as argument %d"
              .formatted(call.getOperator().getName(), operand + 1));
    }
    return text;
  }

  private static @Nullable String textOf(SqlNode node) {
    return node instanceof SqlLiteral literal
            && SqlTypeName.CHAR_TYPES.contains(literal.getTypeName())
        ? literal.toValue()
        : null;
  }
}
