package org.metaxyjdbc.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.sql.PooledConnection;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.metaxyjdbc.jdbc.MetaxyDataSource;
import org.metaxyjdbc.testing.DemoStore;
import org.metaxyjdbc.testing.TestStore;

/** A client of a server has what a connection of the driver has. */
class ServerTest {
  private static final String COUNT = "SELECT COUNT(*) FROM predictions";

  private static long count(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
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
  void aTransactionIsTheClientsOwn(TestStore.Kind kind) throws Exception {
    DemoStore store = DemoStore.create(kind);
    try (TestServer server = TestServer.of(store.store());
        Connection one = server.connect();
        Connection other = server.connect();
        Statement statement = one.createStatement()) {
      one.setAutoCommit(false);
      assertThat(statement.executeUpdate("DELETE FROM predictions WHERE label = 'cat'"))
          .isEqualTo(2);
      assertThat(count(one, COUNT)).isEqualTo(6);
      assertThat(count(other, COUNT)).as("not committed").isEqualTo(8);
      one.rollback();
      assertThat(count(one, COUNT)).as("rolled back").isEqualTo(8);
      statement.execute("DELETE FROM predictions WHERE label = 'cat'");
      one.commit();
      assertThat(count(other, COUNT)).as("committed").isEqualTo(6);
      assertThat(count(other, "SELECT COUNT(*) FROM only_deleted.predictions")).isEqualTo(3);
      statement.execute("DELETE FROM predictions");
    }
    assertThat(store.predictions("active")).as("closed without a commit").hasSize(6);
  }

  @Test
  void settingsAreTheClientsOwn() throws Exception {
    DemoStore store = DemoStore.create(TestStore.Kind.H2);
    long rows = store.physicalRows("predictions");
    try (TestServer server = TestServer.of(store.store());
        Connection hard = server.connect("metaxy.hard_delete", "true");
        Connection soft = server.connect()) {
      execute(soft, "DELETE FROM predictions WHERE prediction_id = 3");
      assertThat(store.physicalRows("predictions")).as("a tombstone").isEqualTo(rows + 1);
      execute(hard, "DELETE FROM include_deleted.predictions WHERE prediction_id = 3");
      assertThat(store.physicalRows("predictions")).as("erased").isLessThan(rows);
      execute(soft, "SET read_only = true");
      assertThat(soft.getClientInfo("read_only")).isEqualTo("true");
      assertThat(soft.isReadOnly()).isTrue();
      assertThat(hard.isReadOnly()).isFalse();
      requireState("25006", () -> execute(soft, "DELETE FROM predictions"));
      soft.setClientInfo("as_of", "2020-01-01 00:00:00");
      assertThat(count(soft, COUNT)).isZero();
    }
  }

  @Test
  void whatIsNoSettingIsTheServersToSay() throws Exception {
    TestStore store = DemoStore.create(TestStore.Kind.H2).store();
    try (TestServer server = TestServer.of(store, "allow_hard_delete", "false")) {
      requireState("22023", () -> server.connect("metaxy.nosuch", "1"));
      requireState("22023", () -> server.connect("nosuch", "1"));
      requireState("42501", () -> server.connect("metaxy.allow_hard_delete", "true"));
      requireState("42501", () -> server.connect("metaxy.table_prefix", "a"));
      requireState("42501", () -> server.connect("metaxy.hard_delete", "true"));
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void rowsComeFrameByFrame(TestStore.Kind kind) throws Exception {
    try (TestServer server = TestServer.of(kind.create());
        Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      execute(connection, "CREATE TABLE numbers (id INTEGER, name VARCHAR, PRIMARY KEY (id))");
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO numbers VALUES (?, ?)")) {
        for (int i = 0; i < 10_000; i++) {
          insert.setInt(1, i);
          insert.setString(2, i % 2 == 0 ? null : "n" + i);
          insert.addBatch();
        }
        assertThat(insert.executeBatch()).hasSize(10_000).containsOnly(1);
      }
      String query = "SELECT id, name FROM numbers ORDER BY id";
      for (int size : new int[] {0, 900}) {
        statement.setFetchSize(size);
        try (ResultSet rows = statement.executeQuery(query)) {
          for (int i = 0; i < 10_000; i++) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(i);
            assertThat(rows.getString(2)).isEqualTo(i % 2 == 0 ? null : "n" + i);
            if (i == 5_000) {
              assertThat(count(connection, "SELECT COUNT(*) FROM numbers")).isEqualTo(10_000);
            }
          }
          assertThat(rows.next()).isFalse();
        }
      }
      statement.executeQuery(query).next();
      statement.setMaxRows(3);
      try (ResultSet rows = statement.executeQuery(query)) {
        for (int i = 0; i < 3; i++) {
          assertThat(rows.next()).isTrue();
        }
        assertThat(rows.next()).isFalse();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void metadataIsTheSame(TestStore.Kind kind) throws Exception {
    TestStore store = DemoStore.create(kind).store();
    try (TestServer server = TestServer.of(store);
        Connection local = store.connect();
        Connection remote = server.connect()) {
      DatabaseMetaData ours = local.getMetaData();
      DatabaseMetaData theirs = remote.getMetaData();
      String[] tables = {"TABLE", "VIEW", "SYSTEM TABLE"};
      same(ours.getTables(null, "%", "%", tables), theirs.getTables(null, "%", "%", tables));
      same(
          ours.getColumns(null, "active", "pred%", null),
          theirs.getColumns(null, "active", "pred%", null));
      same(
          ours.getPrimaryKeys(null, "active", "predictions"),
          theirs.getPrimaryKeys(null, "active", "predictions"));
      same(ours.getSchemas(), theirs.getSchemas());
      same(ours.getTypeInfo(), theirs.getTypeInfo());
      assertThat(theirs.getDatabaseProductName()).isEqualTo(ours.getDatabaseProductName());
      assertThat(theirs.supportsSavepoints()).isEqualTo(ours.supportsSavepoints());
      assertThat(theirs.getRowIdLifetime()).isEqualTo(ours.getRowIdLifetime());
      assertThat(theirs.getMaxLogicalLobSize()).isEqualTo(ours.getMaxLogicalLobSize());
      assertThat(theirs.getURL()).isEqualTo(server.url());
      assertThat(theirs.getConnection()).isSameAs(remote);
      String query = "SELECT prediction_id AS id, label FROM predictions WHERE label = ?";
      try (PreparedStatement one = local.prepareStatement(query);
          PreparedStatement other = remote.prepareStatement(query)) {
        assertThat(other.getMetaData().getTableName(2)).isEqualTo("predictions");
        assertThat(other.getMetaData().getColumnType(1))
            .isEqualTo(one.getMetaData().getColumnType(1));
        assertThat(other.getParameterMetaData().getParameterTypeName(1))
            .isEqualTo(one.getParameterMetaData().getParameterTypeName(1));
      }
    }
  }

  private static void same(ResultSet ours, ResultSet theirs) throws SQLException {
    assertThat(rows(theirs)).isNotEmpty().isEqualTo(rows(ours));
  }

  private static List<List<Object>> rows(ResultSet rows) throws SQLException {
    List<List<Object>> all = new ArrayList<>();
    try (rows) {
      while (rows.next()) {
        Object[] row = new Object[rows.getMetaData().getColumnCount()];
        for (int i = 0; i < row.length; i++) {
          row[i] = rows.getMetaData().getColumnName(i + 1) + " " + rows.getObject(i + 1);
        }
        all.add(Arrays.asList(row));
      }
    }
    return all;
  }

  @Test
  void errorsAreThoseOfTheDriver() throws Exception {
    TestStore store = DemoStore.create(TestStore.Kind.H2).store();
    try (TestServer server = TestServer.of(store);
        Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.executeQuery("SELECT * FROM predictoins"))
          .hasMessageStartingWith("Table 'predictoins' not found (line 1, column 15); did you mean")
          .extracting(e -> ((SQLException) e).getSQLState())
          .isEqualTo("42S02");
      requireState("42000", () -> statement.execute("SELEC 1"));
      assertThatThrownBy(() -> connection.prepareCall("{call f()}"))
          .isInstanceOf(SQLFeatureNotSupportedException.class);
      assertThatThrownBy(() -> statement.execute("{call f()}"))
          .isInstanceOf(SQLFeatureNotSupportedException.class);
      requireState("HY010", () -> statement.executeQuery("DELETE FROM predictions"));
      requireState("HY010", () -> statement.executeUpdate(COUNT));
      assertThat(count(connection, COUNT)).as("nothing was run").isEqualTo(8);
      requireState("0A000", () -> execute(connection, "{call connection.close []}"));
      requireState("0A000", () -> execute(connection, "{call metadata.getConnection []}"));
    }
  }

  @Test
  void aBatchThatFailsHasItsCounts() throws Exception {
    TestStore store = DemoStore.create(TestStore.Kind.H2).store();
    try (TestServer server = TestServer.of(store);
        Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      statement.addBatch("SET read_only = false");
      statement.addBatch("DELETE FROM predictions WHERE prediction_id = 3");
      statement.addBatch("DELETE FROM nosuch");
      assertThatThrownBy(statement::executeBatch)
          .isInstanceOfSatisfying(
              BatchUpdateException.class,
              e -> {
                assertThat(e.getSQLState()).isEqualTo("42S02");
                assertThat(e.getUpdateCounts()).containsExactly(0, 1);
              });
      statement.addBatch("DELETE FROM predictions WHERE prediction_id = 4");
      assertThat(statement.executeBatch()).as("begins anew").containsExactly(1);
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void savepointsAreThoseOfTheStore(TestStore.Kind kind) throws Exception {
    TestStore store = DemoStore.create(kind).store();
    try (TestServer server = TestServer.of(store);
        Connection connection = server.connect()) {
      connection.setAutoCommit(false);
      if (!connection.getMetaData().supportsSavepoints()) {
        assertThatThrownBy(connection::setSavepoint)
            .isInstanceOf(SQLFeatureNotSupportedException.class);
        return;
      }
      execute(connection, "DELETE FROM predictions WHERE prediction_id = 3");
      Savepoint savepoint = connection.setSavepoint("mine");
      execute(connection, "DELETE FROM predictions");
      connection.rollback(savepoint);
      assertThat(savepoint.getSavepointName()).isEqualTo("mine");
      assertThat(count(connection, COUNT)).isEqualTo(7);
      connection.releaseSavepoint(connection.setSavepoint());
      connection.commit();
      requireState("HY009", () -> connection.rollback(savepoint));
    }
  }

  @Test
  void resultsAreReadOnlyAndInsertsGiveNoKeys() throws Exception {
    TestStore store = DemoStore.create(TestStore.Kind.H2).store();
    try (TestServer server = TestServer.of(store);
        Connection connection = server.connect();
        Statement statement =
            connection.createStatement(
                ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE)) {
      ResultSet rows = statement.executeQuery("SELECT prediction_id, label FROM predictions");
      assertThat(rows.getConcurrency()).isEqualTo(ResultSet.CONCUR_READ_ONLY);
      assertThat(statement.getWarnings().getMessage()).contains("read only");
      assertThat(rows.last()).isTrue();
      requireState("24000", rows::deleteRow);
      statement.executeUpdate(
          "INSERT INTO predictions (prediction_id) VALUES (99)", Statement.RETURN_GENERATED_KEYS);
      assertThat(statement.getGeneratedKeys().next()).isFalse();
      DatabaseMetaData metadata = connection.getMetaData();
      assertThat(metadata.supportsGetGeneratedKeys()).isFalse();
      assertThat(
              metadata.supportsResultSetConcurrency(
                  ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE))
          .isFalse();
      assertThat(
              metadata.supportsResultSetConcurrency(
                  ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY))
          .isTrue();
    }
  }

  @Test
  void aConnectionThatNobodyUsesIsClosed() throws Exception {
    DemoStore store = DemoStore.create(TestStore.Kind.H2);
    try (TestServer server = TestServer.of(store.store());
        Connection connection = server.connect()) {
      connection.setAutoCommit(false);
      execute(connection, "DELETE FROM predictions");
      server.server().service().closeIdle(Instant.now());
      assertThat(count(connection, COUNT)).as("in use").isZero();
      server.server().service().closeIdle(Instant.now().plus(MetaxyServer.IDLE).plusSeconds(1));
      requireState("08003", () -> count(connection, COUNT));
      assertThat(connection.isValid(1)).isFalse();
      assertThat(store.predictions("active")).as("rolled back").hasSize(8);
    }
  }

  @Test
  void aPooledConnectionBeginsAnew() throws Exception {
    TestStore store = DemoStore.create(TestStore.Kind.H2).store();
    try (TestServer server = TestServer.of(store)) {
      MetaxyDataSource source = new MetaxyDataSource();
      source.setUrl(server.url() + "?metaxy.feature_version=all");
      PooledConnection pooled = source.getPooledConnection();
      try (Connection first = pooled.getConnection()) {
        first.setAutoCommit(false);
        execute(first, "DELETE FROM predictions");
        first.setClientInfo("feature_version", "current");
        first.setSchema("history");
      }
      try (Connection second = pooled.getConnection()) {
        assertThat(second.getAutoCommit()).isTrue();
        assertThat(second.getSchema()).isEqualTo("active");
        assertThat(second.getClientInfo("feature_version")).isEqualTo("all");
        assertThat(count(second, COUNT)).isEqualTo(8);
      }
      pooled.close();
    }
  }
}
