package org.metaxyjdbc.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.metaxyjdbc.testing.TestStore;

/** What the metadata claims of {@code {fn ...}} holds on every store. */
class ScalarFunctionsTest {
  private static final MathContext DIGITS = new MathContext(13);
  private static final String TIME = "{ts '2024-03-05 07:08:09'}";

  /** Calls and their answers; true for what differs with each call. */
  private static final Map<String, String> CALLS =
      Map.ofEntries(
          Map.entry("ABS(-1)", "1"),
          Map.entry("ACOS(1)", "0"),
          Map.entry("ASCII('a')", "97"),
          Map.entry("ASIN(0)", "0"),
          Map.entry("ATAN(0)", "0"),
          Map.entry("ATAN2(0, 1)", "0"),
          Map.entry("CBRT(8)", "2"),
          Map.entry("CEILING(1.2)", "2"),
          Map.entry("CONCAT('a', 'b')", "ab"),
          Map.entry("COS(0)", "1"),
          Map.entry("COT(1)", "0.6420926159343"),
          Map.entry("CURDATE() = CURRENT_DATE", "true"),
          Map.entry("CURTIME() IS NOT NULL", "true"),
          Map.entry("DATABASE()", "metaxy"),
          Map.entry("DAYNAME(%s)".formatted(TIME), "Tuesday"),
          Map.entry("DAYOFMONTH(%s)".formatted(TIME), "5"),
          Map.entry("DAYOFWEEK(%s)".formatted(TIME), "3"),
          Map.entry("DAYOFYEAR(%s)".formatted(TIME), "65"),
          Map.entry("DEGREES(0)", "0"),
          Map.entry("EXP(0)", "1"),
          Map.entry("FLOOR(1.8)", "1"),
          Map.entry("HOUR(%s)".formatted(TIME), "7"),
          Map.entry("IFNULL(NULL, 1)", "1"),
          Map.entry("INSERT('abcdef', 2, 3, 'X')", "aXef"),
          Map.entry("LCASE('A')", "a"),
          Map.entry("LEFT('abc', 2)", "ab"),
          Map.entry("LENGTH('abc')", "3"),
          Map.entry("LOCATE('b', 'abc')", "2"),
          Map.entry("LOG(1)", "0"),
          Map.entry("LOG10(1000)", "3"),
          Map.entry("LTRIM(' a')", "a"),
          Map.entry("MINUTE(%s)".formatted(TIME), "8"),
          Map.entry("MOD(7, 3)", "1"),
          Map.entry("MONTH(%s)".formatted(TIME), "3"),
          Map.entry("MONTHNAME(%s)".formatted(TIME), "March"),
          Map.entry("NOW() IS NOT NULL", "true"),
          Map.entry("PI()", "3.14159265359"),
          Map.entry("POWER(2, 3)", "8"),
          Map.entry("QUARTER(%s)".formatted(TIME), "1"),
          Map.entry("RADIANS(0)", "0"),
          Map.entry("RAND() < 1", "true"),
          Map.entry("REPEAT('ab', 2)", "abab"),
          Map.entry("REPLACE('abc', 'b', 'x')", "axc"),
          Map.entry("REVERSE('abc')", "cba"),
          Map.entry("RIGHT('abc', 2)", "bc"),
          Map.entry("ROUND(1.256, 2)", "1.26"),
          Map.entry("RTRIM('a ')", "a"),
          Map.entry("SECOND(%s)".formatted(TIME), "9"),
          Map.entry("SIGN(-2)", "-1"),
          Map.entry("SIN(0)", "0"),
          Map.entry("SPACE(2)", "  "),
          Map.entry("SQRT(9)", "3"),
          Map.entry("SUBSTRING('abc', 2, 1)", "b"),
          Map.entry("TAN(0)", "0"),
          Map.entry("TIMESTAMPADD(SQL_TSI_DAY, 1, %s)".formatted(TIME), "2024-03-06 07:08:09"),
          Map.entry(
              "TIMESTAMPDIFF(SQL_TSI_HOUR, %s, {ts '2024-03-05 09:08:08'})".formatted(TIME), "1"),
          Map.entry("TRUNCATE(1.256, 2)", "1.25"),
          Map.entry("UCASE('a')", "A"),
          Map.entry("USER() IS NOT NULL", "true"),
          Map.entry("WEEK(%s)".formatted(TIME), "10"),
          Map.entry("YEAR(%s)".formatted(TIME), "2024"));

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void everyClaimedFunctionGivesItsAnswer(TestStore.Kind kind) throws Exception {
    Map<String, String> actual = new HashMap<>();
    try (Connection connection = kind.create().connect();
        Statement statement = connection.createStatement()) {
      assertThat(CALLS.keySet().stream().map(call -> call.substring(0, call.indexOf('('))))
          .containsExactlyInAnyOrderElementsOf(claimed(connection.getMetaData()));
      for (String call : CALLS.keySet()) {
        actual.put(call, answer(statement, call));
      }
    }
    assertThat(new TreeMap<>(actual)).isEqualTo(new TreeMap<>(CALLS));
  }

  private static Iterable<String> claimed(DatabaseMetaData metadata) throws SQLException {
    return Stream.of(
            metadata.getNumericFunctions(),
            metadata.getStringFunctions(),
            metadata.getSystemFunctions(),
            metadata.getTimeDateFunctions())
        .flatMap(functions -> Arrays.stream(functions.split(",", -1)))
        .toList();
  }

  /**
   * The answer to what stands before the closing parenthesis of the function, and what is after.
   */
  private static String answer(Statement statement, String call) throws SQLException {
    int end = call.lastIndexOf(')') + 1;
    String sql = "SELECT {fn " + call.substring(0, end) + "}" + call.substring(end);
    try (ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      String value = rows.getString(1);
      return value.matches("-?\\d+\\.\\d+(E-?\\d+)?")
          ? new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString()
          : value;
    } catch (SQLException e) {
      return e.getSQLState() + " " + e.getMessage();
    }
  }
}
