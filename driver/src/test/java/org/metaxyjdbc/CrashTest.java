package org.metaxyjdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.metaxyjdbc.testing.TestStore;

/**
 * A process that changes all records with each statement is killed somewhere in the middle. After
 * the store is opened again, each statement is wholly there or not at all.
 */
class CrashTest {
  private static final int RECORDS = 3_000;
  private static final int KILLS = 3;
  private static final int LONGEST_STATEMENT_MILLIS = 150;

  private static final List<String> CHANGES =
      List.of(
          "UPDATE f SET n = n + 1",
          "DELETE FROM f",
          "UPDATE only_deleted.f SET metaxy_deleted_at = NULL",
          "MERGE INTO f USING (SELECT id FROM f) s ON f.id = s.id WHEN MATCHED THEN UPDATE SET n = 0");

  /** The process: changes the store until it is killed. */
  public static final class Changes {
    private Changes() {}

    public static void main(String[] args) throws SQLException {
      try (Connection connection = DriverManager.getConnection(args[0]);
          Statement statement = connection.createStatement()) {
        for (int i = 0; ; i++) {
          System.out.println(i);
          statement.execute(CHANGES.get(i % CHANGES.size()));
        }
      }
    }
  }

  /** Not on H2: its own recovery may leave an index that does not fit the table. */
  @ParameterizedTest
  @EnumSource(
      value = TestStore.Kind.class,
      names = {"DUCKDB", "POSTGRESQL"})
  void eachStatementIsWhollyThereOrNotAtAll(TestStore.Kind kind) throws Exception {
    String url = kind.create().url();
    execute(url, "CREATE TABLE f (id INTEGER, n INTEGER, PRIMARY KEY (id))");
    insert(url);
    Random random = new Random(KILLS);
    for (int kill = 0; kill < KILLS; kill++) {
      runAndKill(url, random);
      assertAllRecordsAlike(url);
    }
  }

  private static void insert(String url) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        PreparedStatement insert = connection.prepareStatement("INSERT INTO f VALUES (?, 0)")) {
      for (int id = 0; id < RECORDS; id++) {
        insert.setInt(1, id);
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static void execute(String url, String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** Kills the process within one of its first statements. */
  private static void runAndKill(String url, Random random) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Changes.class.getName(),
                url)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader output = process.inputReader()) {
      String begun = output.readLine();
      for (int i = random.nextInt(2 * CHANGES.size()); i > 0 && begun != null; i--) {
        begun = output.readLine();
      }
      assertThat(begun).as("the process has begun a statement").isNotNull();
      process.waitFor(random.nextInt(LONGEST_STATEMENT_MILLIS), TimeUnit.MILLISECONDS);
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private static void assertAllRecordsAlike(String url) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                SELECT COUNT(*), MIN(versions), MAX(versions), MIN(deleted), MAX(deleted), MIN(n),
                  MAX(n)
                FROM (
                  SELECT id, COUNT(*) AS versions, COUNT(metaxy_deleted_at) AS deleted, SUM(n) AS n
                  FROM history.f GROUP BY id) r""")) {
      rows.next();
      assertThat(rows.getInt(1)).isEqualTo(RECORDS);
      for (int column = 2; column <= 6; column += 2) {
        assertThat(rows.getLong(column + 1)).isEqualTo(rows.getLong(column));
      }
    }
  }
}
