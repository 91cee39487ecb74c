package org.metaxyjdbc.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.JDBCType;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import javax.sql.rowset.JdbcRowSet;
import javax.sql.rowset.RowSetProvider;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.metaxyjdbc.testing.TestStore;

/** Records are changed through result sets, as the cells and rows of a grid are. */
class UpdatableResultSetTest {
  private static final int SCROLL = ResultSet.TYPE_SCROLL_INSENSITIVE;
  private static final int FORWARD = ResultSet.TYPE_FORWARD_ONLY;
  private static final String ALL = "SELECT * FROM clips ORDER BY id, part";

  private static Connection clips(TestStore.Kind kind) throws SQLException {
    Connection connection = kind.createInMemory().connect();
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TABLE clips (id INTEGER, part VARCHAR, label VARCHAR, score DOUBLE,
            price DECIMAL(10, 2), "Day of" DATE, at TIMESTAMP,
            seen TIMESTAMP WITH TIME ZONE, shown BOOLEAN, raw VARBINARY, PRIMARY KEY (id, part))
          """);
      statement.execute(
          "INSERT INTO clips (id, part, label, score) VALUES (1, 'a', 'one', 0.1), (2, 'a', 'two', 0.2), (3, 'a', 'three', 0.3)");
    }
    return connection;
  }

  private static Statement updatable(Connection connection, int type) throws SQLException {
    return connection.createStatement(type, ResultSet.CONCUR_UPDATABLE);
  }

  private static List<String> rows(Connection connection, String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(result.getString(i));
        }
        rows.add(String.join(" ", row));
      }
    }
    return rows;
  }

  private static List<String> labels(Connection connection) throws SQLException {
    return rows(connection, "SELECT id, label FROM clips ORDER BY id");
  }

  private static void requireState(String state, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            SQLException.class,
            e -> assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo(state));
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void aChangedCellIsANewVersion(TestStore.Kind kind) throws SQLException {
    for (int type : List.of(SCROLL, FORWARD)) {
      try (Connection connection = clips(kind);
          Statement statement = updatable(connection, type);
          ResultSet rows = statement.executeQuery(ALL)) {
        assertThat(rows.getConcurrency()).isEqualTo(ResultSet.CONCUR_UPDATABLE);
        assertThat(rows.getType()).isEqualTo(type);
        assertThat((Throwable) statement.getWarnings()).isNull();
        rows.next();
        rows.next();
        String version = rows.getString("metaxy_data_version");
        rows.updateString("label", "TWO");
        assertThat(rows.getString("label")).as("what is changed is shown").isEqualTo("TWO");
        assertThat(rows.rowUpdated()).isFalse();
        assertThat(labels(connection)).contains("2 two");
        rows.updateRow();
        assertThat(rows.rowUpdated()).isTrue();
        assertThat(rows.getString("label")).isEqualTo("TWO");
        assertThat(rows.getString("metaxy_data_version"))
            .as("what the store made of it is shown")
            .isNotEqualTo(version);
        assertThat(labels(connection)).containsExactly("1 one", "2 TWO", "3 three");
        assertThat(rows(connection, "SELECT label FROM history.clips WHERE id = 2 ORDER BY 1"))
            .containsExactlyInAnyOrder("TWO", "two");
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString("label")).isEqualTo("three");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void aDeletedRowIsATombstoneOrGone(TestStore.Kind kind) throws SQLException {
    for (int type : List.of(SCROLL, FORWARD)) {
      try (Connection connection = clips(kind);
          Statement statement = updatable(connection, type)) {
        try (ResultSet rows = statement.executeQuery(ALL)) {
          List<Integer> seen = new ArrayList<>();
          while (rows.next()) {
            seen.add(rows.getInt("id"));
            if (rows.getInt("id") == 2) {
              rows.deleteRow();
            }
          }
          assertThat(seen).containsExactly(1, 2, 3);
          if (type == SCROLL) {
            rows.absolute(2);
            assertThat(rows.getInt("id")).as("the row is taken out").isEqualTo(3);
            rows.deleteRow();
            assertThat(rows.getInt("id")).as("the row before it").isEqualTo(1);
            assertThat(rows.isLast()).isTrue();
          }
        }
        assertThat(rows(connection, "SELECT id FROM only_deleted.clips ORDER BY id"))
            .isEqualTo(type == SCROLL ? List.of("2", "3") : List.of("2"));
        statement.execute("SET hard_delete = true");
        try (ResultSet rows = statement.executeQuery(ALL)) {
          rows.next();
          rows.deleteRow();
        }
        assertThat(rows(connection, "SELECT id FROM history.clips WHERE id = 1")).isEmpty();
        assertThat(labels(connection)).hasSize(type == SCROLL ? 0 : 1);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void anInsertedRowIsTheLastWhereOneCanScroll(TestStore.Kind kind) throws SQLException {
    try (Connection connection = clips(kind);
        Statement statement = updatable(connection, SCROLL);
        ResultSet rows = statement.executeQuery(ALL)) {
      rows.first();
      rows.moveToInsertRow();
      assertThat(rows.getString("label")).isNull();
      rows.updateInt("id", 4);
      rows.updateString("part", "a");
      rows.updateString("label", "four");
      assertThat(rows.getString("label")).isEqualTo("four");
      rows.insertRow();
      assertThat(rows.getString("label")).as("the insert row is empty again").isNull();
      requireState("23502", rows::insertRow);
      rows.updateInt("id", 5);
      requireState("23502", rows::insertRow);
      rows.moveToCurrentRow();
      assertThat(rows.getInt("id")).isEqualTo(1);
      assertThat(rows.rowInserted()).isFalse();
      assertThat(rows.last()).isTrue();
      assertThat(rows.rowInserted()).isTrue();
      assertThat(rows.getString("label")).isEqualTo("four");
      assertThat(rows.getTimestamp("metaxy_created_at")).isNotNull();
      rows.updateString("label", "FOUR");
      rows.updateRow();
      assertThat(labels(connection)).containsExactly("1 one", "2 two", "3 three", "4 FOUR");
    }
    try (Connection connection = clips(kind);
        Statement statement = updatable(connection, FORWARD);
        ResultSet rows = statement.executeQuery(ALL)) {
      int count = 0;
      while (rows.next()) {
        count++;
        rows.moveToInsertRow();
        rows.updateInt("id", 10 + count);
        rows.updateString("part", "a");
        rows.insertRow();
        rows.moveToCurrentRow();
        assertThat(rows.getInt("id")).isEqualTo(count);
      }
      assertThat(count).as("a loop ends although it inserts").isEqualTo(3);
      assertThat(labels(connection)).hasSize(6);
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void whatIsNotWrittenIsGivenUp(TestStore.Kind kind) throws SQLException {
    try (Connection connection = clips(kind);
        Statement statement = updatable(connection, SCROLL);
        ResultSet rows = statement.executeQuery(ALL)) {
      rows.first();
      rows.updateString("label", "ONE");
      rows.cancelRowUpdates();
      assertThat(rows.getString("label")).isEqualTo("one");
      rows.updateRow();
      assertThat(rows.rowUpdated()).isFalse();
      rows.updateString("label", "ONE");
      assertThat(rows.isLast()).isFalse();
      assertThat(rows.getString("label")).as("nothing went anywhere").isEqualTo("ONE");
      rows.next();
      rows.updateRow();
      rows.previous();
      assertThat(rows.getString("label")).isEqualTo("one");
      rows.updateString("label", "ONE");
      rows.absolute(3);
      rows.moveToInsertRow();
      rows.updateString("label", "none");
      requireState("24000", rows::updateRow);
      requireState("24000", rows::deleteRow);
      requireState("24000", rows::cancelRowUpdates);
      requireState("24000", rows::refreshRow);
      rows.first();
      assertThat(rows.getString("label")).isEqualTo("one");
      requireState("24000", rows::insertRow);
      rows.beforeFirst();
      requireState("24000", () -> rows.updateString("label", "none"));
      requireState("24000", rows::deleteRow);
      assertThat(rows(connection, "SELECT COUNT(*) FROM history.clips")).containsExactly("3");
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void valuesOfEveryTypeAreWritten(TestStore.Kind kind) throws SQLException {
    try (Connection connection = clips(kind);
        Statement statement = updatable(connection, SCROLL);
        ResultSet rows = statement.executeQuery(ALL)) {
      OffsetDateTime seen = OffsetDateTime.of(2026, 1, 2, 3, 4, 5, 678_901_000, ZoneOffset.UTC);
      byte[] raw = "bytes".getBytes(StandardCharsets.UTF_8);
      rows.first();
      rows.updateDouble("score", 0.5);
      rows.updateBigDecimal("price", new BigDecimal("12.34"));
      rows.updateObject("Day of", LocalDate.of(2026, 1, 2));
      rows.updateTimestamp("at", Timestamp.valueOf("2026-01-02 03:04:05.678901"));
      rows.updateObject("seen", seen, JDBCType.TIMESTAMP_WITH_TIMEZONE);
      rows.updateBoolean("shown", true);
      rows.updateBinaryStream("raw", new ByteArrayInputStream(raw));
      rows.updateCharacterStream("label", new StringReader("read"), 4);
      rows.updateRow();
      rows.next();
      rows.updateString("score", "1.5");
      rows.updateObject("price", new BigDecimal("1.005"), 2);
      rows.updateString("Day of", "2026-01-02");
      rows.updateString("at", "2026-01-02 03:04:05");
      rows.updateString("shown", "false");
      rows.updateNull("label");
      requireState("22018", () -> rows.updateString("score", "much"));
      rows.updateRow();
      rows.next();
      rows.updateObject("seen", new Timestamp(0));
      rows.updateBytes("raw", new byte[] {0, (byte) 255});
      rows.updateRow();
      try (Statement again = connection.createStatement();
          ResultSet written = again.executeQuery(ALL)) {
        written.next();
        assertThat(written.getDouble("score")).isEqualTo(0.5);
        assertThat(written.getBigDecimal("price")).isEqualTo("12.34");
        assertThat(written.getObject("Day of", LocalDate.class)).isEqualTo("2026-01-02");
        assertThat(written.getObject("at", LocalDateTime.class))
            .isEqualTo("2026-01-02T03:04:05.678901");
        assertThat(written.getObject("seen", OffsetDateTime.class)).isEqualTo(seen);
        assertThat(written.getBoolean("shown")).isTrue();
        assertThat(written.getBytes("raw")).isEqualTo(raw);
        assertThat(written.getString("label")).isEqualTo("read");
        written.next();
        assertThat(written.getDouble("score")).isEqualTo(1.5);
        assertThat(written.getBigDecimal("price")).isEqualTo("1.01");
        assertThat(written.getString("Day of")).isEqualTo("2026-01-02");
        assertThat(written.getObject("at", LocalDateTime.class)).isEqualTo("2026-01-02T03:04:05");
        assertThat(written.getObject("shown")).isEqualTo(false);
        assertThat(written.getString("label")).isNull();
        written.next();
        assertThat(written.getTimestamp("seen")).isEqualTo(new Timestamp(0));
        assertThat(written.getBytes("raw")).containsExactly(0, 255);
        assertThat(written.getString("label")).as("was left alone").isEqualTo("three");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void aRecordIsFoundByNullsInItsIds(TestStore.Kind kind) throws SQLException {
    TestStore store = kind.createInMemory();
    try (Connection connection = store.connect();
        Statement statement = updatable(connection, SCROLL)) {
      statement.execute(
          "CREATE TABLE t (id INTEGER, part VARCHAR, n INTEGER, PRIMARY KEY (id, part))");
      statement.execute("INSERT INTO t VALUES (1, 'a', 1), (1, 'b', 2)");
      try (Statement raw = connection.unwrap(Connection.class).createStatement()) {
        raw.execute("UPDATE \"t\" SET \"part\" = NULL WHERE \"n\" = 2");
      }
      try (ResultSet rows = statement.executeQuery("SELECT n, id, part FROM t ORDER BY n")) {
        rows.last();
        assertThat(rows.getString("part")).isNull();
        rows.updateInt("n", 20);
        rows.updateRow();
      }
      assertThat(rows(connection, "SELECT n FROM t ORDER BY n")).containsExactly("1", "20");
      try (ResultSet rows = statement.executeQuery("SELECT n, id, part FROM t ORDER BY n")) {
        rows.last();
        rows.deleteRow();
      }
      assertThat(rows(connection, "SELECT n FROM t")).containsExactly("1");
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void changesAreThoseOfTheTransaction(TestStore.Kind kind) throws SQLException {
    try (Connection connection = clips(kind)) {
      connection.setAutoCommit(false);
      try (Statement statement = updatable(connection, SCROLL);
          ResultSet rows = statement.executeQuery(ALL)) {
        rows.first();
        rows.updateString("label", "ONE");
        rows.updateRow();
        rows.next();
        rows.deleteRow();
        assertThat(labels(connection)).containsExactly("1 ONE", "3 three");
        connection.rollback();
        assertThat(labels(connection)).containsExactly("1 one", "2 two", "3 three");
        rows.first();
        rows.refreshRow();
        assertThat(rows.getString("label")).isEqualTo("one");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void aRecordThatSomebodyElseDeletedIsAnError(TestStore.Kind kind) throws SQLException {
    try (Connection connection = clips(kind);
        Statement statement = updatable(connection, SCROLL);
        Statement other = connection.createStatement();
        ResultSet rows = statement.executeQuery(ALL)) {
      other.execute("UPDATE clips SET label = 'TWO' WHERE id = 2");
      other.execute("DELETE FROM clips WHERE id = 1");
      rows.first();
      rows.updateString("label", "ONE");
      assertThatThrownBy(rows::updateRow)
          .hasMessageContaining("clips")
          .hasFieldOrPropertyWithValue("SQLState", "24000");
      requireState("24000", rows::deleteRow);
      requireState("24000", rows::refreshRow);
      rows.next();
      assertThat(rows.getString("label")).isEqualTo("two");
      rows.refreshRow();
      assertThat(rows.getString("label")).isEqualTo("TWO");
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void whatCannotBeSetIsRefused(TestStore.Kind kind) throws SQLException {
    try (Connection connection = clips(kind);
        Statement statement = updatable(connection, SCROLL);
        ResultSet rows =
            statement.executeQuery(
                "SELECT c.id, part AS p, label, score * 2 AS twice, metaxy_updated_at, metaxy_data_version FROM clips AS c WHERE score < 0.25 ORDER BY score")) {
      ResultSetMetaData columns = rows.getMetaData();
      assertThat(columns.isWritable(3)).isTrue();
      assertThat(columns.isReadOnly(3)).isFalse();
      assertThat(columns.isReadOnly(4)).isTrue();
      assertThat(columns.isReadOnly(5)).isTrue();
      assertThat(columns.isWritable(6)).isTrue();
      rows.first();
      assertThatThrownBy(() -> rows.updateDouble("twice", 1))
          .hasMessageContaining("'twice'")
          .hasFieldOrPropertyWithValue("SQLState", "42501");
      requireState("HY009", () -> rows.updateInt(7, 1));
      requireState("42S22", () -> rows.updateInt("nothing", 1));
      rows.updateTimestamp("metaxy_updated_at", new Timestamp(0));
      requireState("42501", rows::updateRow);
      rows.cancelRowUpdates();
      String version = rows.getString("metaxy_data_version");
      rows.updateString("metaxy_data_version", "mine");
      rows.updateRow();
      assertThat(rows.getString("metaxy_data_version")).isEqualTo("mine").isNotEqualTo(version);
      rows.updateString("p", "b");
      requireState("42501", rows::updateRow);
      rows.cancelRowUpdates();
      rows.updateInt("id", 1);
      rows.updateString("p", "a");
      rows.updateString("label", "ONE");
      rows.updateRow();
      assertThat(labels(connection)).as("the same id is no change of it").contains("1 ONE");
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void aRowThatIsGivenBackAsTextIsChangedWhereItDiffers(TestStore.Kind kind) throws SQLException {
    try (Connection connection = VideoStore.create(kind).connect();
        Statement statement = updatable(connection, SCROLL)) {
      String versions = "SELECT COUNT(*) FROM history.video__raw";
      try (ResultSet rows = statement.executeQuery("SELECT * FROM video__raw ORDER BY video_id")) {
        rows.first();
        giveBack(rows);
        rows.updateRow();
        assertThat(rows(connection, versions)).containsExactly("2");
        giveBack(rows);
        rows.updateString("size", "70");
        rows.updateRow();
        assertThat(rows.getString("metaxy_data_version")).isNotNull();
      }
      assertThat(rows(connection, versions)).containsExactly("3");
      assertThat(rows(connection, "SELECT video_id, size, path FROM video__raw ORDER BY 1"))
          .containsExactly("a 70 /a", "b 8 /b");
    }
  }

  private static void giveBack(ResultSet rows) throws SQLException {
    for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
      rows.updateString(i, rows.getString(i));
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void otherQueriesAreReadOnlyAndTheWarningSaysWhy(TestStore.Kind kind) throws SQLException {
    try (Connection connection = clips(kind);
        Statement statement = updatable(connection, FORWARD)) {
      assertThat(statement.getResultSetConcurrency()).isEqualTo(ResultSet.CONCUR_UPDATABLE);
      requireReadOnly(statement, "SELECT DISTINCT id, part FROM clips", "DISTINCT");
      requireReadOnly(statement, "SELECT id, part FROM clips GROUP BY id, part", "GROUP BY");
      requireReadOnly(
          statement, "SELECT a.id, a.part FROM clips a JOIN clips b ON a.id = b.id", "joins");
      requireReadOnly(
          statement,
          "SELECT id, part FROM clips UNION ALL SELECT id, part FROM clips",
          "several queries");
      requireReadOnly(statement, "SELECT id, label FROM clips", "id column 'part'");
      requireReadOnly(statement, "SELECT COUNT(*) FROM clips", "computed");
      requireReadOnly(statement, "SELECT id + 0 AS id, part FROM clips", "id column 'id'");
      requireReadOnly(statement, "VALUES (1)", "none of a table");
      requireReadOnly(statement, "SELECT * FROM (SELECT * FROM clips) AS t", "something else");
      requireReadOnly(statement, "SELECT 1", "no table");
      requireReadOnly(
          statement,
          "SELECT * FROM clips FOR SYSTEM_TIME AS OF TIMESTAMP '2100-01-01 00:00:00'",
          "past");
      for (String schema : List.of("include_deleted", "only_deleted", "history")) {
        requireReadOnly(statement, "SELECT * FROM " + schema + ".clips", "not in " + schema);
      }
      requireReadOnly(statement, "SELECT * FROM registry.features", "not in registry");
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT label AS c, part AS b, id AS a FROM clips WHERE id > 1 AND id IN (SELECT id FROM history.clips) ORDER BY a LIMIT 1")) {
        assertThat((Throwable) statement.getWarnings()).isNull();
        rows.next();
        rows.updateString("c", "TWO");
        rows.updateRow();
      }
      assertThat(labels(connection)).containsExactly("1 one", "2 TWO", "3 three");
    }
  }

  private static void requireReadOnly(Statement statement, String sql, String why)
      throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.getConcurrency()).as(sql).isEqualTo(ResultSet.CONCUR_READ_ONLY);
      assertThat(statement.getWarnings().getMessage()).as(sql).contains(why);
      assertThat(statement.getWarnings().getSQLState()).isEqualTo("01000");
      rows.next();
      requireState("24000", () -> rows.updateString(1, "x"));
      requireState("24000", rows::deleteRow);
      statement.clearWarnings();
      assertThat((Throwable) statement.getWarnings()).isNull();
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void whatTheDriverComputesIsBesideWhatCanBeChanged(TestStore.Kind kind) throws SQLException {
    for (int type : List.of(SCROLL, FORWARD)) {
      try (Connection connection = clips(kind);
          Statement statement = updatable(connection, type);
          ResultSet rows =
              statement.executeQuery(
                  "SELECT id, part, label, DIFFERENCE(label, 'won') AS likeness FROM clips WHERE id = 1")) {
        assertThat((Throwable) statement.getWarnings()).isNull();
        rows.next();
        rows.updateString("label", "ONE");
        rows.updateRow();
        requireState("42501", () -> rows.updateInt("likeness", 1));
        assertThat(labels(connection)).contains("1 ONE");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void aReadOnlySessionRefusesChanges(TestStore.Kind kind) throws SQLException {
    try (Connection connection = clips(kind);
        Statement statement = updatable(connection, SCROLL);
        ResultSet rows = statement.executeQuery(ALL)) {
      connection.setReadOnly(true);
      rows.first();
      rows.updateString("label", "ONE");
      requireState("25006", rows::updateRow);
      requireState("25006", rows::deleteRow);
      rows.moveToInsertRow();
      rows.updateInt("id", 9);
      rows.updateString("part", "a");
      requireState("25006", rows::insertRow);
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void theStatementStaysOpenWhileItsRowsAreChanged(TestStore.Kind kind) throws SQLException {
    try (Connection connection = clips(kind)) {
      Statement statement = updatable(connection, FORWARD);
      statement.closeOnCompletion();
      statement.setMaxRows(2);
      statement.setFetchSize(1);
      ResultSet rows = statement.executeQuery(ALL);
      rows.next();
      rows.updateString("label", "ONE");
      rows.updateRow();
      assertThat(statement.isClosed()).isFalse();
      assertThat(rows.next()).isTrue();
      assertThat(rows.next()).isFalse();
      requireState("24000", rows::previous);
      rows.close();
      assertThat(statement.isClosed()).isTrue();
      assertThat(labels(connection)).contains("1 ONE");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {FORWARD, SCROLL})
  void theStoreSaysWhatIsShown(int type) throws SQLException {
    try (Connection connection = TestStore.Kind.H2.create().connect()) {
      DatabaseMetaData store = connection.getMetaData();
      assertThat(store.supportsResultSetConcurrency(type, ResultSet.CONCUR_UPDATABLE)).isTrue();
      assertThat(store.ownUpdatesAreVisible(type)).isTrue();
      assertThat(store.ownDeletesAreVisible(type)).isTrue();
      assertThat(store.ownInsertsAreVisible(type)).isEqualTo(type == SCROLL);
      assertThat(store.insertsAreDetected(type)).isEqualTo(type == SCROLL);
      assertThat(store.updatesAreDetected(type)).isTrue();
      assertThat(store.deletesAreDetected(type)).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void theRowSetOfJavaItselfChangesRecords(TestStore.Kind kind) throws SQLException {
    TestStore store = kind.create();
    try (Connection connection = store.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, note VARCHAR)");
      statement.execute("INSERT INTO notes VALUES (1, 'one'), (2, 'two')");
    }
    try (JdbcRowSet rows = RowSetProvider.newFactory().createJdbcRowSet()) {
      rows.setUrl(store.url());
      rows.setCommand("SELECT id, note FROM notes WHERE id > ? ORDER BY id");
      rows.setInt(1, 0);
      rows.execute();
      rows.last();
      rows.updateString("note", "TWO");
      rows.updateRow();
      rows.moveToInsertRow();
      rows.updateInt("id", 3);
      rows.updateString("note", "three");
      rows.insertRow();
      rows.moveToCurrentRow();
      rows.first();
      rows.deleteRow();
    }
    try (Connection connection = store.connect()) {
      assertThat(rows(connection, "SELECT id, note FROM notes ORDER BY id"))
          .containsExactly("2 TWO", "3 three");
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void namesThatNeedQuotesAreQuoted(TestStore.Kind kind) throws SQLException {
    try (Connection connection = kind.createInMemory().connect();
        Statement statement = updatable(connection, SCROLL)) {
      statement.execute(
          "CREATE TABLE \"order\" (\"the \"\"id\"\"\" INTEGER, \"user\" VARCHAR, PRIMARY KEY (\"the \"\"id\"\"\"))");
      statement.execute("INSERT INTO \"order\" VALUES (1, 'x')");
      try (ResultSet rows = statement.executeQuery("SELECT * FROM \"order\"")) {
        rows.first();
        rows.updateString("user", "it's");
        rows.updateRow();
      }
      assertThat(rows(connection, "SELECT \"user\" FROM \"order\"")).containsExactly("it's");
    }
  }
}
