package org.metaxyjdbc.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.metaxyjdbc.testing.TestStore;

/** Results, batches, limits and cancellation of statements, with and without parameters. */
class StatementTest {
  private static final String IDS = "SELECT video_id FROM video__raw ORDER BY video_id";

  private static void requireState(String state, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            SQLException.class,
            e -> assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo(state));
  }

  private static List<String> ids(ResultSet rows) throws SQLException {
    List<String> ids = new ArrayList<>();
    while (rows.next()) {
      ids.add(rows.getString(1));
    }
    return ids;
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void aStatementIsNotRunByTheWrongMethod(TestStore.Kind kind) throws SQLException {
    try (Connection connection = VideoStore.create(kind).connect();
        Statement statement = connection.createStatement();
        PreparedStatement delete = connection.prepareStatement("DELETE FROM video__raw");
        PreparedStatement select = connection.prepareStatement(IDS)) {
      requireState("HY010", () -> statement.executeQuery("DELETE FROM video__raw"));
      requireState("HY010", delete::executeQuery);
      requireState("HY010", () -> statement.executeUpdate(IDS));
      requireState("HY010", select::executeUpdate);
      requireState("HY010", () -> select.executeQuery(IDS));
      try (ResultSet rows = statement.executeQuery(IDS)) {
        assertThat(ids(rows)).as("nothing was deleted").containsExactly("a", "b");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void executeTellsWhatCameOfIt(TestStore.Kind kind) throws SQLException {
    try (Connection connection = VideoStore.create(kind).connect();
        Statement statement = connection.createStatement()) {
      assertThat(statement.getUpdateCount()).isEqualTo(-1);
      assertThat(statement.getResultSet()).isNull();
      assertThat(statement.execute(IDS)).isTrue();
      assertThat(statement.getUpdateCount()).isEqualTo(-1);
      ResultSet first = statement.getResultSet();
      assertThat(statement.getMoreResults(Statement.KEEP_CURRENT_RESULT)).isFalse();
      assertThat(statement.getResultSet()).isNull();
      assertThat(statement.getUpdateCount()).isEqualTo(-1);
      assertThat(ids(first)).containsExactly("a", "b");
      assertThat(statement.execute("DELETE FROM video__raw WHERE video_id = 'a'")).isFalse();
      assertThat(first.isClosed()).isTrue();
      assertThat(statement.getUpdateCount()).isEqualTo(1);
      assertThat(statement.getLargeUpdateCount()).isEqualTo(1);
      try (ResultSet keys = statement.getGeneratedKeys()) {
        assertThat(keys.next()).isFalse();
      }
      assertThat(statement.getMoreResults()).isFalse();
      assertThat(statement.getUpdateCount()).isEqualTo(-1);
      assertThat(
              statement.executeUpdate(
                  "DELETE FROM video__raw WHERE video_id = 'b'", Statement.RETURN_GENERATED_KEYS))
          .isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void aStatementClosesOnCompletionOfItsResult(TestStore.Kind kind) throws SQLException {
    try (Connection connection = VideoStore.create(kind).connect()) {
      Statement statement = connection.createStatement();
      statement.closeOnCompletion();
      assertThat(statement.isCloseOnCompletion()).isTrue();
      statement.executeQuery(IDS);
      ResultSet second = statement.executeQuery(IDS);
      assertThat(statement.isClosed()).as("executing again completes nothing").isFalse();
      second.close();
      assertThat(statement.isClosed()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void aBatchTellsHowFarItGot(TestStore.Kind kind) throws SQLException {
    try (Connection connection = VideoStore.create(kind).connect();
        Statement statement = connection.createStatement();
        PreparedStatement delete =
            connection.prepareStatement("DELETE FROM video__raw WHERE video_id = ?")) {
      statement.addBatch("DELETE FROM video__raw WHERE video_id = 'none'");
      statement.addBatch("DELETE FROM video__raw WHERE video_id = 'a'");
      assertThat(statement.executeBatch()).containsExactly(0, 1);
      assertThat(statement.executeBatch()).isEmpty();
      statement.addBatch("DELETE FROM video__raw WHERE video_id = 'none'");
      statement.addBatch(IDS);
      statement.addBatch("DELETE FROM video__raw WHERE video_id = 'b'");
      assertThatThrownBy(statement::executeLargeBatch)
          .isInstanceOfSatisfying(
              BatchUpdateException.class,
              e -> {
                assertThat(e.getLargeUpdateCounts())
                    .containsOnly(Statement.EXECUTE_FAILED)
                    .hasSize(3);
                assertThat(e.getSQLState()).isEqualTo("HY010");
                assertThat(e.getMessage()).contains("number 2");
              });
      for (String id : List.of("b", "c")) {
        delete.setString(1, id);
        delete.addBatch();
      }
      assertThat(delete.executeLargeBatch()).containsExactly(1, 0);
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void scrollableResultsGoBackAndForth(TestStore.Kind kind) throws SQLException {
    try (Connection connection = VideoStore.create(kind).connect();
        Statement plain =
            connection.createStatement(
                ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY);
        PreparedStatement prepared =
            connection.prepareStatement(
                "SELECT * FROM video__raw WHERE video_id <> ? ORDER BY video_id",
                ResultSet.TYPE_SCROLL_INSENSITIVE,
                ResultSet.CONCUR_READ_ONLY);
        Statement forward = connection.createStatement()) {
      prepared.setString(1, "c");
      try (ResultSet rows = prepared.executeQuery();
          ResultSet same = forward.executeQuery("SELECT * FROM video__raw ORDER BY video_id")) {
        assertThat(rows.getType()).isEqualTo(ResultSet.TYPE_SCROLL_INSENSITIVE);
        assertThat(rows.isBeforeFirst()).isTrue();
        assertThat(rows.last()).isTrue();
        assertThat(rows.getRow()).isEqualTo(2);
        assertThat(rows.isLast()).isTrue();
        assertThat(rows.getString("video_id")).isEqualTo("b");
        assertThat(rows.next()).isFalse();
        assertThat(rows.isAfterLast()).isTrue();
        assertThat(rows.previous()).isTrue();
        assertThat(rows.relative(-1)).isTrue();
        assertThat(rows.isFirst()).isTrue();
        assertThat(rows.absolute(-1)).isTrue();
        assertThat(rows.getString("video_id")).isEqualTo("b");
        assertThat(rows.absolute(7)).isFalse();
        rows.beforeFirst();
        ResultSetMetaData columns = rows.getMetaData();
        while (rows.next()) {
          same.next();
          for (int i = 1; i <= columns.getColumnCount(); i++) {
            assertThat(rows.getString(i)).isEqualTo(same.getString(i));
            assertThat(columns.getColumnTypeName(i))
                .isEqualTo(same.getMetaData().getColumnTypeName(i));
            assertThat(columns.getPrecision(i)).isEqualTo(same.getMetaData().getPrecision(i));
          }
        }
        requireState("24000", same::previous);
      }
      try (ResultSet none = plain.executeQuery(IDS + " LIMIT 0")) {
        assertThat(none.isBeforeFirst()).isFalse();
        assertThat(none.last()).isFalse();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void aForwardResultKnowsItsPlace(TestStore.Kind kind) throws SQLException {
    try (Connection connection = VideoStore.create(kind).connect();
        Statement statement = connection.createStatement()) {
      try (ResultSet rows = statement.executeQuery(IDS)) {
        assertThat(rows.isBeforeFirst()).isTrue();
        assertThat(rows.getRow()).isZero();
        assertThat(rows.next()).isTrue();
        assertThat(rows.isFirst()).isTrue();
        assertThat(rows.getRow()).isEqualTo(1);
        assertThat(rows.getString(1)).isEqualTo("a");
        assertThat(rows.next()).isTrue();
        assertThat(rows.next()).isFalse();
        assertThat(rows.isAfterLast()).isTrue();
        assertThat(rows.getRow()).isZero();
        assertThat(rows.next()).isFalse();
      }
      try (ResultSet none = statement.executeQuery(IDS + " LIMIT 0")) {
        assertThat(none.isBeforeFirst()).isFalse();
        assertThat(none.next()).isFalse();
        assertThat(none.isAfterLast()).isFalse();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void maxRowsLimitsResultsAndNoChanges(TestStore.Kind kind) throws SQLException {
    try (Connection connection = VideoStore.create(kind).connect();
        Statement statement = connection.createStatement()) {
      statement.setMaxRows(1);
      assertThat(ids(statement.executeQuery(IDS))).containsExactly("a");
      assertThat(
              statement.executeUpdate(
                  "INSERT INTO video__raw (video_id, price) SELECT video_id || '2', price FROM video__raw"))
          .isEqualTo(2);
      assertThat(statement.executeUpdate("DELETE FROM video__raw")).isEqualTo(4);
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void aFetchSizeMayBeMoreThanMaxRows(TestStore.Kind kind) throws SQLException {
    try (Connection connection = VideoStore.create(kind).connect();
        Statement statement = connection.createStatement()) {
      statement.setFetchSize(100);
      statement.setMaxRows(1);
      assertThat(ids(statement.executeQuery(IDS))).containsExactly("a");
      assertThat(statement.getFetchSize()).isEqualTo(100);
      statement.setMaxRows(0);
      assertThat(ids(statement.executeQuery(IDS))).containsExactly("a", "b");
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void aFetchSizeStreamsAndOtherWorkMayGoOn(TestStore.Kind kind) throws SQLException {
    try (Connection connection = VideoStore.create(kind).connect();
        Statement reader = connection.createStatement();
        Statement writer = connection.createStatement()) {
      reader.setFetchSize(1);
      try (ResultSet rows = reader.executeQuery(IDS)) {
        assertThat(rows.next()).isTrue();
        assertThat(connection.getAutoCommit()).isTrue();
        boolean streams = !connection.unwrap(Connection.class).getAutoCommit();
        assertThat(streams).isEqualTo(kind == TestStore.Kind.POSTGRESQL);
        assertThat(writer.executeUpdate("DELETE FROM video__raw")).isEqualTo(2);
        assertThat(rows.getString(1)).isEqualTo("a");
        assertThat(rows.getRow()).isEqualTo(1);
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString(1)).isEqualTo("b");
        assertThat(rows.next()).isFalse();
      }
      try (ResultSet rows = reader.executeQuery("SELECT video_id FROM only_deleted.video__raw")) {
        assertThat(ids(rows)).hasSize(2);
        assertThat(connection.unwrap(Connection.class).getAutoCommit())
            .as("the reading ends with the last row")
            .isTrue();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void aPreparedStatementDescribesItsColumnsAndParameters(TestStore.Kind kind) throws SQLException {
    try (Connection connection = VideoStore.create(kind).connect();
        PreparedStatement query =
            connection.prepareStatement(
                "SELECT video_id AS id, size FROM video__raw WHERE size > ? AND path = ?");
        PreparedStatement delete = connection.prepareStatement("DELETE FROM video__raw")) {
      ResultSetMetaData columns = query.getMetaData();
      assertThat(columns.getColumnCount()).isEqualTo(2);
      assertThat(columns.getColumnLabel(1)).isEqualTo("id");
      assertThat(columns.getColumnType(2)).isEqualTo(Types.BIGINT);
      assertThat(delete.getMetaData()).isNull();
      assertThat(query.getParameterMetaData().getParameterCount()).isEqualTo(2);
      assertThat(query.getParameterMetaData().getParameterType(1)).isEqualTo(Types.BIGINT);
      assertThat(query.getParameterMetaData().getParameterTypeName(2)).isEqualTo("VARCHAR");
      requireState("HY009", () -> query.getParameterMetaData().getParameterType(3));
      requireState("HY010", query::executeQuery);
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void aRunningStatementIsCancelledFromAnotherThread(TestStore.Kind kind) throws Exception {
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try (Connection connection = endless(kind).connect();
        Statement statement = connection.createStatement()) {
      CountDownLatch started = new CountDownLatch(1);
      Future<?> running =
          executor.submit(
              () -> {
                started.countDown();
                return statement.executeQuery(ENDLESS);
              });
      started.await();
      while (!running.isDone()) {
        statement.cancel();
        Thread.onSpinWait();
      }
      assertThatThrownBy(running::get)
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
      try (ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM history.numbers")) {
        assertThat(rows.next()).as("the connection still works").isTrue();
      }
    } finally {
      executor.shutdownNow();
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void aQueryTimeoutEndsAStatement(TestStore.Kind kind) throws Exception {
    try (Connection connection = endless(kind).connect();
        Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(1);
      assertThat(statement.getQueryTimeout()).isEqualTo(1);
      requireState("57014", () -> statement.executeQuery(ENDLESS));
    }
  }

  /** Joins that would run for hours. */
  private static final String ENDLESS =
      "SELECT SUM(a.id + b.id * c.id - d.id) FROM history.numbers a, history.numbers b, history.numbers c, history.numbers d";

  private static TestStore endless(TestStore.Kind kind) throws SQLException {
    TestStore store = kind.create();
    String series =
        switch (kind) {
          case H2 -> "SELECT x FROM SYSTEM_RANGE(1, 3000)";
          case DUCKDB -> "SELECT range FROM range(3000)";
          case POSTGRESQL -> "SELECT generate_series(1, 3000)";
        };
    store.execute(
        "CREATE TABLE \"numbers\" (\"id\" BIGINT, \"metaxy_updated_at\" TIMESTAMP WITH TIME ZONE, "
            + "\"metaxy_deleted_at\" TIMESTAMP WITH TIME ZONE)",
        "INSERT INTO \"numbers\" (\"id\") " + series);
    return store;
  }
}
