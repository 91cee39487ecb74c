package org.metaxyjdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.metaxyjdbc.testing.TestStore;

/** A tombstone insert is a read and a write; sessions take turns. */
class ConcurrentDeleteTest {
  private static final int SESSIONS = 4;
  private static final int RECORDS = 40;

  @ParameterizedTest
  @EnumSource
  void eachRecordIsDeletedByOneSession(TestStore.Kind kind) throws Exception {
    TestStore store = kind.create();
    ExecutorService threads = Executors.newFixedThreadPool(SESSIONS);
    try (Connection keeper = store.connect();
        Statement statement = keeper.createStatement()) {
      statement.execute("CREATE TABLE f (id INTEGER, label VARCHAR, PRIMARY KEY (id))");
      try (PreparedStatement insert = keeper.prepareStatement("INSERT INTO f VALUES (?, 'a')")) {
        for (int id = 0; id < RECORDS; id++) {
          insert.setInt(1, id);
          insert.addBatch();
        }
        insert.executeBatch();
      }

      CyclicBarrier start = new CyclicBarrier(SESSIONS);
      Callable<Integer> session =
          () -> {
            try (Connection connection = store.connect();
                PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM f WHERE id = ?")) {
              start.await();
              int deleted = 0;
              for (int id = 0; id < RECORDS; id++) {
                delete.setInt(1, id);
                deleted += delete.executeUpdate();
              }
              return deleted;
            }
          };
      List<Future<Integer>> sessions = new ArrayList<>();
      for (int i = 0; i < SESSIONS; i++) {
        sessions.add(threads.submit(session));
      }
      int deleted = 0;
      for (Future<Integer> future : sessions) {
        deleted += future.get();
      }

      assertThat(deleted).isEqualTo(RECORDS);
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT COUNT(*), COUNT(metaxy_deleted_at), COUNT(DISTINCT id) FROM history.f")) {
        rows.next();
        assertThat(rows.getInt(1)).isEqualTo(2 * RECORDS);
        assertThat(rows.getInt(2)).isEqualTo(RECORDS);
        assertThat(rows.getInt(3)).isEqualTo(RECORDS);
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
