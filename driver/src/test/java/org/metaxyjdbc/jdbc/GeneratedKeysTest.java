package org.metaxyjdbc.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.metaxyjdbc.testing.TestStore;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.SimpleJdbcInsert;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.KeyHolder;

/** What an INSERT has inserted comes back to programs that ask for it as generated keys. */
class GeneratedKeysTest {
  private static Connection notes(TestStore.Kind kind) throws SQLException {
    Connection connection = kind.createInMemory().connect();
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TABLE notes (id BIGINT, part VARCHAR, note VARCHAR, price DECIMAL(10, 2),
            at TIMESTAMP, level INTEGER DEFAULT 7, PRIMARY KEY (id, part))
          """);
    }
    return connection;
  }

  private static List<String> keys(Statement statement) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (ResultSet keys = statement.getGeneratedKeys()) {
      while (keys.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= keys.getMetaData().getColumnCount(); i++) {
          row.add(keys.getString(i));
        }
        rows.add(String.join(" ", row));
      }
    }
    return rows;
  }

  private static void requireState(String state, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            SQLException.class,
            e -> assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo(state));
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void theIdsOfInsertedRecordsAreTheirKeys(TestStore.Kind kind) throws SQLException {
    try (Connection connection = notes(kind);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "INSERT INTO notes (part, id) VALUES ('a', 1), ('b', 2)",
          Statement.RETURN_GENERATED_KEYS);
      try (ResultSet keys = statement.getGeneratedKeys()) {
        ResultSetMetaData columns = keys.getMetaData();
        assertThat(columns.getColumnCount()).isEqualTo(2);
        assertThat(columns.getColumnName(1)).isEqualTo("id");
        assertThat(columns.getColumnType(1)).isEqualTo(Types.BIGINT);
        keys.next();
        assertThat(keys.getObject(1)).isEqualTo(1L);
        assertThat(keys.getString("part")).isEqualTo("a");
      }
      assertThat(keys(statement)).containsExactly("1 a", "2 b");
      statement.execute("INSERT INTO notes SELECT id + 10, part, note FROM notes", 1);
      assertThat(keys(statement)).containsExactlyInAnyOrder("11 a", "12 b");
      statement.executeLargeUpdate("INSERT INTO notes SELECT * FROM notes WHERE id < 0", 1);
      assertThat(keys(statement)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void aBatchHasTheKeysOfAllItsRows(TestStore.Kind kind) throws SQLException {
    try (Connection connection = notes(kind);
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO notes (id, part) VALUES (?, ?)", Statement.RETURN_GENERATED_KEYS)) {
      for (int i = 1; i <= 3; i++) {
        insert.setString(1, Integer.toString(i));
        insert.setString(2, "a");
        insert.addBatch();
      }
      insert.executeBatch();
      assertThat(keys(insert)).containsExactly("1 a", "2 a", "3 a");
      try (ResultSet keys = insert.getGeneratedKeys()) {
        keys.next();
        assertThat(keys.getObject(1)).as("in the type of the column").isEqualTo(1L);
      }
      insert.setInt(1, 4);
      insert.setString(2, "b");
      insert.executeUpdate();
      assertThat(keys(insert)).containsExactly("4 b");
      insert.setInt(1, 5);
      insert.addBatch();
      insert.setString(2, null);
      insert.addBatch();
      requireState("23502", insert::executeBatch);
      assertThat(keys(insert)).as("nothing was inserted").isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void columnsComeBackByNameAndByNumber(TestStore.Kind kind) throws SQLException {
    try (Connection connection = notes(kind);
        Statement statement = connection.createStatement()) {
      String insert =
          "INSERT INTO notes (id, part, price, at) VALUES (1, 'a', 1.5, TIMESTAMP '2026-01-02 03:04:05.678901')";
      statement.executeUpdate(
          insert, new String[] {"AT", "price", "metaxy_created_at", "metaxy_data_version"});
      try (ResultSet keys = statement.getGeneratedKeys();
          Statement again = connection.createStatement();
          ResultSet stored =
              again.executeQuery(
                  "SELECT metaxy_created_at, metaxy_data_version FROM notes WHERE id = 1")) {
        stored.next();
        keys.next();
        assertThat(keys.getTimestamp("at"))
            .isEqualTo(Timestamp.valueOf("2026-01-02 03:04:05.678901"));
        assertThat(keys.getBigDecimal("price")).isEqualByComparingTo(new BigDecimal("1.5"));
        assertThat(keys.getTimestamp(3)).isEqualTo(stored.getTimestamp(1));
        assertThat(keys.getString(4)).isEqualTo(stored.getString(2));
      }
      statement.executeUpdate(insert, new String[] {"id", "level", "note"});
      assertThat(keys(statement)).as("with the default of the store").containsExactly("1 7 null");
      statement.executeUpdate(insert, new int[] {2, 1});
      assertThat(keys(statement)).containsExactly("a 1");
      try (PreparedStatement prepared =
          connection.prepareStatement(
              "INSERT INTO notes (id, part) VALUES (9, 'z')", new int[] {1})) {
        prepared.execute();
        assertThat(keys(prepared)).containsExactly("9");
      }
      try (PreparedStatement prepared =
          connection.prepareStatement(
              "INSERT INTO notes (id, part) VALUES (8, 'z')", new String[] {"part"})) {
        prepared.execute();
        assertThat(keys(prepared)).containsExactly("z");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void aKeyThatThereIsNotInsertsNothing(TestStore.Kind kind) throws SQLException {
    try (Connection connection = notes(kind);
        Statement statement = connection.createStatement()) {
      String insert = "INSERT INTO notes (id, part) VALUES (1, 'a')";
      assertThatThrownBy(() -> statement.executeUpdate(insert, new String[] {"nothing"}))
          .hasMessageContaining("'nothing'")
          .hasMessageContaining("part")
          .hasFieldOrPropertyWithValue("SQLState", "42S22");
      requireState("42S22", () -> statement.executeUpdate(insert, new int[] {99}));
      requireState("HY009", () -> statement.executeUpdate(insert, 5));
      try (ResultSet rows = statement.executeQuery("SELECT id FROM notes")) {
        assertThat(rows.next()).isFalse();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void springFindsItsKeys(TestStore.Kind kind) throws SQLException {
    try (Connection connection = kind.createInMemory().connect()) {
      JdbcTemplate spring = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
      spring.execute("CREATE TABLE notes (id BIGINT PRIMARY KEY, note VARCHAR)");
      KeyHolder keys = new GeneratedKeyHolder();
      spring.update(
          session ->
              session.prepareStatement(
                  "INSERT INTO notes VALUES (3, 'x')", Statement.RETURN_GENERATED_KEYS),
          keys);
      assertThat(keys.getKey()).isEqualTo(3L);
      assertThat(
              new SimpleJdbcInsert(spring)
                  .withSchemaName("active")
                  .withTableName("notes")
                  .usingColumns("id", "note")
                  .usingGeneratedKeyColumns("metaxy_data_version")
                  .executeAndReturnKeyHolder(Map.of("id", 4, "note", "y"))
                  .getKeys())
          .containsEntry(
              "metaxy_data_version",
              spring.queryForObject(
                  "SELECT metaxy_data_version FROM notes WHERE id = 4", String.class));
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void otherStatementsHaveNoKeys(TestStore.Kind kind) throws SQLException {
    try (Connection connection = notes(kind);
        Statement statement = connection.createStatement()) {
      assertThat(connection.getMetaData().supportsGetGeneratedKeys()).isTrue();
      String insert = "INSERT INTO notes (id, part) VALUES (1, 'a')";
      statement.executeUpdate(insert, Statement.RETURN_GENERATED_KEYS);
      assertThat(keys(statement)).hasSize(1);
      for (String sql :
          List.of(
              "UPDATE notes SET note = 'x'",
              "MERGE INTO notes USING (SELECT 2 AS id) s ON notes.id = s.id WHEN NOT MATCHED THEN INSERT (id, part) VALUES (2, 'a')",
              "DELETE FROM notes")) {
        assertThat(statement.executeUpdate(sql, Statement.RETURN_GENERATED_KEYS)).isPositive();
        assertThat(keys(statement)).as(sql).isEmpty();
      }
      statement.executeUpdate(insert, Statement.NO_GENERATED_KEYS);
      assertThat(keys(statement)).isEmpty();
      statement.executeUpdate(insert, new String[0]);
      assertThat(keys(statement)).isEmpty();
      statement.executeUpdate(insert);
      assertThat(keys(statement)).isEmpty();
    }
  }
}
