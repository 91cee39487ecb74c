package org.metaxyjdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.metaxyjdbc.testing.TestStore;

/**
 * Statements with {@code JSON_TYPE}, which no store runs as Calcite does: what it gives is computed
 * here, and all else is as in any other statement.
 */
class ComputedQueryTest {
  private static final String INTEGER = "JSON_TYPE('1') = 'INTEGER'";
  private static final String TIME = "2024-01-02 03:04:05.123456";

  private static TestStore store(TestStore.Kind kind) throws SQLException {
    TestStore store = kind.create();
    try (Connection connection = store.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE f (id INTEGER PRIMARY KEY, label VARCHAR, n INTEGER, price DECIMAL(10, 2), at TIMESTAMP, d DATE, u UUID, z TIMESTAMP WITH TIME ZONE, a INTEGER ARRAY, j JSON)");
      statement.execute(
          "INSERT INTO f (id, label, n, price, at, d, u, z, a, j) VALUES (1, 'cat', 5, 1.50, TIMESTAMP '%1$s', DATE '2024-01-02', CAST('f0000000-0000-0000-0000-000000000001' AS UUID), TIMESTAMP WITH TIME ZONE '%1$s+00:00', ARRAY[1, 2], '{\"a\":1}')"
              .formatted(TIME));
      statement.execute("INSERT INTO f (id, label) VALUES (2, 'it''s'), (3, NULL)");
    }
    return store;
  }

  private static List<String> column(Statement statement, String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void explainShowsWhatTheStoreRunsAndWhatIsComputed(TestStore.Kind kind) throws SQLException {
    try (Connection connection = store(kind).connect();
        Statement statement = connection.createStatement()) {
      String plan =
          column(
                  statement,
                  "EXPLAIN PLAN FOR SELECT at FROM f WHERE id > 1 AND JSON_TYPE(label) = 'x'")
              .get(0);

      assertThat(plan).startsWith("Computed\n").contains("JSON_TYPE", "StoreSql(1, [SELECT ");
      assertThat(plan.substring(plan.indexOf("StoreSql(1")))
          .contains("\"id\" > 1")
          .doesNotContain("JSON_TYPE");
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void valuesPassAsTheyAre(TestStore.Kind kind) throws SQLException {
    try (Connection connection = store(kind).connect();
        Statement statement = connection.createStatement()) {
      String columns = "id, label, n, price, at, d, u, z, a, j FROM f WHERE id = 1";
      try (Statement other = connection.createStatement();
          ResultSet plain = other.executeQuery("SELECT " + columns);
          ResultSet computed = statement.executeQuery("SELECT " + columns + " AND " + INTEGER)) {
        assertThat(plain.next()).isTrue();
        assertThat(computed.next()).isTrue();
        for (int i = 1; i <= 10; i++) {
          assertThat(computed.getString(i)).isEqualTo(plain.getString(i));
          if (i != 9) {
            assertThat(computed.getObject(i)).isEqualTo(plain.getObject(i));
          }
        }
        assertThat(computed.getObject("at", LocalDateTime.class))
            .isEqualTo(LocalDateTime.parse("2024-01-02T03:04:05.123456"));
        assertThat(computed.getObject("z", OffsetDateTime.class))
            .isEqualTo(OffsetDateTime.parse("2024-01-02T03:04:05.123456Z"));
        assertThat(computed.getObject("u", UUID.class))
            .isEqualTo(UUID.fromString("f0000000-0000-0000-0000-000000000001"));
        assertThat(computed.getArray("a").getArray()).isEqualTo(new Object[] {1, 2});
        assertThat(computed.next()).isFalse();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void columnsAreDescribedAsThoseOfTheStore(TestStore.Kind kind) throws SQLException {
    try (Connection connection = store(kind).connect();
        PreparedStatement plain = connection.prepareStatement("SELECT id, label, at, z, u FROM f");
        PreparedStatement computed =
            connection.prepareStatement("SELECT id, label, at, z, u FROM f WHERE " + INTEGER)) {
      ResultSetMetaData expected = plain.getMetaData();
      ResultSetMetaData actual = computed.getMetaData();
      for (int i = 1; i <= 5; i++) {
        assertThat(actual.getColumnLabel(i)).isEqualTo(expected.getColumnLabel(i));
        assertThat(actual.getColumnType(i)).isEqualTo(expected.getColumnType(i));
        assertThat(actual.getColumnTypeName(i)).isEqualTo(expected.getColumnTypeName(i));
        assertThat(actual.getTableName(i)).isEqualTo(expected.getTableName(i));
        assertThat(actual.getSchemaName(i)).isEqualTo(expected.getSchemaName(i));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void parametersAreThoseOfAnyStatement(TestStore.Kind kind) throws SQLException {
    try (Connection connection = store(kind).connect();
        PreparedStatement statement =
            connection.prepareStatement(
                "SELECT CASE WHEN JSON_TYPE('1') = ? THEN ? ELSE at END, COALESCE(JSON_TYPE(?), ?) FROM f WHERE id = ? AND (JSON_TYPE('1') = 'x' OR at = ? OR d = ? OR price = ?)")) {
      assertThat(statement.getParameterMetaData().getParameterCount()).isEqualTo(8);
      LocalDateTime time = LocalDateTime.parse("2030-01-02T03:04:05.123457");
      statement.setString(1, "INTEGER");
      statement.setObject(2, time);
      statement.setNull(3, Types.VARCHAR);
      statement.setString(4, "none");
      statement.setInt(5, 1);
      statement.setObject(6, LocalDateTime.parse("2024-01-02T03:04:05.123456"));
      statement.setNull(7, Types.DATE);
      statement.setNull(8, Types.DECIMAL);
      for (int run = 0; run < 2; run++) {
        try (ResultSet rows = statement.executeQuery()) {
          assertThat(rows.next()).isTrue();
          assertThat(rows.getObject(1, LocalDateTime.class)).isEqualTo(time);
          assertThat(rows.getString(2)).isEqualTo("none");
        }
        statement.setNull(6, Types.TIMESTAMP);
        statement.setObject(7, LocalDate.of(2024, 1, 2));
      }
      statement.setNull(7, Types.DATE);
      statement.setBigDecimal(8, new BigDecimal("1.5"));
      try (ResultSet rows = statement.executeQuery()) {
        assertThat(rows.next()).isTrue();
      }
      statement.setBigDecimal(8, new BigDecimal("1.51"));
      try (ResultSet rows = statement.executeQuery()) {
        assertThat(rows.next()).isFalse();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void textsThatDifferInLiteralsHaveAnswersOfTheirOwn(TestStore.Kind kind) throws SQLException {
    try (Connection connection = store(kind).connect();
        Statement statement = connection.createStatement()) {
      for (int id = 1; id <= 3; id++) {
        assertThat(column(statement, "SELECT id FROM f WHERE " + INTEGER + " AND id = " + id))
            .containsExactly(String.valueOf(id));
        assertThat(
                column(
                    statement, "SELECT id FROM f WHERE (JSON_TYPE('1') = 'x' OR id = " + id + ")"))
            .containsExactly(String.valueOf(id));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void limitsAndScrollingHold(TestStore.Kind kind) throws SQLException {
    try (Connection connection = store(kind).connect();
        Statement statement =
            connection.createStatement(
                ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY)) {
      try (ResultSet rows =
          statement.executeQuery("SELECT id FROM f WHERE " + INTEGER + " ORDER BY id")) {
        assertThat(rows.last()).isTrue();
        assertThat(rows.getInt(1)).isEqualTo(3);
        assertThat(rows.previous()).isTrue();
        assertThat(rows.getInt(1)).isEqualTo(2);
      }
      statement.setMaxRows(2);
      assertThat(column(statement, "SELECT id FROM f WHERE " + INTEGER)).hasSize(2);
    }
  }

  /** A store that fetches bit by bit is read on when another statement runs. */
  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void aResultIsReadWhileOtherStatementsRun(TestStore.Kind kind) throws SQLException {
    try (Connection connection = store(kind).connect();
        Statement statement = connection.createStatement();
        Statement other = connection.createStatement()) {
      statement.setFetchSize(1);
      try (ResultSet rows =
          statement.executeQuery("SELECT id FROM f WHERE " + INTEGER + " ORDER BY id")) {
        assertThat(rows.next()).isTrue();
        other.executeUpdate("INSERT INTO f (id) VALUES (4)");
        assertThat(rows.getInt(1)).isEqualTo(1);
        assertThat(rows.next()).isTrue();
        assertThat(column(other, "SELECT COUNT(*) FROM f WHERE " + INTEGER)).containsExactly("4");
        assertThat(rows.getInt(1)).isEqualTo(2);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void aTransactionSeesItsOwnChanges(TestStore.Kind kind) throws SQLException {
    try (Connection connection = store(kind).connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.executeUpdate("DELETE FROM f WHERE id = 1");
      assertThat(column(statement, "SELECT id FROM f WHERE " + INTEGER + " ORDER BY id"))
          .containsExactly("2", "3");
      statement.executeUpdate("DELETE FROM f WHERE JSON_TYPE('1') = 'INTEGER' AND id = 2");
      connection.rollback();
      assertThat(column(statement, "SELECT COUNT(*) FROM f WHERE " + INTEGER)).containsExactly("3");
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void changesAreThoseOfAnyStatement(TestStore.Kind kind) throws SQLException {
    try (Connection connection = store(kind).connect();
        Statement statement = connection.createStatement()) {
      assertThat(
              statement.executeUpdate(
                  "INSERT INTO f (id, label, at) SELECT id + 10, JSON_TYPE('1'), at FROM f"))
          .isEqualTo(3);
      assertThat(column(statement, "SELECT label || CAST(at AS VARCHAR) FROM f WHERE id = 11"))
          .containsExactly("INTEGER" + TIME);

      assertThat(statement.executeUpdate("UPDATE f SET label = JSON_TYPE('{}') WHERE id = 1"))
          .isEqualTo(1);
      try (ResultSet row = statement.executeQuery("SELECT label, at, a, n FROM f WHERE id = 1")) {
        assertThat(row.next()).isTrue();
        assertThat(row.getString(1)).isEqualTo("OBJECT");
        assertThat(row.getString(2)).isEqualTo(TIME);
        assertThat(row.getString(3)).isEqualTo("[1,2]");
        assertThat(row.getInt(4)).isEqualTo(5);
      }

      assertThat(
              statement.executeUpdate(
                  "DELETE FROM f WHERE JSON_TYPE('1') = 'INTEGER' AND id IN (1, 2)"))
          .isEqualTo(2);
      assertThat(column(statement, "SELECT id FROM only_deleted.f ORDER BY id"))
          .containsExactly("1", "2");
      assertThat(column(statement, "SELECT COUNT(DISTINCT metaxy_deleted_at) FROM only_deleted.f"))
          .containsExactly("1");
      assertThat(
              statement.executeUpdate(
                  "UPDATE only_deleted.f SET metaxy_deleted_at = NULL WHERE JSON_TYPE('1') = 'INTEGER' AND id = 2"))
          .isEqualTo(1);

      assertThat(
              statement.executeUpdate(
                  "MERGE INTO f USING (SELECT 99 AS id, JSON_TYPE('1') AS label) s ON f.id = s.id WHEN NOT MATCHED THEN INSERT (id, label) VALUES (s.id, s.label)"))
          .isEqualTo(1);
      assertThat(column(statement, "SELECT id FROM f ORDER BY id"))
          .containsExactly("2", "3", "11", "12", "13", "99");

      statement.execute("SET hard_delete = true");
      assertThat(statement.executeUpdate("DELETE FROM f WHERE " + INTEGER + " AND id = 2"))
          .isEqualTo(1);
      assertThat(column(statement, "SELECT id FROM history.f WHERE id = 2")).isEmpty();
      assertThat(statement.executeUpdate("DELETE FROM f WHERE JSON_TYPE('1') = 'x'")).isZero();
      assertThatThrownBy(() -> statement.executeUpdate("DELETE FROM history.f WHERE " + INTEGER))
          .isInstanceOf(SQLFeatureNotSupportedException.class)
          .hasMessageContaining("SELECT the rows first");
    }
  }

  /** Not even a record with a NULL among its ids is left out. */
  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void aRecordWithoutAnIdIsDeletedToo(TestStore.Kind kind) throws SQLException {
    TestStore store = store(kind);
    try (Connection connection = store.connect();
        Statement statement = connection.createStatement()) {
      store.execute("UPDATE \"f\" SET \"id\" = NULL WHERE \"id\" = 3");

      assertThat(statement.executeUpdate("DELETE FROM f WHERE " + INTEGER)).isEqualTo(3);
      assertThat(column(statement, "SELECT id FROM f")).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void whatFailsWhileItIsComputedHasAState(TestStore.Kind kind) throws SQLException {
    try (Connection connection = store(kind).connect();
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> column(statement, "SELECT CAST(JSON_TYPE('1') AS INTEGER) FROM f"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("22018"));
      assertThatThrownBy(
              () -> column(statement, "SELECT n / (JSON_LENGTH('[1]') - 1) FROM f WHERE id = 1"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("22012"));
      assertThat(column(statement, "SELECT COUNT(*) FROM f WHERE " + INTEGER)).containsExactly("3");
    }
  }
}
