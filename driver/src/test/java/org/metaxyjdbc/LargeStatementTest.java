package org.metaxyjdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.Collections;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.metaxyjdbc.testing.TestStore;

/** Statements as programs write them: thousands of rows, values or conditions. */
class LargeStatementTest {
  private static final int ROWS = 1_200;

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void aStatementHasThousandsOfRowsOrValues(TestStore.Kind kind) throws SQLException {
    try (Connection connection = kind.create().connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, label VARCHAR, score DOUBLE)");
      String rows =
          IntStream.range(0, ROWS)
              .mapToObj(
                  i ->
                      "(%d, %s, %s)"
                          .formatted(i, i % 2 == 0 ? "NULL" : "'x'", i % 4 == 0 ? "NULL" : "1.5"))
              .collect(Collectors.joining(", "));
      assertThat(statement.executeUpdate("INSERT INTO t VALUES " + rows)).isEqualTo(ROWS);
      insertParameters(connection);
      assertThat(row(statement, "SELECT COUNT(*), COUNT(label), COUNT(score) FROM t"))
          .isEqualTo("2400 1200 2100");
      String ids =
          IntStream.range(0, ROWS).mapToObj(String::valueOf).collect(Collectors.joining(", "));
      assertThat(
              row(statement, "SELECT COUNT(*), MIN(id), MAX(id) FROM t WHERE id IN (" + ids + ")"))
          .isEqualTo("1200 0 1199");
      assertThat(statement.executeUpdate("DELETE FROM t WHERE id IN (" + ids + ")"))
          .isEqualTo(ROWS);
    }
  }

  private static void insertParameters(Connection connection) throws SQLException {
    String rows = String.join(", ", Collections.nCopies(ROWS, "(?, ?, ?)"));
    try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES " + rows)) {
      for (int i = 0; i < ROWS; i++) {
        insert.setInt(3 * i + 1, ROWS + i);
        if (i % 2 == 0) {
          insert.setNull(3 * i + 2, Types.VARCHAR);
        } else {
          insert.setString(3 * i + 2, "y");
        }
        insert.setDouble(3 * i + 3, 0.5);
      }
      assertThat(insert.executeUpdate()).isEqualTo(ROWS);
    }
  }

  @Test
  void aStatementNestedTooDeeplyIsRefused() throws SQLException {
    try (Connection connection = TestStore.Kind.H2.create().connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t (id INTEGER PRIMARY KEY)");
      String condition =
          IntStream.range(0, 5_000).mapToObj(i -> "id = " + i).collect(Collectors.joining(" OR "));
      assertThatThrownBy(() -> statement.executeQuery("SELECT * FROM t WHERE " + condition))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("nested too deeply")
          .extracting(e -> ((SQLException) e).getSQLState())
          .isEqualTo("54001");
      assertThat(row(statement, "SELECT COUNT(*), 1, 2 FROM t")).isEqualTo("0 1 2");
    }
  }

  private static String row(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1) + " " + rows.getString(2) + " " + rows.getString(3);
    }
  }
}
