package org.metaxyjdbc.plan;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.metaxyjdbc.error.MetaxyException;

/**
 * The escapes of JDBC that are no expression of Calcite's: {@code {oj …}}, {@code {escape '…'}} and
 * {@code {limit …}}. Their braces become spaces, so that positions in errors stay what they are.
 */
final class JdbcEscapes {
  private static final Pattern TOKEN =
      Pattern.compile(
          """
          '(?:[^']|'')*' | "(?:[^"]|"")*" | --[^\\n]* | /\\*.*?\\*/ | \\} | \\{ \\s* (\\?\\s*=\\s*call\\b|\\w*)\
          """,
          Pattern.COMMENTS | Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

  private JdbcEscapes() {}

  /**
   * The statement as the grammar has it.
   *
   * @throws MetaxyException 0A000 for {@code {call …}}
   */
  static String resolve(String sql) {
    if (sql.indexOf('{') < 0) {
      return sql;
    }
    StringBuilder plain = new StringBuilder(sql);
    Deque<Boolean> resolved = new ArrayDeque<>();
    for (Matcher token = TOKEN.matcher(sql); token.find(); ) {
      if (sql.charAt(token.start()) == '{') {
        String word = token.group(1).toUpperCase(Locale.ROOT);
        resolved.push(resolves(word));
        if (resolves(word)) {
          int blanks = word.equals("OJ") ? token.end() - token.start() : 1;
          plain.replace(token.start(), token.start() + blanks, " ".repeat(blanks));
        }
      } else if (sql.charAt(token.start()) == '}' && !resolved.isEmpty() && resolved.pop()) {
        plain.setCharAt(token.start(), ' ');
      }
    }
    return plain.toString();
  }

  private static boolean resolves(String word) {
    if (word.endsWith("CALL")) {
      throw MetaxyException.unsupported(
          "There are no stored procedures, so {call ...} cannot be executed");
    }
    return word.equals("OJ") || word.equals("ESCAPE") || word.equals("LIMIT");
  }
}
