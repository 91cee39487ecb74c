package org.metaxyjdbc;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.metaxyjdbc.testing.DemoStore;
import org.metaxyjdbc.testing.TestStore;

/**
 * SQL gives the same answer on every store, and the one that Calcite itself gives.
 *
 * <p>Files under {@code statements} have a statement a line, and after it {@code = } and the
 * answer: columns end with commas, rows with semicolons; {@code ! } and a SQLSTATE is an error.
 * Where a store, or Calcite, differs, a line begins with {@code h2= }, {@code duckdb= }, {@code
 * postgresql= } or {@code calcite= }. Numbers count to 13 digits.
 */
class SqlAnswersTest {
  private static final List<String> FILES =
      List.of(
          "tools", "text", "numbers", "times", "aggregates", "queries", "computed", "differences");
  private static final MathContext DIGITS = new MathContext(13);

  /** The answers to each statement of a file, by the word before {@code = }. */
  private static Map<String, Map<String, String>> statements(String name) throws IOException {
    Map<String, Map<String, String>> statements = new LinkedHashMap<>();
    try (InputStream file =
        SqlAnswersTest.class.getResourceAsStream("/statements/" + name + ".txt")) {
      Map<String, String> answers = new LinkedHashMap<>();
      for (String line :
          new String(requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .toList()) {
        int equals = line.indexOf("= ");
        if (line.matches("(h2|duckdb|postgresql|calcite)?= .*")) {
          answers.put(line.substring(0, equals), line.substring(equals + 2));
        } else if (!line.startsWith("#")) {
          answers = new LinkedHashMap<>();
          statements.put(line, answers);
        }
      }
    }
    return statements;
  }

  private static String answer(Statement statement, String sql) {
    StringBuilder answer = new StringBuilder();
    try (ResultSet rows = statement.executeQuery(sql)) {
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        for (int i = 1; i <= columns; i++) {
          answer.append(i == 1 ? "" : ",").append(plain(rows.getString(i)));
        }
        answer.append(';');
      }
      return answer.toString();
    } catch (SQLException e) {
      return "! " + e.getSQLState();
    }
  }

  /** A number without the zeros that some stores put after it, nor their last digits. */
  private static @Nullable String plain(@Nullable String value) {
    return value != null && value.matches("-?\\d+(\\.\\d+(E-?\\d+)?|E-?\\d+)")
        ? new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString()
        : value;
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void everyStatementHasTheAnswerOfItsFile(TestStore.Kind kind) throws Exception {
    String store = kind.name().toLowerCase(Locale.ROOT);
    List<String> wrong = new ArrayList<>();
    int count = 0;
    try (Connection connection = DemoStore.create(kind).store().connect();
        Statement statement = connection.createStatement()) {
      for (String file : FILES) {
        for (Map.Entry<String, Map<String, String>> entry : statements(file).entrySet()) {
          String expected = entry.getValue().getOrDefault(store, entry.getValue().get(""));
          String actual = answer(statement, entry.getKey());
          count++;
          if (!actual.equals(expected)) {
            wrong.add("%s\n  is %s\n not %s".formatted(entry.getKey(), actual, expected));
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(count).isGreaterThan(300);
  }

  /** A statement that Calcite does not take is left out: it is no part of its SQL. */
  @ParameterizedTest
  @ValueSource(strings = {"text", "numbers", "times", "queries", "differences"})
  void answersAreThoseOfCalcite(String file) throws Exception {
    Properties info = new Properties();
    info.setProperty("fun", "standard,postgresql");
    info.setProperty("conformance", "BABEL");
    info.setProperty("timeZone", "UTC");
    List<String> wrong = new ArrayList<>();
    int count = 0;
    try (Connection connection = DriverManager.getConnection("jdbc:calcite:", info)) {
      for (Map.Entry<String, Map<String, String>> entry : statements(file).entrySet()) {
        String sql = entry.getKey();
        if (sql.contains("predictions")) {
          continue;
        }
        try (Statement statement = connection.createStatement()) {
          String actual = answerOfCalcite(statement, sql);
          String expected = entry.getValue().getOrDefault("calcite", entry.getValue().get(""));
          if (!actual.startsWith("!")) {
            count++;
            if (!withoutFraction(actual).equals(expected)) {
              wrong.add("%s\n  is %s\n not %s".formatted(sql, withoutFraction(actual), expected));
            }
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(count).isPositive();
  }

  /** An error within what Calcite generated, or when that was loaded, is no SQLException. */
  private static String answerOfCalcite(Statement statement, String sql) {
    try {
      return answer(statement, sql);
    } catch (RuntimeException | ExceptionInInitializerError e) {
      return "! " + e;
    }
  }

  /** Calcite writes a timestamp with the zeros of its type. */
  private static String withoutFraction(String answer) {
    return answer.replaceAll("(:\\d\\d(?:\\.\\d*[1-9])?)\\.?0*(?=[,;])", "$1");
  }
}
