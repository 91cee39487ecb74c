package org.metaxyjdbc.filter;

import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlNode;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;
import org.metaxyjdbc.plan.StatementParser;

/** A filter as it was typed, before it is known which columns there are. */
public final class FilterText {
  /** All words of the language; every other word is a name. */
  private static final Set<String> WORDS =
      Set.of("AND", "OR", "NOT", "IN", "IS", "NULL", "TRUE", "FALSE", "LIKE", "BETWEEN", "ESCAPE");

  /** Text, a quoted name, a comment, a number, ==; group 1 is a word, group 2 an open quote. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "'[^']*'|\"[^\"]*\"|--[^\n]*|/\\*.*?\\*/|\\d[\\w.]*|==|([\\p{L}_][\\p{L}\\p{N}_$]*)|(['\"])",
          Pattern.DOTALL);

  private final SqlNode expression;

  private FilterText(SqlNode expression) {
    this.expression = expression;
  }

  /**
   * Parses a filter. Unlike in SQL, {@code ==} is the same as {@code =}, and reserved words such as
   * {@code date} and {@code timestamp} can name columns.
   *
   * @throws MetaxyException 42000 with line and column where it is no expression
   */
  public static FilterText parse(String text) {
    if (text.isBlank()) {
      throw new MetaxyException(SqlState.SYNTAX_ERROR, "Filter string cannot be empty.");
    }
    Matcher tokens = TOKEN.matcher(text);
    while (tokens.find()) {
      if (tokens.group(2) != null) {
        throw new MetaxyException(
            SqlState.SYNTAX_ERROR,
            "The quote at character %d is not closed".formatted(tokens.start() + 1));
      }
    }
    try {
      return new FilterText(StatementParser.expression(text));
    } catch (MetaxyException e) {
      try {
        return new FilterText(StatementParser.expression(inSql(text)));
      } catch (MetaxyException again) {
        throw e;
      }
    }
  }

  private static String inSql(String text) {
    return TOKEN.matcher(text).replaceAll(FilterText::tokenInSql);
  }

  private static String tokenInSql(MatchResult token) {
    String word = token.group(1);
    if (word != null && !WORDS.contains(word.toUpperCase(Locale.ROOT))) {
      return Matcher.quoteReplacement('"' + word + '"');
    }
    return Matcher.quoteReplacement(token.group().equals("==") ? "=" : token.group());
  }

  /**
   * The filter on a feature with these columns.
   *
   * @throws MetaxyException 42000 for what is not in the language, 42S22 for an unknown column,
   *     22xxx for a value that cannot be compared with its column
   */
  public Filter on(FilterColumns columns) {
    return new FilterTranslator(columns).translate(expression);
  }
}
