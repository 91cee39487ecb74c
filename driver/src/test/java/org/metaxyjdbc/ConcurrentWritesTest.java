package org.metaxyjdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.metaxyjdbc.testing.TestStore;

/**
 * Sessions insert, update, delete and restore the same few records at the same time. What is in the
 * table afterwards is the history of some order in which they took turns: no two versions of a
 * record have the same time, a tombstone follows a live version, an update builds on the version
 * before it, and there are as many versions as the sessions were told.
 */
class ConcurrentWritesTest {
  private static final int SESSIONS = 16;
  private static final int STATEMENTS = 25;
  private static final int RECORDS = 3;

  private static final List<String> CHANGES =
      List.of(
          "INSERT INTO f VALUES (?, 0, 'insert')",
          "UPDATE f SET n = n + 1, change = 'update' WHERE id = ?",
          "UPDATE f SET n = n + 1, change = 'update' WHERE id = ?",
          "DELETE FROM f WHERE id = ?",
          "UPDATE only_deleted.f SET metaxy_deleted_at = NULL WHERE id = ?",
          "MERGE INTO f USING (SELECT CAST(? AS INTEGER) AS id) AS s ON f.id = s.id"
              + " WHEN MATCHED THEN UPDATE SET n = f.n + 1, change = 'update'"
              + " WHEN NOT MATCHED THEN INSERT VALUES (s.id, 0, 'insert')");

  /** Changes of which not every version is left, or not of one statement each. */
  private static final List<String> MORE_CHANGES =
      List.of(
          "UPDATE f SET n = n + 1, change = 'update' WHERE id = ?",
          "UPDATE f SET n = n + 1, change = 'update' WHERE id = ?",
          "MERGE INTO f USING (SELECT CAST(? AS INTEGER) AS id) AS s ON f.id = s.id"
              + " WHEN MATCHED THEN UPDATE SET n = f.n + 1, change = 'update'"
              + " WHEN NOT MATCHED THEN INSERT VALUES (s.id, 0, 'insert')",
          "DELETE FROM f WHERE id = ?");

  private record Version(int n, String change, OffsetDateTime time, boolean isTombstone) {}

  @ParameterizedTest
  @EnumSource
  void whatIsStoredIsOneOrderOfTheStatements(TestStore.Kind kind) throws Exception {
    TestStore store = kind.create();
    ExecutorService threads = Executors.newFixedThreadPool(SESSIONS);
    try (Connection keeper = store.connect();
        Statement statement = keeper.createStatement()) {
      statement.execute("CREATE TABLE f (id INTEGER, n INTEGER, change VARCHAR, PRIMARY KEY (id))");
      CyclicBarrier start = new CyclicBarrier(SESSIONS);
      List<Future<Long>> sessions = new ArrayList<>();
      for (int i = 0; i < SESSIONS; i++) {
        Random random = new Random(i);
        sessions.add(
            threads.submit(
                () -> {
                  try (Connection connection = store.connect()) {
                    start.await();
                    return write(connection, random);
                  }
                }));
      }
      long written = 0;
      for (Future<Long> session : sessions) {
        written += session.get();
      }

      Map<Integer, List<Version>> records = versions(statement);
      assertThat(records.values().stream().mapToLong(List::size).sum()).isEqualTo(written);
      records.values().forEach(ConcurrentWritesTest::assertOneOrder);
    } finally {
      threads.shutdownNow();
    }
  }

  /**
   * With batches, columns that are added, records that are erased, sessions at REPEATABLE READ, and
   * a writer that takes no turns, each record has versions of strictly different times, one of them
   * is current, and those of this driver are in one order.
   */
  @ParameterizedTest
  @EnumSource
  void everyKindOfChangeLeavesOneWinner(TestStore.Kind kind) throws Exception {
    TestStore store = kind.create();
    ExecutorService threads = Executors.newFixedThreadPool(SESSIONS);
    try (Connection keeper = store.connect();
        Statement statement = keeper.createStatement()) {
      statement.execute("CREATE TABLE f (id INTEGER, n INTEGER, change VARCHAR, PRIMARY KEY (id))");
      statement.execute("INSERT INTO f VALUES (0, 0, 'insert'), (1, 0, 'insert')");
      CyclicBarrier start = new CyclicBarrier(SESSIONS);
      List<Future<Boolean>> sessions = new ArrayList<>();
      for (int i = 0; i < SESSIONS; i++) {
        int session = i;
        sessions.add(
            threads.submit(
                () -> {
                  start.await();
                  if (session == 0) {
                    appendWithoutTurns(store);
                  } else {
                    writeMore(store, session);
                  }
                  return true;
                }));
      }
      for (Future<Boolean> session : sessions) {
        session.get();
      }
      for (Map.Entry<Integer, List<Version>> record : versions(statement).entrySet()) {
        List<Version> ofDriver =
            record.getValue().stream().filter(v -> !v.change().equals("native")).toList();
        for (int i = 1; i < ofDriver.size(); i++) {
          assertThat(ofDriver.get(i).time()).isAfter(ofDriver.get(i - 1).time());
        }
      }
      try (ResultSet rows =
          statement.executeQuery(
              """
              SELECT COUNT(*), COUNT(DISTINCT id), SUM(CASE WHEN metaxy_is_current THEN 1 ELSE 0 END)
              FROM history.f WHERE metaxy_is_current""")) {
        rows.next();
        assertThat(rows.getInt(1)).isEqualTo(rows.getInt(2)).isEqualTo(rows.getInt(3));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /**
   * As Metaxy's own writers append: in the store's own SQL, whatever others do. DuckDB may refuse
   * it, and H2 does not find the table (error 42102), or fails (50000), where another session is
   * just replacing it by one with a column more.
   */
  private static void appendWithoutTurns(TestStore store) throws SQLException {
    for (int i = 0; i < STATEMENTS; i++) {
      try {
        store.execute(
            """
            INSERT INTO "f" ("id", "n", "change", "metaxy_feature_version", "metaxy_updated_at")
            SELECT 0, 0, 'native', MAX("metaxy_feature_version"), CURRENT_TIMESTAMP FROM "f" AS versions""");
      } catch (SQLException e) {
        assertThat(
                store.kind() == TestStore.Kind.DUCKDB
                    || e.getErrorCode() == 42102
                    || e.getErrorCode() == 50000)
            .as(e.getMessage())
            .isTrue();
      }
    }
  }

  private static void writeMore(TestStore store, int session) throws SQLException {
    Random random = new Random(session);
    try (Connection connection = store.connect()) {
      if (session % 4 == 1 && store.kind() != TestStore.Kind.DUCKDB) {
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      }
      for (int i = 0; i < STATEMENTS; i++) {
        boolean inTransaction = random.nextBoolean();
        connection.setAutoCommit(!inTransaction);
        try {
          writeOnce(connection, random, session == 2 && i < 2, "added_" + i);
          if (inTransaction) {
            connection.commit();
          }
        } catch (SQLException e) {
          assertThat(e.getSQLState()).as(e.getMessage()).startsWith("40");
          if (inTransaction) {
            connection.rollback();
          }
        }
      }
    }
  }

  private static void writeOnce(
      Connection connection, Random random, boolean addsColumn, String column) throws SQLException {
    int id = random.nextInt(RECORDS);
    try (Statement statement = connection.createStatement()) {
      if (addsColumn) {
        statement.execute("ALTER TABLE f ADD COLUMN " + column + " INTEGER");
      } else if (random.nextInt(10) == 0) {
        statement.execute("SET hard_delete = true");
        try {
          statement.execute("DELETE FROM include_deleted.f WHERE id = " + id);
        } finally {
          statement.execute("SET hard_delete = false");
        }
      } else {
        try (PreparedStatement change =
            connection.prepareStatement(MORE_CHANGES.get(random.nextInt(MORE_CHANGES.size())))) {
          for (int row = random.nextInt(3); row >= 0; row--) {
            change.setInt(1, (id + row) % RECORDS);
            change.addBatch();
          }
          change.executeBatch();
        }
      }
    }
  }

  /** Writes, half of it in transactions; returns how many versions the session was told of. */
  private static long write(Connection connection, Random random) throws SQLException {
    long written = 0;
    for (int i = 0; i < STATEMENTS; i++) {
      boolean inTransaction = random.nextBoolean();
      connection.setAutoCommit(!inTransaction);
      try (PreparedStatement change =
          connection.prepareStatement(CHANGES.get(random.nextInt(CHANGES.size())))) {
        change.setInt(1, random.nextInt(RECORDS));
        long count = change.executeUpdate();
        if (inTransaction && random.nextInt(4) == 0) {
          connection.rollback();
        } else {
          if (inTransaction) {
            connection.commit();
          }
          written += count;
        }
      } catch (SQLException e) {
        assertThat(e.getSQLState()).as(e.getMessage()).startsWith("40");
        if (inTransaction) {
          connection.rollback();
        }
      }
    }
    return written;
  }

  private static Map<Integer, List<Version>> versions(Statement statement) throws SQLException {
    Map<Integer, List<Version>> records = new LinkedHashMap<>();
    try (ResultSet rows =
        statement.executeQuery(
            """
            SELECT id, n, change, COALESCE(metaxy_deleted_at, metaxy_updated_at) AS t,
              metaxy_deleted_at IS NOT NULL AS is_tombstone
            FROM history.f ORDER BY id, t""")) {
      while (rows.next()) {
        records
            .computeIfAbsent(rows.getInt(1), id -> new ArrayList<>())
            .add(
                new Version(
                    rows.getInt(2),
                    rows.getString(3),
                    rows.getObject(4, OffsetDateTime.class),
                    rows.getBoolean(5)));
      }
    }
    return records;
  }

  private static void assertOneOrder(List<Version> versions) {
    Version before = null;
    for (Version version : versions) {
      assertFollows(version, before);
      before = version;
    }
  }

  private static void assertFollows(Version version, @Nullable Version before) {
    if (before == null) {
      assertThat(version.change()).isEqualTo("insert");
      assertThat(version.isTombstone()).isFalse();
      return;
    }
    assertThat(version.time()).isAfter(before.time());
    if (version.isTombstone()) {
      assertThat(before.isTombstone()).as("%s before %s", before, version).isFalse();
      assertThat(version.n()).isEqualTo(before.n());
    } else if (version.change().equals("update") && !before.isTombstone()) {
      assertThat(version.n()).as("%s after %s", version, before).isEqualTo(before.n() + 1);
    } else if (version.change().equals("update")) {
      assertThat(version.n()).as("restored %s after %s", version, before).isEqualTo(before.n());
    } else if (!before.isTombstone()) {
      assertThat(version.n()).isZero();
    }
  }
}
