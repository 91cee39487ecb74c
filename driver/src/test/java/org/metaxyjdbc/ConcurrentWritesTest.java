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
          "UPDATE only_deleted.f SET metaxy_deleted_at = NULL WHERE id = ?");

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
