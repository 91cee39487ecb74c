package org.metaxyjdbc.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collections;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.metaxyjdbc.testing.TestStore;

/** Batches are kept as a whole or not at all, and say so. */
class BatchTest {
  private static final String INSERT = "INSERT INTO video__raw (video_id, price) VALUES (?, ?)";
  private static final int ROWS = 10;
  private static final int FAILING = 4;

  private static long count(Connection connection, String table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static void add(PreparedStatement insert, @Nullable String id, @Nullable BigDecimal price)
      throws SQLException {
    insert.setString(1, id);
    insert.setBigDecimal(2, price);
    insert.addBatch();
  }

  /** Ten rows, of which the fifth has no id or no price. */
  private static BatchUpdateException failing(PreparedStatement insert, boolean withoutId)
      throws SQLException {
    for (int i = 0; i < ROWS; i++) {
      boolean fails = i == FAILING;
      add(insert, fails && withoutId ? null : "v" + i, fails && !withoutId ? null : BigDecimal.ONE);
    }
    return assertThrows(BatchUpdateException.class, insert::executeBatch);
  }

  /** What one execution reads, the one before may have written. */
  @ParameterizedTest
  @EnumSource
  void everyExecutionSeesTheOneBefore(TestStore.Kind kind) throws SQLException {
    try (Connection connection = kind.create().connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE f (id INTEGER, n INTEGER, PRIMARY KEY (id))");
      statement.execute("INSERT INTO f VALUES (1, 0)");
      for (String change :
          new String[] {
            "UPDATE f SET n = n + ? WHERE id = 1",
            "INSERT INTO f (id, n) SELECT id, n + ? FROM f WHERE id = 1",
            "MERGE INTO f USING f AS s ON f.id = s.id WHEN MATCHED THEN UPDATE SET n = s.n + ?"
          }) {
        try (PreparedStatement batch = connection.prepareStatement(change)) {
          for (int i = 0; i < 3; i++) {
            batch.setInt(1, 10);
            batch.addBatch();
          }
          assertThat(batch.executeBatch()).as(change).containsExactly(1, 1, 1);
        }
      }
      try (ResultSet rows = statement.executeQuery("SELECT n FROM f")) {
        rows.next();
        assertThat(rows.getInt(1)).isEqualTo(90);
      }
    }
  }

  /** However the hashes would order versions of the same time. */
  @ParameterizedTest
  @EnumSource
  void theLastOfSeveralRowsForARecordIsCurrent(TestStore.Kind kind) throws SQLException {
    try (Connection connection = kind.create().connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE f (id INTEGER, label VARCHAR, PRIMARY KEY (id))");
      for (String insert :
          new String[] {
            "INSERT INTO f (id, label) VALUES (?, ?)",
            "INSERT INTO f (id, label) VALUES (?, CAST(? AS VARCHAR) || '!')"
          }) {
        try (PreparedStatement batch = connection.prepareStatement(insert)) {
          for (int i = 0; i < 30; i++) {
            batch.setInt(1, i % 3);
            batch.setString(2, "row " + i);
            batch.addBatch();
          }
          batch.executeBatch();
        }
        try (ResultSet rows = statement.executeQuery("SELECT label FROM f ORDER BY id")) {
          for (int i = 27; i < 30; i++) {
            rows.next();
            assertThat(rows.getString(1)).as(insert).startsWith("row " + i);
          }
        }
      }
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT label, metaxy_valid_from, metaxy_valid_to FROM history.f WHERE id = 1 ORDER BY metaxy_valid_from")) {
        OffsetDateTime end = null;
        for (int i = 0; i < 20; i++) {
          rows.next();
          assertThat(rows.getString(1)).startsWith("row " + (1 + 3 * (i % 10)));
          OffsetDateTime from = rows.getObject(2, OffsetDateTime.class);
          assertThat(from).as("no gap before version " + i).isEqualTo(end == null ? from : end);
          end = rows.getObject(3, OffsetDateTime.class);
          if (i < 19) {
            assertThat(end).isAfter(from);
          }
        }
        assertThat(end).isNull();
        assertThat(rows.next()).isFalse();
      }
    }
  }

  private static void requireAllFailed(BatchUpdateException e) {
    int[] failed =
        Collections.nCopies(ROWS, Statement.EXECUTE_FAILED).stream().mapToInt(i -> i).toArray();
    assertThat(e.getUpdateCounts()).containsExactly(failed);
    assertThat(e.getLargeUpdateCounts())
        .containsExactly(Arrays.stream(failed).asLongStream().toArray());
    assertThat(e.getMessage()).startsWith("None of the statements of the batch is kept");
    assertThat(e.getSQLState()).hasSize(5);
  }

  @ParameterizedTest
  @CsvSource({
    "H2, true",
    "H2, false",
    "DUCKDB, true",
    "DUCKDB, false",
    "POSTGRESQL, true",
    "POSTGRESQL, false"
  })
  void nothingIsKeptOfABatchThatFails(TestStore.Kind kind, boolean withoutId) throws SQLException {
    try (Connection connection = VideoStore.create(kind).connect();
        PreparedStatement insert = connection.prepareStatement(INSERT)) {
      BatchUpdateException failure = failing(insert, withoutId);
      requireAllFailed(failure);
      if (withoutId) {
        assertThat(failure.getMessage()).contains("number 5");
      }
      assertThat(failure.getSQLState()).startsWith("23");
      assertThat(count(connection, "history.video__raw")).isEqualTo(2);
      add(insert, "x", BigDecimal.TEN);
      assertThat(insert.executeBatch()).as("what failed is no longer in it").containsExactly(1);
      assertThat(connection.getAutoCommit()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void nothingIsKeptInATransactionEither(TestStore.Kind kind) throws SQLException {
    try (Connection connection = VideoStore.create(kind).connect();
        PreparedStatement insert = connection.prepareStatement(INSERT)) {
      connection.setAutoCommit(false);
      add(insert, "before", BigDecimal.ONE);
      assertThat(insert.executeBatch()).containsExactly(1);
      requireAllFailed(failing(insert, false));
      if (connection.getMetaData().supportsSavepoints()) {
        assertThat(count(connection, "video__raw")).as("the transaction goes on").isEqualTo(3);
        connection.commit();
        assertThat(count(connection, "history.video__raw")).isEqualTo(3);
      } else {
        connection.rollback();
        assertThat(count(connection, "history.video__raw")).isEqualTo(2);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void updatesAndDeletesAreUndoneToo(TestStore.Kind kind) throws SQLException {
    try (Connection connection = VideoStore.create(kind).connect();
        PreparedStatement update =
            connection.prepareStatement("UPDATE video__raw SET price = ? WHERE video_id = ?");
        PreparedStatement delete =
            connection.prepareStatement("DELETE FROM video__raw WHERE size / ? = 7")) {
      update.setInt(1, 5);
      update.setString(2, "a");
      update.addBatch();
      update.setNull(1, java.sql.Types.DECIMAL);
      update.setString(2, "b");
      update.addBatch();
      assertThat(
              assertThrows(BatchUpdateException.class, update::executeLargeBatch)
                  .getLargeUpdateCounts())
          .containsExactly(Statement.EXECUTE_FAILED, Statement.EXECUTE_FAILED);
      delete.setInt(1, 1);
      delete.addBatch();
      delete.setString(1, "none");
      delete.addBatch();
      assertThat(assertThrows(BatchUpdateException.class, delete::executeBatch).getMessage())
          .contains("number 2");
      assertThat(count(connection, "history.video__raw")).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void statementsOfABatchAreKeptTogether(TestStore.Kind kind) throws SQLException {
    try (Connection connection = VideoStore.create(kind).connect();
        Statement statement = connection.createStatement()) {
      for (int i = 0; i < ROWS; i++) {
        statement.addBatch(
            i == FAILING
                ? "INSERT INTO video__raw (video_id) VALUES (nothing)"
                : "INSERT INTO video__raw (video_id, price) VALUES ('v%d', 1)".formatted(i));
      }
      BatchUpdateException failure =
          assertThrows(BatchUpdateException.class, statement::executeBatch);
      requireAllFailed(failure);
      assertThat(failure.getSQLState()).isEqualTo("42S22");
      assertThat(failure.getMessage()).contains("number 5");
      assertThat(count(connection, "history.video__raw")).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void aBatchWithOtherStatementsTellsHowFarItGot(TestStore.Kind kind) throws SQLException {
    try (Connection connection = VideoStore.create(kind).connect();
        Statement statement = connection.createStatement()) {
      statement.addBatch("CREATE TABLE made (id INTEGER, PRIMARY KEY (id))");
      statement.addBatch("INSERT INTO made (id) VALUES (1), (2)");
      statement.addBatch("INSERT INTO made (nothing) VALUES (1)");
      statement.addBatch("INSERT INTO made (id) VALUES (3)");
      BatchUpdateException failure =
          assertThrows(BatchUpdateException.class, statement::executeBatch);
      assertThat(failure.getUpdateCounts()).containsExactly(0, 2);
      assertThat(failure.getMessage()).contains("number 3");
      assertThat(count(connection, "made")).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void aLargeBatchIsOneStatement(TestStore.Kind kind) throws SQLException {
    int rows = 2_345;
    try (Connection connection = VideoStore.create(kind).connect();
        PreparedStatement insert = connection.prepareStatement(INSERT);
        Statement statement = connection.createStatement()) {
      for (int i = 0; i < rows; i++) {
        add(insert, "v" + i, BigDecimal.valueOf(i, 2));
      }
      assertThat(insert.executeBatch()).hasSize(rows).containsOnly(1);
      try (ResultSet result =
          statement.executeQuery(
              "SELECT COUNT(*), SUM(price), COUNT(DISTINCT metaxy_updated_at) "
                  + "FROM video__raw WHERE video_id LIKE 'v%'")) {
        result.next();
        assertThat(result.getInt(1)).isEqualTo(rows);
        assertThat(result.getBigDecimal(2)).isEqualByComparingTo("27483.40");
        assertThat(result.getInt(3)).as("one time for all").isEqualTo(1);
      }
    }
  }
}
