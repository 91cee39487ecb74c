package org.metaxyjdbc.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.metaxyjdbc.testing.TestStore;

/** Of a change that is cancelled in the middle nothing is kept, and the connection goes on. */
class CancelledWriteTest {
  private static final int MANY = 100_000;

  /** Changes that would run for hours: what they compute of each row, and how many rows. */
  private static final List<String> ENDLESS =
      List.of(
          "INSERT INTO f (id) SELECT a.id + 10 * b.id FROM n AS a, n AS b, n AS c, n AS d",
          "UPDATE f SET label = (SELECT MAX(a.label || b.label || c.label || d.label) FROM n a, n b, n c, n d)",
          "DELETE FROM f WHERE id < (SELECT COUNT(*) FROM n a, n b, n c, n d WHERE a.id + b.id > c.id * d.id)",
          "MERGE INTO f USING (SELECT a.id FROM n AS a, n AS b, n AS c, n AS d WHERE a.id + b.id + c.id + d.id < 0) AS s ON f.id = s.id WHEN MATCHED THEN UPDATE SET label = 'x' WHEN NOT MATCHED THEN INSERT (id) VALUES (s.id)");

  /** The limit is for a cancel that is lost, as the statements never end by themselves. */
  @ParameterizedTest
  @EnumSource
  @Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void nothingOfItIsKept(TestStore.Kind kind) throws Exception {
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try (Connection connection = kind.create().connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE f (id BIGINT, label VARCHAR, PRIMARY KEY (id))");
      statement.execute("CREATE TABLE n (id BIGINT, label VARCHAR, PRIMARY KEY (id))");
      statement.execute("INSERT INTO f VALUES (1, 'a'), (2, 'b')");
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO n VALUES (?, 'n')")) {
        for (int id = 0; id < 1_000; id++) {
          insert.setInt(1, id);
          insert.addBatch();
        }
        insert.executeBatch();
      }
      for (String sql : ENDLESS) {
        cancel(executor.submit(() -> statement.execute(sql)), statement);
        assertThat(count(statement)).as(sql).isEqualTo(2);
      }
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO f VALUES (?, 'f')")) {
        for (int id = 0; id < MANY; id++) {
          insert.setInt(1, id);
          insert.addBatch();
        }
        cancel(executor.submit(insert::executeBatch), insert);
        assertThat(count(statement)).as("a batch").isEqualTo(2);
      }
      assertThat(statement.executeUpdate("UPDATE f SET label = 'c'")).isEqualTo(2);
    } finally {
      executor.shutdownNow();
    }
  }

  private static void cancel(Future<?> running, Statement statement) throws SQLException {
    while (!running.isDone()) {
      statement.cancel();
      Thread.onSpinWait();
    }
    assertThatThrownBy(running::get)
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOfSatisfying(
            SQLException.class,
            e -> assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo("57014"));
  }

  private static long count(Statement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM history.f")) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
