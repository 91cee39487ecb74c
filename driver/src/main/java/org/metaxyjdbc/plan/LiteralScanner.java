package org.metaxyjdbc.plan;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Finds the literals of a statement without parsing it. */
final class LiteralScanner {
  private static final int DIGITS_OF_LONG = 18;

  private final String text;
  private final List<LiteralText.Literal> literals = new ArrayList<>();

  LiteralScanner(String text) {
    this.text = text;
  }

  /**
   * None where there are tokens that only the parser understands, or characters that a {@link
   * LiteralText#skeleton} has a meaning for.
   */
  List<LiteralText.Literal> literals() {
    literals.clear();
    return !hasControls() && scan() ? literals : List.of();
  }

  private boolean hasControls() {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '\t') {
        return true;
      }
    }
    return false;
  }

  private boolean scan() {
    int i = 0;
    while (i >= 0 && i < text.length()) {
      char c = text.charAt(i);
      if (c == '\'') {
        i = text(i);
      } else if (c == '"') {
        i = after(i + 1, '"');
      } else if (isDigit(c)) {
        i = number(i);
      } else if (Character.isUnicodeIdentifierStart(c) || c == '_') {
        i = word(i);
      } else if (c == '-' && next(i) == '-') {
        i = endOfLine(i);
      } else if (c == '/' && next(i) == '*' || c == '/' && next(i) == '/') {
        return false;
      } else if (c == '`' || c == '$' || c == '{') {
        return false;
      } else {
        i++;
      }
    }
    return i >= 0;
  }

  private char next(int i) {
    return i + 1 < text.length() ? text.charAt(i + 1) : 0;
  }

  /** The index after a quoted name or text, a quote in which is doubled; -1 where it has no end. */
  private int after(int start, char quote) {
    int i = text.indexOf(quote, start);
    while (i >= 0 && next(i) == quote) {
      i = text.indexOf(quote, i + 2);
    }
    return i < 0 ? -1 : i + 1;
  }

  private int text(int start) {
    int end = after(start + 1, '\'');
    if (end > 0) {
      String value = text.substring(start + 1, end - 1);
      literals.add(
          new LiteralText.Literal(
              start,
              end,
              LiteralText.Kind.TEXT,
              value.indexOf('\'') < 0 ? value : value.replace("''", "'")));
    }
    return end;
  }

  /** A word; one that stands at a quote, as in {@code X'00'}, is the parser's to understand. */
  private int word(int start) {
    int i = start + 1;
    while (i < text.length()
        && (Character.isUnicodeIdentifierPart(text.charAt(i)) || text.charAt(i) == '$')) {
      i++;
    }
    boolean prefix =
        i < text.length()
            && (text.charAt(i) == '\'' || text.charAt(i) == '&' || text.charAt(i) == '"');
    return prefix ? -1 : i;
  }

  private int number(int start) {
    int i = start;
    while (i < text.length() && isDigit(text.charAt(i))) {
      i++;
    }
    boolean decimal = i < text.length() && text.charAt(i) == '.';
    if (decimal) {
      i++;
      while (i < text.length() && isDigit(text.charAt(i))) {
        i++;
      }
    }
    if (i < text.length() && Character.isUnicodeIdentifierPart(text.charAt(i))
        || start > 0 && text.charAt(start - 1) == '.') {
      return -1;
    }
    String digits = text.substring(start, i);
    literals.add(
        !decimal && digits.length() <= DIGITS_OF_LONG
            ? new LiteralText.Literal(start, i, LiteralText.Kind.INTEGER, Long.valueOf(digits))
            : new LiteralText.Literal(start, i, LiteralText.Kind.DECIMAL, new BigDecimal(digits)));
    return i;
  }

  private int endOfLine(int start) {
    int i = text.indexOf('\n', start);
    return i < 0 ? text.length() : i + 1;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
