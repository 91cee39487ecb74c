package org.metaxyjdbc;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.metaxyjdbc.testing.DemoStore;
import org.metaxyjdbc.testing.TestStore;

/** Statements as BI tools and consoles send them give the same answer on every store. */
class ToolStatementsTest {
  private static final String ANSWER = "= ";

  /** Statements and their answers; the file has them by turns. */
  private static Map<String, String> statements() throws IOException {
    Map<String, String> statements = new LinkedHashMap<>();
    try (InputStream file = ToolStatementsTest.class.getResourceAsStream("/tool-statements.txt")) {
      String statement = "";
      for (String line :
          new String(requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .toList()) {
        if (line.startsWith(ANSWER)) {
          statements.put(statement, line.substring(ANSWER.length()));
        } else {
          statement = line;
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
      return e.getSQLState() + " " + e.getMessage();
    }
  }

  /** A number without the zeros that some stores put after it. */
  private static @Nullable String plain(@Nullable String value) {
    return value != null && value.matches("-?\\d+\\.\\d+(E\\d+)?")
        ? new BigDecimal(value).stripTrailingZeros().toPlainString()
        : value;
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void everyStatementHasTheAnswerOfTheFile(TestStore.Kind kind) throws Exception {
    Map<String, String> expected = statements();
    assertThat(expected).hasSizeGreaterThan(80);
    Map<String, String> actual = new LinkedHashMap<>();
    try (Connection connection = DemoStore.create(kind).store().connect();
        Statement statement = connection.createStatement()) {
      for (String sql : expected.keySet()) {
        actual.put(sql, answer(statement, sql));
      }
    }
    assertThat(List.copyOf(actual.entrySet())).isEqualTo(List.copyOf(expected.entrySet()));
  }
}
