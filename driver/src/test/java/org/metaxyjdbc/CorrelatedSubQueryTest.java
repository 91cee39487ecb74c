package org.metaxyjdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.metaxyjdbc.testing.TestStore;

/** A sub-query among the columns of a query reads those of the query around it. */
class CorrelatedSubQueryTest {
  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void readsTheColumnsAroundIt(TestStore.Kind kind) throws SQLException {
    try (Connection connection = kind.create().connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t (a INTEGER, c INTEGER, PRIMARY KEY (a))");
      statement.execute("INSERT INTO t VALUES (1, 10), (2, 20), (3, 30)");
      assertThat(
              rows(
                  statement,
                  "SELECT a, (SELECT COUNT(*) FROM t x WHERE x.c > t.c) FROM t WHERE c > 10 ORDER BY a"))
          .containsExactly("2 1", "3 0");
      assertThat(
              rows(
                  statement,
                  "SELECT t.a, (SELECT MAX(x.c) FROM t x WHERE x.c > b.c AND x.a > t.a)"
                      + " FROM t JOIN t b ON t.a = b.a ORDER BY 1"))
          .containsExactly("1 30", "2 30", "3 null");
      assertThat(
              rows(
                  statement,
                  "SELECT n, (SELECT COUNT(*) FROM t x WHERE x.a <= g.n)"
                      + " FROM (SELECT COUNT(*) AS n FROM t) g"))
          .containsExactly("3 3");
    }
  }

  private static List<String> rows(Statement statement, String sql) throws SQLException {
    List<String> result = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        result.add(rows.getString(1) + " " + rows.getString(2));
      }
    }
    return result;
  }
}
