package org.metaxyjdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.metaxyjdbc.testing.TestStore;

/**
 * A transaction that keeps the snapshot of the store with which it began appends to no version that
 * another session has replaced since: it fails, or sees the new version.
 */
class SnapshotWritesTest {
  static Stream<Arguments> levels() {
    return Stream.of(
        Arguments.of(TestStore.Kind.H2, Connection.TRANSACTION_REPEATABLE_READ),
        Arguments.of(TestStore.Kind.H2, Connection.TRANSACTION_SERIALIZABLE),
        Arguments.of(TestStore.Kind.DUCKDB, Connection.TRANSACTION_REPEATABLE_READ),
        Arguments.of(TestStore.Kind.POSTGRESQL, Connection.TRANSACTION_REPEATABLE_READ),
        Arguments.of(TestStore.Kind.POSTGRESQL, Connection.TRANSACTION_SERIALIZABLE));
  }

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

  private static Connection transaction(TestStore store, int level) throws SQLException {
    Connection connection = store.connect();
    connection.setTransactionIsolation(level);
    connection.setAutoCommit(false);
    return connection;
  }

  private static int n(Statement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery("SELECT n FROM f WHERE id = 1")) {
      return rows.next() ? rows.getInt(1) : -1;
    }
  }

  @ParameterizedTest
  @MethodSource("levels")
  void aWriteThatCannotSeeAnotherFails(TestStore.Kind kind, int level) throws SQLException {
    TestStore store = store(kind);
    for (String change :
        List.of(
            "UPDATE f SET n = n + 1 WHERE id = 1",
            "DELETE FROM f WHERE n = 0",
            "INSERT INTO f SELECT id, n + 1 FROM f WHERE id = 1",
            "MERGE INTO f USING (SELECT 1 AS id) s ON f.id = s.id WHEN MATCHED THEN UPDATE SET n = f.n + 1")) {
      try (Connection other = store.connect();
          Statement others = other.createStatement();
          Connection connection = transaction(store, level);
          Statement statement = connection.createStatement()) {
        int before = n(statement);
        others.execute("UPDATE f SET n = n + 10 WHERE id = 1");

        assertThatThrownBy(() -> statement.execute(change))
            .as(change)
            .isInstanceOf(SQLException.class)
            .hasMessageContaining("roll back")
            .extracting(e -> ((SQLException) e).getSQLState())
            .isEqualTo("40001");

        connection.rollback();
        statement.execute("UPDATE f SET n = n + 1 WHERE id = 1");
        connection.commit();
        assertThat(n(others)).as(change).isEqualTo(before + 11);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("levels")
  void whatAnotherErasedDoesNotComeBack(TestStore.Kind kind, int level) throws SQLException {
    TestStore store = store(kind);
    try (Connection other = store.connect("hard_delete", "true");
        Statement others = other.createStatement();
        Connection connection = transaction(store, level);
        Statement statement = connection.createStatement()) {
      n(statement);
      others.execute("DELETE FROM f WHERE id = 1");

      assertThatThrownBy(() -> statement.execute("UPDATE f SET n = n + 1"))
          .extracting(e -> ((SQLException) e).getSQLState())
          .isEqualTo("40001");
      connection.rollback();
      assertThat(n(others)).isEqualTo(-1);
    }
  }

  @ParameterizedTest
  @MethodSource("levels")
  void aTransactionThatBeginsWithAWriteSeesAll(TestStore.Kind kind, int level) throws SQLException {
    TestStore store = store(kind);
    try (Connection other = store.connect();
        Statement others = other.createStatement();
        Connection connection = transaction(store, level);
        Statement statement = connection.createStatement()) {
      for (int i = 1; i <= 3; i++) {
        others.execute("UPDATE f SET n = n + 1 WHERE id = 1");
        assertThat(statement.executeUpdate("UPDATE f SET n = n + 1 WHERE id = 1")).isEqualTo(1);
        assertThat(statement.executeUpdate("UPDATE f SET n = n + 1 WHERE id = 1")).isEqualTo(1);
        connection.commit();
        assertThat(n(others)).isEqualTo(3 * i);
        connection.commit();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("levels")
  void whatHappensInOtherTablesDoesNotMatter(TestStore.Kind kind, int level) throws SQLException {
    TestStore store = store(kind);
    try (Connection other = store.connect();
        Statement others = other.createStatement();
        Connection connection = transaction(store, level);
        Statement statement = connection.createStatement()) {
      n(statement);
      others.execute("UPDATE g SET n = n + 1");

      assertThat(statement.executeUpdate("UPDATE f SET n = n + 1 WHERE id = 1")).isEqualTo(1);
      assertThatThrownBy(() -> statement.execute("UPDATE g SET n = n + 1"))
          .extracting(e -> ((SQLException) e).getSQLState())
          .isEqualTo("40001");
      connection.rollback();
    }
  }

  @ParameterizedTest
  @MethodSource("levels")
  void eachStatementAloneSeesAll(TestStore.Kind kind, int level) throws SQLException {
    TestStore store = store(kind);
    try (Connection other = store.connect();
        Statement others = other.createStatement();
        Connection connection = store.connect();
        Statement statement = connection.createStatement()) {
      connection.setTransactionIsolation(level);
      for (int i = 1; i <= 3; i++) {
        assertThat(n(statement)).isEqualTo(2 * (i - 1));
        others.execute("UPDATE f SET n = n + 1 WHERE id = 1");
        assertThat(statement.executeUpdate("UPDATE f SET n = n + 1 WHERE id = 1")).isEqualTo(1);
      }
      assertThat(connection.getTransactionIsolation()).isEqualTo(level);
    }
  }

  @ParameterizedTest
  @MethodSource("levels")
  void tablesMadeInTheTransactionAreItsOwn(TestStore.Kind kind, int level) throws SQLException {
    TestStore store = store(kind);
    try (Connection other = store.connect();
        Statement others = other.createStatement();
        Connection connection = transaction(store, level);
        Statement statement = connection.createStatement()) {
      statement.execute("SET hard_delete = true");
      n(statement);
      statement.execute("CREATE TABLE h (id INTEGER, n INTEGER, PRIMARY KEY (id))");
      others.execute("UPDATE g SET n = n + 1");
      assertThat(statement.executeUpdate("INSERT INTO h VALUES (1, 1)")).isEqualTo(1);
      statement.execute("ALTER TABLE h ADD COLUMN m INTEGER");
      assertThat(statement.executeUpdate("UPDATE h SET m = 2")).isEqualTo(1);
      connection.commit();

      statement.execute("DROP TABLE f");
      statement.execute("CREATE TABLE f (id INTEGER, n INTEGER, PRIMARY KEY (id))");
      statement.execute("INSERT INTO f VALUES (1, 7)");
      connection.commit();
      assertThat(n(statement)).isEqualTo(7);
      connection.rollback();
    }
  }

  /** What the user does with the store's own connection is part of the transaction. */
  @ParameterizedTest
  @EnumSource
  void aFailureKeepsWhatWasDoneBeside(TestStore.Kind kind) throws SQLException {
    TestStore store = store(kind);
    store.execute("CREATE TABLE notes (note INTEGER)");
    try (Connection connection = store.connect();
        Statement statement = connection.createStatement()) {
      if (kind == TestStore.Kind.H2) {
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      }
      Connection raw = connection.unwrap(Connection.class);
      connection.setAutoCommit(false);
      try (Statement notes = raw.createStatement()) {
        notes.execute("INSERT INTO notes VALUES (1)");
        statement.execute("UPDATE f SET n = n + 1 WHERE id = 1");
        connection.commit();
        notes.execute("INSERT INTO notes VALUES (2)");
        statement.execute("UPDATE f SET n = n + 1 WHERE id = 1");
        connection.commit();
        try (ResultSet rows = notes.executeQuery("SELECT COUNT(*) FROM notes")) {
          rows.next();
          assertThat(rows.getInt(1)).isEqualTo(2);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"H2", "POSTGRESQL"})
  void savepointsBeforeTheFirstWriteStay(TestStore.Kind kind) throws SQLException {
    TestStore store = store(kind);
    try (Connection connection = store.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      assertThatThrownBy(() -> statement.execute("INSERT INTO f VALUES (NULL, 1)"))
          .isInstanceOf(SQLException.class);
      Savepoint start = connection.setSavepoint();
      statement.execute("UPDATE f SET n = 5 WHERE id = 1");
      connection.rollback(start);
      assertThatThrownBy(() -> statement.execute("INSERT INTO f VALUES (NULL, 1)"))
          .isInstanceOf(SQLException.class);
      statement.execute("UPDATE f SET n = 6 WHERE id = 1");
      connection.commit();
      assertThat(n(statement)).isEqualTo(6);
      connection.rollback();
    }
  }

  /** Metaxy's own writers take no lock, and may be anywhere. */
  @ParameterizedTest
  @EnumSource(names = {"POSTGRESQL"})
  void whatAProcessWithoutTheDriverAppendsIsNotOverwritten(TestStore.Kind kind)
      throws SQLException {
    TestStore store = store(kind);
    try (Connection connection = transaction(store, Connection.TRANSACTION_REPEATABLE_READ);
        Statement statement = connection.createStatement()) {
      n(statement);
      store.execute(
          """
          INSERT INTO "f" ("id", "n", "metaxy_feature_version", "metaxy_updated_at")
          SELECT "id", 5, "metaxy_feature_version", now() FROM "f" WHERE "id" = 1""");
      assertThatThrownBy(() -> statement.execute("UPDATE f SET n = n + 1"))
          .extracting(e -> ((SQLException) e).getSQLState())
          .isEqualTo("40001");
      connection.rollback();
      statement.execute("UPDATE f SET n = n + 1");
      connection.commit();
      assertThat(n(statement)).isEqualTo(6);
      connection.rollback();
    }
  }
}
