package org.metaxyjdbc.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.XAConnection;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.metaxyjdbc.testing.TestStore;

/** Branches of global transactions, as a transaction manager begins and ends them. */
class GlobalTransactionTest {
  private record Branch(String name) implements Xid {
    @Override
    public int getFormatId() {
      return 7;
    }

    @Override
    public byte[] getGlobalTransactionId() {
      return name.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] getBranchQualifier() {
      return new byte[] {1, 2};
    }

    boolean is(Xid other) {
      return other.getFormatId() == getFormatId()
          && Arrays.equals(other.getGlobalTransactionId(), getGlobalTransactionId())
          && Arrays.equals(other.getBranchQualifier(), getBranchQualifier());
    }
  }

  private static final Branch ONE = new Branch("one");
  private static final Branch TWO = new Branch("two");

  private static TestStore store(TestStore.Kind kind) throws SQLException {
    TestStore store = kind.create();
    try (Connection connection = store.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE f (id INTEGER, n INTEGER, PRIMARY KEY (id))");
      statement.execute("INSERT INTO f VALUES (1, 0), (2, 0)");
    }
    return store;
  }

  private static XAConnection open(TestStore store) throws SQLException {
    MetaxyDataSource source = new MetaxyDataSource();
    source.setUrl(store.url());
    return source.getXAConnection();
  }

  private static String ids(Connection connection) throws SQLException {
    return numbers(
        connection, "SELECT id FROM f UNION ALL SELECT -id FROM only_deleted.f ORDER BY 1");
  }

  private static String numbers(Connection connection, String query) throws SQLException {
    StringBuilder numbers = new StringBuilder();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        numbers.append(rows.getInt(1)).append(' ');
      }
    }
    return numbers.toString().strip();
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void change(Connection connection) throws SQLException {
    execute(connection, "DELETE FROM f WHERE id = 1");
    execute(connection, "INSERT INTO f VALUES (3, 0)");
    assertThat(ids(connection)).as("a session sees its own changes").isEqualTo("-1 2 3");
  }

  @ParameterizedTest
  @EnumSource(names = {"H2", "POSTGRESQL"})
  void changesAreSeenWhenABranchIsCommitted(TestStore.Kind kind) throws Exception {
    TestStore store = store(kind);
    XAConnection pooled = open(store);
    XAResource resource = pooled.getXAResource();
    try (Connection other = store.connect()) {
      Connection connection = pooled.getConnection();
      for (boolean onePhase : new boolean[] {false, true}) {
        resource.start(ONE, XAResource.TMNOFLAGS);
        assertThat(connection.getAutoCommit()).isFalse();
        change(connection);
        resource.end(ONE, XAResource.TMSUCCESS);
        assertThat(ids(other)).isEqualTo("1 2");
        if (!onePhase) {
          assertThat(resource.prepare(ONE)).isEqualTo(XAResource.XA_OK);
          assertThat(ids(other)).isEqualTo("1 2");
        }
        resource.commit(ONE, onePhase);
        assertThat(ids(other)).isEqualTo("-1 2 3");
        assertThat(connection.getAutoCommit()).isTrue();

        execute(connection, "INSERT INTO f VALUES (1, 1)");
        execute(connection, "SET hard_delete = true");
        execute(connection, "DELETE FROM f WHERE id = 3");
        assertThat(ids(other)).as("a statement is a transaction again").isEqualTo("1 2");
        execute(connection, "SET hard_delete = false");
      }
    }
    pooled.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"H2", "POSTGRESQL"})
  void nothingIsLeftOfABranchThatIsRolledBack(TestStore.Kind kind) throws Exception {
    TestStore store = store(kind);
    XAConnection pooled = open(store);
    XAResource resource = pooled.getXAResource();
    try (Connection other = store.connect()) {
      Connection connection = pooled.getConnection();
      for (boolean prepared : new boolean[] {false, true}) {
        resource.start(ONE, XAResource.TMNOFLAGS);
        change(connection);
        resource.end(ONE, prepared ? XAResource.TMSUCCESS : XAResource.TMFAIL);
        if (prepared) {
          resource.prepare(ONE);
        }
        resource.rollback(ONE);
        assertThat(ids(connection)).isEqualTo("1 2");
        execute(other, "UPDATE f SET n = n + 1");
        assertThat(ids(other)).isEqualTo("1 2");
      }
    }
    pooled.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"H2", "POSTGRESQL"})
  void anotherWriterWaitsForTheEndOfABranch(TestStore.Kind kind) throws Exception {
    TestStore store = store(kind);
    XAConnection pooled = open(store);
    XAResource resource = pooled.getXAResource();
    Connection connection = pooled.getConnection();
    try (Connection other = store.connect()) {
      resource.start(ONE, XAResource.TMNOFLAGS);
      execute(connection, "UPDATE f SET n = n + 1 WHERE id = 1");
      resource.end(ONE, XAResource.TMSUCCESS);
      resource.prepare(ONE);
      CompletableFuture<Integer> written =
          CompletableFuture.supplyAsync(
              () -> {
                try (Statement statement = other.createStatement()) {
                  return statement.executeUpdate("DELETE FROM f WHERE n = 1");
                } catch (SQLException e) {
                  throw new IllegalStateException(e);
                }
              });
      assertThat(written).isNotDone();
      resource.commit(ONE, false);
      assertThat(written.get(20, TimeUnit.SECONDS)).as("it sees the new version").isEqualTo(1);
      assertThat(ids(connection)).isEqualTo("-1 2");
    }
    pooled.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"H2", "POSTGRESQL"})
  void aSnapshotIsAsOldAsItsBranch(TestStore.Kind kind) throws Exception {
    TestStore store = store(kind);
    XAConnection pooled = open(store);
    XAResource resource = pooled.getXAResource();
    Connection connection = pooled.getConnection();
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    try (Connection other = store.connect()) {
      for (int i = 1; i <= 2; i++) {
        Branch branch = new Branch("b" + i);
        execute(other, "UPDATE f SET n = n + 1 WHERE id = 1");
        resource.start(branch, XAResource.TMNOFLAGS);
        execute(connection, "UPDATE f SET n = n + 10 WHERE id = 1");
        resource.end(branch, XAResource.TMSUCCESS);
        resource.prepare(branch);
        resource.commit(branch, false);
        execute(other, "DELETE FROM f WHERE n = " + 11 * i);
        assertThat(ids(other)).isEqualTo("-1 2");
        execute(other, "INSERT INTO f VALUES (1, %d)".formatted(11 * i));
      }
      resource.start(ONE, XAResource.TMNOFLAGS);
      assertThat(ids(connection)).isEqualTo("1 2");
      execute(other, "UPDATE f SET n = n + 1 WHERE id = 1");
      assertThatThrownBy(() -> execute(connection, "DELETE FROM f WHERE id = 1"))
          .extracting(e -> ((SQLException) e).getSQLState())
          .isEqualTo("40001");
      resource.end(ONE, XAResource.TMFAIL);
      resource.rollback(ONE);
      assertThat(ids(connection)).isEqualTo("1 2");
    }
    pooled.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"H2", "POSTGRESQL"})
  void aPreparedBranchIsFoundByRecovery(TestStore.Kind kind) throws Exception {
    TestStore store = store(kind);
    XAConnection pooled = open(store);
    XAConnection recovery = open(store);
    XAResource resource = pooled.getXAResource();
    resource.start(ONE, XAResource.TMNOFLAGS);
    change(pooled.getConnection());
    resource.end(ONE, XAResource.TMSUCCESS);
    resource.prepare(ONE);
    XAResource recovering = recovery.getXAResource();
    assertThat(recovering.recover(XAResource.TMSTARTRSCAN | XAResource.TMENDRSCAN))
        .anyMatch(ONE::is);
    assertThat(recovering.isSameRM(recovering)).isTrue();
    if (kind == TestStore.Kind.POSTGRESQL) {
      pooled.close();
      recovering.commit(ONE, false);
    } else {
      resource.commit(ONE, false);
      pooled.close();
    }
    assertThat(ids(recovery.getConnection())).isEqualTo("-1 2 3");
    assertThat(recovering.recover(XAResource.TMSTARTRSCAN | XAResource.TMENDRSCAN))
        .noneMatch(ONE::is);
    recovery.close();
  }

  @Test
  void h2GivesUpAPreparedBranchWhoseConnectionIsClosed() throws Exception {
    TestStore store = store(TestStore.Kind.H2);
    XAConnection pooled = open(store);
    XAResource resource = pooled.getXAResource();
    resource.start(ONE, XAResource.TMNOFLAGS);
    change(pooled.getConnection());
    resource.end(ONE, XAResource.TMSUCCESS);
    resource.prepare(ONE);
    pooled.close();
    try (Connection other = store.connect()) {
      assertThat(ids(other)).isEqualTo("1 2");
      execute(other, "UPDATE f SET n = n + 1");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"H2", "POSTGRESQL"})
  void aHandleThatIsClosedLeavesTheBranchToItsManager(TestStore.Kind kind) throws Exception {
    TestStore store = store(kind);
    XAConnection pooled = open(store);
    XAResource resource = pooled.getXAResource();
    Connection first = pooled.getConnection();
    resource.start(ONE, XAResource.TMNOFLAGS);
    execute(first, "SET hard_delete = true");
    execute(first, "DELETE FROM f WHERE id = 1");
    first.close();
    Connection second = pooled.getConnection();
    assertThat(second.getAutoCommit()).isFalse();
    assertThat(second.getClientInfo("hard_delete")).isEqualTo("false");
    assertThat(ids(second)).isEqualTo("2");
    second.close();
    resource.end(ONE, XAResource.TMSUCCESS);
    resource.commit(ONE, true);
    try (Connection third = pooled.getConnection()) {
      assertThat(third.getAutoCommit()).isTrue();
      assertThat(ids(third)).isEqualTo("2");
      third.setAutoCommit(false);
      execute(third, "DELETE FROM f");
    }
    assertThat(ids(pooled.getConnection()))
        .as("its own transaction was rolled back")
        .isEqualTo("2");
    pooled.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"H2", "POSTGRESQL"})
  void whatEndsATransactionIsNotForItsConnection(TestStore.Kind kind) throws Exception {
    TestStore store = store(kind);
    XAConnection pooled = open(store);
    XAResource resource = pooled.getXAResource();
    Connection connection = pooled.getConnection();
    resource.start(ONE, XAResource.TMNOFLAGS);
    change(connection);
    requireState("2D000", connection::commit);
    requireState("2D000", connection::rollback);
    requireState("2D000", () -> connection.setAutoCommit(true));
    requireState("2D000", () -> execute(connection, "COMMIT"));
    requireState("2D000", () -> execute(connection, "ROLLBACK"));
    requireState(
        "2D000", () -> connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE));
    connection.setAutoCommit(false);
    if (kind == TestStore.Kind.H2) {
      requireState("0A000", () -> execute(connection, "CREATE TABLE g (id INTEGER PRIMARY KEY)"));
    } else {
      execute(connection, "CREATE TABLE g (id INTEGER PRIMARY KEY)");
    }
    assertThat(ids(connection)).isEqualTo("-1 2 3");
    resource.end(ONE, XAResource.TMFAIL);
    resource.rollback(ONE);
    assertThat(ids(connection)).isEqualTo("1 2");
    requireState("42S02", () -> execute(connection, "SELECT * FROM g"));

    connection.setAutoCommit(false);
    execute(connection, "DELETE FROM f WHERE id = 1");
    assertThatThrownBy(() -> resource.start(TWO, XAResource.TMNOFLAGS))
        .isInstanceOfSatisfying(
            XAException.class, e -> assertThat(e.errorCode).isEqualTo(XAException.XAER_OUTSIDE));
    connection.commit();
    connection.setAutoCommit(true);
    assertThatThrownBy(() -> resource.end(TWO, XAResource.TMSUCCESS))
        .isInstanceOfSatisfying(
            XAException.class, e -> assertThat(e.errorCode).isEqualTo(XAException.XAER_PROTO));
    assertThat(ids(connection)).isEqualTo("-1 2");
    pooled.close();
    requireState("08003", connection::createStatement);
  }

  @ParameterizedTest
  @EnumSource(names = {"H2", "POSTGRESQL"})
  void aBranchWithAnErrorIsNotCommittedInPart(TestStore.Kind kind) throws Exception {
    TestStore store = store(kind);
    XAConnection pooled = open(store);
    XAResource resource = pooled.getXAResource();
    Connection connection = pooled.getConnection();
    for (boolean onePhase : new boolean[] {true, false}) {
      resource.start(ONE, XAResource.TMNOFLAGS);
      execute(connection, "UPDATE f SET n = n + 1 WHERE id = 1");
      requireState("22012", () -> execute(connection, "SELECT id FROM f WHERE 1 / (id - 2) = 0"));
      resource.end(ONE, XAResource.TMSUCCESS);
      if (kind == TestStore.Kind.H2) {
        resource.prepare(ONE);
        resource.commit(ONE, false);
        assertThat(numbers(connection, "SELECT n FROM f ORDER BY id"))
            .isEqualTo(onePhase ? "1 0" : "2 0");
      } else {
        assertThatThrownBy(
                () -> {
                  if (onePhase) {
                    resource.commit(ONE, true);
                  } else {
                    resource.prepare(ONE);
                  }
                })
            .isInstanceOfSatisfying(
                XAException.class,
                e -> assertThat(e.errorCode).isEqualTo(XAException.XA_RBROLLBACK));
        assertThat(numbers(connection, "SELECT n FROM f ORDER BY id")).isEqualTo("0 0");
      }
    }
    assertThat(connection.getAutoCommit()).isTrue();
    pooled.close();
  }

  /** The statement has begun the transaction, and its error undoes that. */
  @ParameterizedTest
  @EnumSource(names = {"H2", "POSTGRESQL"})
  void aBranchGoesOnAfterAFirstChangeThatFails(TestStore.Kind kind) throws Exception {
    TestStore store = store(kind);
    XAConnection pooled = open(store);
    XAResource resource = pooled.getXAResource();
    Connection connection = pooled.getConnection();
    for (boolean more : new boolean[] {false, true}) {
      resource.start(ONE, XAResource.TMNOFLAGS);
      requireState(
          "22012", () -> execute(connection, "INSERT INTO f SELECT id, 1 / (id - 2) FROM f"));
      if (more) {
        execute(connection, "DELETE FROM f WHERE id = 1");
      }
      resource.end(ONE, XAResource.TMSUCCESS);
      resource.prepare(ONE);
      resource.commit(ONE, false);
      assertThat(ids(connection)).isEqualTo(more ? "-1 2" : "1 2");
    }
    pooled.close();
  }

  /** PostgreSQL reads it in a transaction, which is not a global one. */
  @ParameterizedTest
  @EnumSource(names = {"H2", "POSTGRESQL"})
  void aResultThatIsBeingReadOutlivesTheBeginning(TestStore.Kind kind) throws Exception {
    TestStore store = store(kind);
    XAConnection pooled = open(store);
    XAResource resource = pooled.getXAResource();
    Connection connection = pooled.getConnection();
    try (Statement statement =
        connection.createStatement(
            ResultSet.TYPE_FORWARD_ONLY,
            ResultSet.CONCUR_READ_ONLY,
            ResultSet.CLOSE_CURSORS_AT_COMMIT)) {
      statement.setFetchSize(1);
      ResultSet rows = statement.executeQuery("SELECT id FROM f ORDER BY id");
      assertThat(rows.next()).isTrue();
      resource.start(ONE, XAResource.TMNOFLAGS);
      assertThat(rows.next()).isTrue();
      assertThat(rows.getInt(1)).isEqualTo(2);
    }
    resource.end(ONE, XAResource.TMSUCCESS);
    resource.commit(ONE, true);
    assertThat(connection.getAutoCommit()).isTrue();
    pooled.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"H2", "POSTGRESQL"})
  void aConnectionIsAsItsPropertiesSay(TestStore.Kind kind) throws Exception {
    TestStore store = store(kind);
    MetaxyDataSource source = new MetaxyDataSource();
    source.setUrl(store.url());
    Properties properties = new Properties();
    properties.setProperty("metaxy.read_only", "true");
    properties.setProperty(
        kind == TestStore.Kind.H2 ? "DEFAULT_LOCK_TIMEOUT" : "ApplicationName",
        kind == TestStore.Kind.H2 ? "4321" : "a=b&c d");
    source.setProperties(properties);
    XAConnection pooled = source.getXAConnection();
    try (Connection connection = pooled.getConnection();
        Statement ofStore = connection.unwrap(Connection.class).createStatement()) {
      assertThat(connection.isReadOnly()).isTrue();
      String setting =
          kind == TestStore.Kind.H2
              ? "SELECT SETTING_VALUE FROM INFORMATION_SCHEMA.SETTINGS WHERE SETTING_NAME = 'DEFAULT_LOCK_TIMEOUT'"
              : "SHOW application_name";
      try (ResultSet rows = ofStore.executeQuery(setting)) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString(1)).isEqualTo(kind == TestStore.Kind.H2 ? "4321" : "a=b&c d");
      }
    }
    pooled.close();
    source.setUrl("jdbc:metaxy:h2:mem:;metaxy.reed_only=true");
    requireState("22023", source::getXAConnection);
  }

  @Test
  void duckDbHasNoPartInGlobalTransactions() throws Exception {
    TestStore store = store(TestStore.Kind.DUCKDB);
    assertThatThrownBy(() -> open(store))
        .isInstanceOf(SQLFeatureNotSupportedException.class)
        .hasMessageContaining("getConnection()")
        .extracting(e -> ((SQLException) e).getSQLState())
        .isEqualTo("0A000");
    store.drop();
  }

  /** What may fail. */
  @FunctionalInterface
  private interface Call {
    void run() throws Exception;
  }

  private static void requireState(String state, Call call) {
    assertThatThrownBy(call::run)
        .isInstanceOf(SQLException.class)
        .extracting(e -> ((SQLException) e).getSQLState())
        .isEqualTo(state);
  }
}
