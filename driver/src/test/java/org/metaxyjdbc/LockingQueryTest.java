package org.metaxyjdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.metaxyjdbc.testing.TestStore;

/** {@code SELECT … FOR UPDATE}: what was read is still so when it is written. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LockingQueryTest {
  private static TestStore store(TestStore.Kind kind) throws SQLException {
    TestStore store = kind.create();
    try (Connection connection = store.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE f (id INTEGER, n INTEGER, PRIMARY KEY (id))");
      statement.execute("CREATE TABLE g (id INTEGER, n INTEGER, PRIMARY KEY (id))");
      statement.execute("INSERT INTO f VALUES (1, 0), (2, 0)");
      statement.execute("INSERT INTO g VALUES (1, 0)");
    }
    return store;
  }

  private static int n(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private static void requireState(String state, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            SQLException.class,
            e -> assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo(state));
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void countingUpLosesNothing(TestStore.Kind kind) throws Exception {
    TestStore store = store(kind);
    int sessions = 5;
    int times = 10;
    CyclicBarrier start = new CyclicBarrier(sessions);
    ExecutorService threads = Executors.newFixedThreadPool(sessions);
    try {
      List<Future<?>> done = new ArrayList<>();
      for (String sql :
          List.of(
              "SELECT n FROM f WHERE id = ? FOR UPDATE",
              "SELECT n, DIFFERENCE('computed', 'here') FROM f WHERE id = ? FOR UPDATE",
              "SELECT f.n FROM f JOIN g ON f.id = g.id WHERE f.id = ? FOR NO KEY UPDATE OF f",
              "SELECT t.n FROM g, LATERAL (SELECT * FROM (TABLE f) AS v WHERE v.id = g.id) AS t WHERE t.id = ? FOR SHARE",
              "WITH w AS (SELECT 1 AS id) SELECT u.n FROM w, f AS u WHERE u.id = ? AND w.id = u.id ORDER BY 1 LIMIT 1 FOR KEY SHARE OF U")) {
        Callable<Void> counting =
            () -> {
              try (Connection connection = store.connect();
                  PreparedStatement read = connection.prepareStatement(sql);
                  PreparedStatement write =
                      connection.prepareStatement("UPDATE f SET n = ? WHERE id = 1")) {
                connection.setAutoCommit(false);
                start.await(60, TimeUnit.SECONDS);
                for (int i = 0; i < times; i++) {
                  read.setInt(1, 1);
                  try (ResultSet rows = read.executeQuery()) {
                    rows.next();
                    write.setInt(1, rows.getInt(1) + 1);
                  }
                  write.executeUpdate();
                  connection.commit();
                }
              }
              return null;
            };
        done.add(threads.submit(counting));
      }
      for (Future<?> one : done) {
        one.get(120, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
    try (Connection connection = store.connect();
        Statement statement = connection.createStatement()) {
      assertThat(n(statement, "SELECT n FROM f WHERE id = 1")).isEqualTo(sessions * times);
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void onlyTheTablesOfFromOrOfAreLocked(TestStore.Kind kind) throws SQLException {
    TestStore store = store(kind);
    try (Connection connection = store.connect();
        Statement statement = connection.createStatement();
        Connection other = store.connect();
        Statement others = other.createStatement()) {
      connection.setAutoCommit(false);
      for (String sql :
          List.of(
              "SELECT n FROM f WHERE id IN (SELECT id FROM g) FOR UPDATE",
              "SELECT a.n FROM f AS a JOIN g AS b ON a.id = b.id FOR UPDATE OF a",
              "WITH w AS (SELECT * FROM g) SELECT f.n FROM f JOIN w ON f.id = w.id FOR UPDATE",
              "SELECT 1 FROM registry.features FOR UPDATE")) {
        n(statement, sql);
        assertThat(others.executeUpdate("UPDATE g SET n = n + 1")).as(sql).isEqualTo(1);
      }
      connection.rollback();
      connection.setAutoCommit(true);
      try (ResultSet rows = statement.executeQuery("SELECT n FROM f FOR UPDATE")) {
        assertThat(others.executeUpdate("UPDATE f SET n = n + 1"))
            .as("where each statement is a transaction, no lock is kept")
            .isEqualTo(2);
        assertThat(rows.next()).isTrue();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void whatIsLockedIsSeenAsItIs(TestStore.Kind kind) throws SQLException {
    TestStore store = store(kind);
    String sql = "SELECT n FROM f WHERE id = 1 FOR UPDATE";
    try (Connection connection = store.connect();
        Statement statement = connection.createStatement();
        Connection other = store.connect();
        Statement others = other.createStatement()) {
      connection.setAutoCommit(false);
      assertThat(n(statement, "SELECT n FROM f WHERE id = 1")).isZero();
      others.executeUpdate("UPDATE f SET n = 5 WHERE id = 1");
      if (kind == TestStore.Kind.DUCKDB) {
        requireState("40001", () -> statement.executeQuery(sql));
        connection.rollback();
      }
      assertThat(n(statement, sql)).isEqualTo(5);
      connection.commit();
      others.executeUpdate("UPDATE f SET n = 6 WHERE id = 1");
      assertThat(n(statement, sql)).as("a transaction that begins with it").isEqualTo(6);
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void whatCannotBeLockedSaysSo(TestStore.Kind kind) throws SQLException {
    try (Connection connection = store(kind).connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      requireState("0A000", () -> statement.executeQuery("SELECT n FROM f FOR UPDATE NOWAIT"));
      requireState(
          "0A000", () -> statement.executeQuery("SELECT n FROM f FOR SHARE OF f SKIP LOCKED"));
      requireState("42S02", () -> statement.executeQuery("SELECT n FROM f FOR UPDATE OF g"));
      requireState("42S02", () -> statement.executeQuery("SELECT n FROM nothing FOR UPDATE"));
      requireState("42S22", () -> statement.executeQuery("SELECT nothing FROM f FOR UPDATE"));
      requireState("42000", () -> statement.executeQuery("SELECT n FROM f FOR"));
      connection.rollback();
      connection.setReadOnly(true);
      requireState("25006", () -> statement.executeQuery("SELECT n FROM f FOR UPDATE"));
      connection.rollback();
      connection.setReadOnly(false);
      try (ResultSet plan =
          statement.executeQuery("EXPLAIN PLAN FOR SELECT n FROM f WHERE id = 1 FOR UPDATE")) {
        assertThat(plan.next()).isTrue();
        assertThat(plan.getString(1)).startsWith("StoreSql");
      }
      assertThat(
              n(
                  statement,
                  "SELECT share + locked + nowait FROM (SELECT 1 AS share, 2 AS locked, 3 AS nowait FROM f WHERE id = 1) AS t"))
          .isEqualTo(6);
    }
  }
}
