package org.metaxyjdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.metaxyjdbc.testing.TestStore;

/** The copies of current versions that H2 keeps: a query gives the same with and without them. */
class CurrentCopyTest {
  private static final int RECORDS = 1_200;
  private static final int READS = 5;

  private static final List<String> QUERIES =
      List.of(
          "SELECT * FROM f ORDER BY id",
          "SELECT id, label, metaxy_updated_at FROM include_deleted.f ORDER BY id",
          "SELECT id FROM only_deleted.f ORDER BY id",
          "SELECT label, COUNT(*), SUM(score) FROM f WHERE score > 3 GROUP BY label ORDER BY 1",
          "SELECT COUNT(*) FROM f WHERE id BETWEEN 10 AND 1000 AND label = 'b'",
          "SELECT COUNT(*) FROM f AS a JOIN f AS b ON a.id = b.id + 1",
          "SELECT COUNT(*) FROM f WHERE id IN (SELECT id FROM only_deleted.f) OR score = 7");

  private TestStore store;

  @BeforeEach
  void fill() throws SQLException {
    store = TestStore.Kind.H2.create();
    try (Connection connection = store.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE f (id INTEGER PRIMARY KEY, label VARCHAR, score DOUBLE)");
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO f VALUES (?, ?, ?)")) {
        for (int id = 1; id <= RECORDS; id++) {
          insert.setInt(1, id);
          insert.setString(2, id % 3 == 0 ? "a" : "b");
          insert.setDouble(3, id % 10);
          insert.addBatch();
        }
        insert.executeBatch();
      }
      statement.execute("DELETE FROM f WHERE MOD(id, 10) = 0");
    }
  }

  private static List<String> rows(Statement statement, String query) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (ResultSet result = statement.executeQuery(query)) {
      while (result.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.append(result.getString(i)).append('|');
        }
        rows.add(row.toString());
      }
    }
    return rows;
  }

  /** How many rows the copies in the store have; -1 where there is none. */
  private int copiedRows() throws SQLException {
    try (Connection raw = store.raw();
        Statement statement = raw.createStatement()) {
      int count = -1;
      for (String name :
          rows(
              statement,
              "SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES WHERE STORAGE_TYPE = 'GLOBAL TEMPORARY'")) {
        String table = name.substring(0, name.length() - 1);
        try (ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM \"" + table + "\"")) {
          rows.next();
          count = Math.max(count, 0) + rows.getInt(1);
        }
      }
      return count;
    }
  }

  /** Within a transaction nothing is copied and no copy is read. */
  private static List<String> withoutCopies(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    List<String> answers = answers(connection);
    connection.setAutoCommit(true);
    return answers;
  }

  private static List<String> answers(Connection connection) throws SQLException {
    List<String> answers = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      for (String query : QUERIES) {
        List<String> rows = rows(statement, query);
        answers.add("%s: %d rows, hash %x".formatted(query, rows.size(), rows.hashCode()));
      }
    }
    return answers;
  }

  private void assertSameWithCopies(Connection connection, String after) throws SQLException {
    List<String> expected = withoutCopies(connection);
    for (int i = 0; i < READS; i++) {
      assertThat(answers(connection)).as("read %d after %s", i, after).isEqualTo(expected);
    }
    assertThat(copiedRows()).as(after).isPositive();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM f WHERE id < 50",
        "INSERT INTO f VALUES (5000, 'new', 1), (10, 'back', 2)",
        "UPDATE f SET score = score + 1 WHERE label = 'a'",
        "UPDATE only_deleted.f SET metaxy_deleted_at = NULL WHERE id = 20",
        "ALTER TABLE f ADD COLUMN note VARCHAR"
      })
  void whatThisDriverWritesIsSeenAtOnce(String change) throws SQLException {
    try (Connection connection = store.connect();
        Connection other = store.connect();
        Statement statement = other.createStatement()) {
      assertSameWithCopies(connection, "nothing");
      statement.execute(change);
      assertSameWithCopies(connection, change);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM \"f\" WHERE \"id\" = 7",
        "DELETE FROM \"f\" WHERE \"metaxy_deleted_at\" IS NOT NULL",
        "UPDATE \"f\" SET \"label\" = 'changed in place'",
        "UPDATE \"f\" SET \"metaxy_deleted_at\" = CURRENT_TIMESTAMP WHERE \"id\" = 3",
        "UPDATE \"f\" SET \"id\" = 9000 WHERE \"id\" = 1",
        "INSERT INTO \"f\" SELECT * FROM \"f\" WHERE \"id\" < 20",
        "UPDATE \"f\" SET \"metaxy_feature_version\" = 'other' WHERE \"id\" < 20"
      })
  void whatOthersWriteIsSeenAtOnce(String change) throws SQLException {
    try (Connection connection = store.connect();
        Connection raw = store.raw();
        Statement statement = raw.createStatement()) {
      assertSameWithCopies(connection, "nothing");
      statement.execute(change);
      assertSameWithCopies(connection, change);

      raw.setAutoCommit(false);
      statement.execute("DELETE FROM \"f\" WHERE \"id\" > 200");
      assertSameWithCopies(connection, "a change that is not committed");
      raw.rollback();
      assertSameWithCopies(connection, "a rollback");
      statement.execute("DELETE FROM \"f\" WHERE \"id\" > 1150");
      assertSameWithCopies(connection, "another change that is not committed");
      raw.commit();
      assertSameWithCopies(connection, "a commit");
    }
  }

  @Test
  void aColumnThatGotAnotherTypeIsSeenAtOnce() throws SQLException {
    try (Connection connection = store.connect();
        Connection raw = store.raw();
        Statement statement = raw.createStatement()) {
      assertSameWithCopies(connection, "nothing");
      statement.execute("ALTER TABLE \"f\" ALTER COLUMN \"score\" DECIMAL(10, 3)");
      List<String> expected = withoutCopies(connection);
      for (int i = 0; i < READS; i++) {
        assertThat(answers(connection)).isEqualTo(expected);
      }
    }
  }

  @Test
  void aTransactionSeesItsOwnChanges() throws SQLException {
    try (Connection connection = store.connect();
        Statement statement = connection.createStatement()) {
      assertSameWithCopies(connection, "nothing");
      connection.setAutoCommit(false);
      statement.execute("DELETE FROM f WHERE id > 100");
      assertThat(rows(statement, "SELECT COUNT(*) FROM f")).containsExactly("90|");
      connection.rollback();
      connection.setAutoCommit(true);
      assertSameWithCopies(connection, "a rollback");
    }
  }

  @Test
  void aTableThatTookTheNameOfAnotherIsNotTakenForIt() throws SQLException {
    try (Connection connection = store.connect();
        Connection raw = store.raw();
        Statement statement = raw.createStatement()) {
      assertSameWithCopies(connection, "nothing");
      statement.execute("CREATE TABLE \"g\" AS SELECT * FROM \"f\" WHERE \"id\" <= 1100");
      statement.execute("ALTER TABLE \"f\" RENAME TO \"old\"");
      statement.execute("ALTER TABLE \"g\" RENAME TO \"f\"");
      assertSameWithCopies(connection, "another table under this name");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM f WHERE id = 1",
        "UPDATE history.f SET label = NULL WHERE id = 1",
        "DROP TABLE f"
      })
  void whatIsRemovedPhysicallyStaysInNoCopy(String change) throws SQLException {
    try (Connection connection = store.connect();
        Statement statement = connection.createStatement()) {
      assertSameWithCopies(connection, "nothing");
      statement.execute("SET hard_delete = true");
      statement.execute(change);
      assertThat(copiedRows()).isZero();
    }
  }

  @Test
  void aCopyGoesWithTheStoreThatItIsIn() throws SQLException {
    try (Connection connection = store.connect()) {
      assertSameWithCopies(connection, "nothing");
      try (Connection raw = store.raw();
          Statement statement = raw.createStatement()) {
        statement.execute("SCRIPT TO 'memFS:%s.sql'".formatted(store.hashCode()));
        statement.execute("DROP ALL OBJECTS");
        statement.execute("RUNSCRIPT FROM 'memFS:%s.sql'".formatted(store.hashCode()));
      }
      assertSameWithCopies(connection, "the same content anew");
    }
  }

  @Test
  void someoneWhoMayNotMakeTablesReadsAllTheSame() throws SQLException {
    try (Connection raw = store.raw();
        Statement statement = raw.createStatement()) {
      statement.execute("CREATE USER reader PASSWORD 'secret'");
      statement.execute("GRANT SELECT ON SCHEMA PUBLIC TO reader");
    }
    String url = store.url().replace(";DB_CLOSE_DELAY=-1", "");
    try (Connection connection = DriverManager.getConnection(url, "READER", "secret")) {
      List<String> expected = withoutCopies(connection);
      for (int i = 0; i < READS; i++) {
        assertThat(answers(connection)).isEqualTo(expected);
      }
      assertThat(copiedRows()).isNegative();
    }
  }

  /** What was committed before a query began is in its answer, while copies come and go. */
  @Test
  void aReaderMissesNothingThatWasCommitted() throws Exception {
    int writes = 40;
    AtomicInteger committed = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      Future<?> writer =
          threads.submit(
              () -> {
                try (Connection raw = store.raw();
                    Connection ours = store.connect();
                    Statement native_ = raw.createStatement();
                    Statement statement = ours.createStatement()) {
                  Random random = new Random(7);
                  for (int i = 0; i < writes; i++) {
                    int id = 10_000 + i;
                    if (i % 2 == 0) {
                      statement.execute("INSERT INTO f VALUES (%d, 'w', 1)".formatted(id));
                    } else {
                      native_.execute(
                          """
                          INSERT INTO "f" SELECT %d, 'w', "score", "metaxy_provenance_by_field",
                            "metaxy_provenance", "metaxy_data_version_by_field", "metaxy_data_version",
                            "metaxy_feature_version", "metaxy_project_version", "metaxy_created_at",
                            "metaxy_updated_at", NULL, NULL FROM "f" WHERE "id" = 1 FETCH FIRST ROW ONLY"""
                              .formatted(id));
                    }
                    committed.incrementAndGet();
                    for (int pause = random.nextInt(6); pause > 0; pause--) {
                      rows(statement, "SELECT COUNT(*) FROM f");
                    }
                  }
                }
                return null;
              });
      List<Future<?>> readers = new ArrayList<>();
      for (int r = 0; r < 2; r++) {
        readers.add(
            threads.submit(
                () -> {
                  try (Connection connection = store.connect();
                      Statement statement = connection.createStatement()) {
                    int before;
                    do {
                      before = committed.get();
                      try (ResultSet rows =
                          statement.executeQuery("SELECT COUNT(*) FROM f WHERE label = 'w'")) {
                        rows.next();
                        assertThat(rows.getInt(1)).isGreaterThanOrEqualTo(before);
                      }
                    } while (before < writes && !writer.isDone());
                  }
                  return null;
                }));
      }
      writer.get();
      for (Future<?> reader : readers) {
        reader.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(committed).hasValue(writes);
  }
}
