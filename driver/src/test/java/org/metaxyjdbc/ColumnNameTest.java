package org.metaxyjdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Words of SQL that are columns' names too, without quotes; as literals they stay what they are.
 */
class ColumnNameTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "at",
        "abs",
        "avg",
        "begin",
        "check",
        "condition",
        "connect",
        "count",
        "cursor",
        "data",
        "date",
        "day",
        "domain",
        "element",
        "end",
        "filter",
        "function",
        "hour",
        "index",
        "key",
        "label",
        "lag",
        "language",
        "lead",
        "length",
        "lower",
        "match",
        "max",
        "method",
        "min",
        "minute",
        "mod",
        "mode",
        "model",
        "month",
        "name",
        "new",
        "old",
        "one",
        "open",
        "path",
        "percent",
        "position",
        "power",
        "precision",
        "public",
        "range",
        "rank",
        "ref",
        "result",
        "role",
        "score",
        "search",
        "second",
        "size",
        "source",
        "split",
        "start",
        "status",
        "sum",
        "system",
        "target",
        "text",
        "time",
        "timestamp",
        "type",
        "upper",
        "uuid",
        "value",
        "version",
        "year"
      })
  void wordsOfSqlAreNames(String name) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:metaxy:");
        Statement statement = connection.createStatement()) {
      for (String sql :
          List.of(
              "CREATE TABLE f (id INTEGER, %s INTEGER, x INTEGER, PRIMARY KEY (id))",
              "INSERT INTO f (id, %s) VALUES (1, 5), (2, 7)",
              "UPDATE f SET %s = %s + 1, x = %s WHERE %s = 7",
              "DELETE FROM f WHERE %s < 3 OR (%s) > 100")) {
        statement.execute(sql.replace("%s", name));
      }
      String sql =
          """
          SELECT %s, f.%s AS again, (%s + 1) AS plus, max(x) x, sum(%s), coalesce(%s, 0), count(DISTINCT %s)
          FROM f WHERE %s IN (%s, 0) AND (%s) BETWEEN 6 AND %s
          GROUP BY %s HAVING max(%s) > 1 ORDER BY %s DESC
          """
              .replace("%s", name);
      assertThat(rows(statement, sql)).isEqualTo("8 8 9 7 8 8 1\n");
      assertThat(rows(statement, "SELECT x + 1 AS %s FROM f WHERE id = 2".formatted(name)))
          .isEqualTo("8\n");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "date, DATE, 2024-01-31",
    "time, TIME, 12:00:00",
    "timestamp, TIMESTAMP, 2024-01-31 12:00:00",
    "uuid, UUID, 123e4567-e89b-12d3-a456-426614174000"
  })
  void literalsOfTheirNameStayLiterals(String name, String type, String value) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:metaxy:");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE f (id INTEGER PRIMARY KEY, %s %s)".formatted(name, type));
      statement.execute("INSERT INTO f VALUES (1, %s '%s')".formatted(name, value));
      String sql =
          "SELECT %1$s, %1$s '%2$s', CAST('%2$s' AS %1$s), '%2$s'::%1$s FROM f WHERE %1$s = %1$s '%2$s'"
              .formatted(name, value);
      assertThat(rows(statement, sql))
          .isEqualTo(String.join(" ", value, value, value, value) + "\n");
    }
  }

  private static String rows(Statement statement, String sql) throws SQLException {
    StringBuilder text = new StringBuilder();
    try (ResultSet rows = statement.executeQuery(sql)) {
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        for (int i = 1; i <= columns; i++) {
          text.append(rows.getString(i)).append(i < columns ? " " : "\n");
        }
      }
    }
    return text.toString();
  }
}
