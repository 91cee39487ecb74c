package org.metaxyjdbc.store;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlWriter;

/** Spellings that some stores have in common; the keys are those of {@link StoreSpelling}. */
final class SharedSpellings {
  private static final String POSITION =
      "(CASE POSITION($1 IN SUBSTRING($2, $3)) WHEN 0 THEN 0 ELSE POSITION($1 IN SUBSTRING($2, $3)) + $3 - 1 END)";

  /** What DuckDB has from PostgreSQL. */
  static final Map<String, BiConsumer<SqlWriter, SqlCall>> POSTGRESQL =
      templates(
          Map.ofEntries(
              Map.entry(
                  "EXTRACT(NANOSECOND)", "(CAST(EXTRACT(MICROSECOND FROM $2) AS BIGINT) * 1000)"),
              Map.entry("LEFT(COMPUTED)", "LEFT($1, CASE WHEN $2 < 0 THEN 0 ELSE $2 END)"),
              Map.entry("RIGHT(COMPUTED)", "RIGHT($1, CASE WHEN $2 < 0 THEN 0 ELSE $2 END)"),
              Map.entry("POSITION/3", POSITION),
              Map.entry("SPACE", "REPEAT(' ', $1)"),
              Map.entry("BITAND", "($1 & $2)"),
              Map.entry("BITOR", "($1 | $2)"),
              Map.entry("BITNOT", "(~$1)"),
              Map.entry("LEFTSHIFT", "($1 << $2)"),
              Map.entry("FLOOR/2", "DATE_TRUNC('$unit', $1)"),
              Map.entry("RAND", "RANDOM($*)"),
              Map.entry("RAND_INTEGER/1", "CAST(FLOOR(RANDOM() * $1) AS INTEGER)"),
              Map.entry("SOME", "BOOL_OR($distinct$1)"),
              Map.entry("LISTAGG/1", "STRING_AGG($distinctCAST($1 AS VARCHAR), ',')"),
              Map.entry("LISTAGG/2", "STRING_AGG($distinctCAST($1 AS VARCHAR), $2)"),
              Map.entry(
                  "WITHIN GROUP(LISTAGG)/1",
                  "STRING_AGG($distinctCAST($1 AS VARCHAR), ',' ORDER BY $order)"),
              Map.entry(
                  "WITHIN GROUP(LISTAGG)/2",
                  "STRING_AGG($distinctCAST($1 AS VARCHAR), $2 ORDER BY $order)"),
              Map.entry(
                  "WITHIN GROUP(STRING_AGG)",
                  "STRING_AGG($distinctCAST($1 AS VARCHAR), $2 ORDER BY $order)")));

  /** Of stores whose trigonometry is in radians only. */
  static final Map<String, BiConsumer<SqlWriter, SqlCall>> DEGREES =
      templates(
          Map.ofEntries(
              Map.entry("SIND", "SIN(RADIANS($1))"),
              Map.entry("COSD", "COS(RADIANS($1))"),
              Map.entry("TAND", "TAN(RADIANS($1))"),
              Map.entry("ASIND", "DEGREES(ASIN($1))"),
              Map.entry("ACOSD", "DEGREES(ACOS($1))"),
              Map.entry("ATAND", "DEGREES(ATAN($1))")));

  /** Of stores where a backslash escapes unless another character is said to. */
  static final Map<String, BiConsumer<SqlWriter, SqlCall>> LIKE_WITHOUT_ESCAPE =
      templates(
          Map.ofEntries(
              Map.entry("LIKE(BACKSLASH)/2", "($1 LIKE $2 ESCAPE '')"),
              Map.entry("NOT LIKE(BACKSLASH)/2", "($1 NOT LIKE $2 ESCAPE '')"),
              Map.entry("ILIKE(BACKSLASH)/2", "($1 ILIKE $2 ESCAPE '')"),
              Map.entry("NOT ILIKE(BACKSLASH)/2", "($1 NOT ILIKE $2 ESCAPE '')")));

  private SharedSpellings() {}

  /**
   * Regular expressions by a function.
   *
   * @param function says whether a text has a match
   * @param dotAll the flag with which a dot is any character
   */
  static Map<String, BiConsumer<SqlWriter, SqlCall>> regularExpressions(
      String function, String dotAll) {
    String flags = ", '%s')".formatted(dotAll);
    String matches = function + "($1, $2)";
    String matchesInAnyCase = function + "($1, $2, 'i')";
    Map<String, BiConsumer<SqlWriter, SqlCall>> spellings =
        templates(
            Map.of(
                "POSIX REGEX CASE SENSITIVE",
                matches,
                "POSIX REGEX CASE INSENSITIVE",
                matchesInAnyCase,
                "NEGATED POSIX REGEX CASE SENSITIVE",
                "(NOT %s)".formatted(matches),
                "NEGATED POSIX REGEX CASE INSENSITIVE",
                "(NOT %s)".formatted(matchesInAnyCase)));
    spellings.put("SIMILAR TO", Patterns.similar(function + "(", ", ", flags));
    spellings.put("NOT SIMILAR TO", Patterns.similar("NOT " + function + "(", ", ", flags));
    return spellings;
  }

  private static Map<String, BiConsumer<SqlWriter, SqlCall>> templates(
      Map<String, String> templates) {
    Map<String, BiConsumer<SqlWriter, SqlCall>> spellings = new HashMap<>();
    templates.forEach(
        (operator, template) -> spellings.put(operator, StoreSpelling.template(template)));
    return spellings;
  }
}
