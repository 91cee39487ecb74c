package org.metaxyjdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.metaxyjdbc.testing.TestStore;

/** What {@code FOR SYSTEM_TIME AS OF} and the setting {@code as_of} show. */
class TimeTravelTest {
  private static final String CREATE =
      "CREATE TABLE f (id INTEGER, label VARCHAR, PRIMARY KEY (id))";

  /** What there is after each of these: id and label of the active records, then the deleted. */
  private static final List<String> CHANGES =
      List.of(
          "INSERT INTO f VALUES (1, 'a'), (2, 'b')",
          "UPDATE f SET label = 'c' WHERE id = 1",
          "DELETE FROM f WHERE id = 2",
          "INSERT INTO f VALUES (3, 'd')",
          "UPDATE only_deleted.f SET metaxy_deleted_at = NULL WHERE id = 2");

  private static final List<List<String>> ACTIVE =
      List.of(
          List.of("1 a", "2 b"),
          List.of("1 c", "2 b"),
          List.of("1 c"),
          List.of("1 c", "3 d"),
          List.of("1 c", "2 b", "3 d"));

  private static final List<List<String>> DELETED =
      List.of(List.of(), List.of(), List.of("2 b"), List.of("2 b"), List.of());

  /** The times of the changes, in their order. */
  private static List<OffsetDateTime> change(Statement statement) throws SQLException {
    statement.execute(CREATE);
    for (String change : CHANGES) {
      statement.execute(change);
    }
    List<OffsetDateTime> times = new ArrayList<>();
    try (ResultSet rows =
        statement.executeQuery("SELECT DISTINCT metaxy_valid_from FROM history.f ORDER BY 1")) {
      while (rows.next()) {
        times.add(rows.getObject(1, OffsetDateTime.class).withOffsetSameInstant(ZoneOffset.UTC));
      }
    }
    assertThat(times).hasSize(CHANGES.size());
    return times;
  }

  /** A way to look at a time. */
  private interface Look {
    List<String> rows(String table, OffsetDateTime time) throws SQLException;
  }

  private static String literal(OffsetDateTime time) {
    return "TIMESTAMP '" + time.toLocalDateTime().toString().replace('T', ' ') + "'";
  }

  private static void assertEveryTime(List<OffsetDateTime> times, Look look) throws SQLException {
    for (int i = 0; i < times.size(); i++) {
      OffsetDateTime time = times.get(i);
      for (int before : List.of(0, 1)) {
        OffsetDateTime at = time.minus(before, ChronoUnit.MICROS);
        List<String> active = i < before ? List.of() : ACTIVE.get(i - before);
        List<String> deleted = i < before ? List.of() : DELETED.get(i - before);
        List<String> both = new ArrayList<>(active);
        both.addAll(deleted);
        assertThat(look.rows("f", at)).as("%s", at).isEqualTo(active);
        assertThat(look.rows("active.f", at)).as("%s", at).isEqualTo(active);
        assertThat(look.rows("only_deleted.f", at)).as("%s", at).isEqualTo(deleted);
        assertThat(look.rows("include_deleted.f", at))
            .as("%s", at)
            .containsExactlyInAnyOrderElementsOf(both);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aLiteralIsExactToTheMicrosecondInEverySchema(TestStore.Kind kind) throws SQLException {
    try (Connection connection = kind.create().connect();
        Statement statement = connection.createStatement()) {
      List<OffsetDateTime> times = change(statement);
      assertEveryTime(
          times,
          (table, time) ->
              rows(
                  statement,
                  "SELECT id, label FROM %s FOR SYSTEM_TIME AS OF %s ORDER BY id"
                      .formatted(table, literal(time))));
      assertEveryTime(
          times,
          (table, time) ->
              rows(
                  statement,
                  "SELECT id, label FROM %s FOR SYSTEM_TIME AS OF '%s' ORDER BY id"
                      .formatted(
                          table,
                          time.withOffsetSameInstant(ZoneOffset.ofHoursMinutes(5, 30))
                              .toString())));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aParameterIsExactToTheMicrosecond(TestStore.Kind kind) throws SQLException {
    try (Connection connection = kind.create().connect();
        Statement statement = connection.createStatement()) {
      List<OffsetDateTime> times = change(statement);
      assertEveryTime(times, (table, time) -> rows(connection, table, time));
      assertEveryTime(times, (table, time) -> rows(connection, table, time.toLocalDateTime()));
      assertEveryTime(
          times, (table, time) -> rows(connection, table, Timestamp.from(time.toInstant())));
      assertEveryTime(
          times,
          (table, time) ->
              rows(connection, table, time.atZoneSameInstant(ZoneId.of("Asia/Tokyo")).toInstant()));
      assertEveryTime(
          times,
          (table, time) ->
              rows(connection, table, time.toLocalDateTime().toString().replace('T', ' ')));
    }
  }

  private static List<String> rows(Connection connection, String table, Object time)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT id, label FROM " + table + " FOR SYSTEM_TIME AS OF ? ORDER BY id")) {
      statement.setObject(1, time);
      try (ResultSet rows = statement.executeQuery()) {
        return texts(rows);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void theSettingIsExactToTheMicrosecond(TestStore.Kind kind) throws SQLException {
    TestStore store = kind.create();
    try (Connection connection = store.connect();
        Statement statement = connection.createStatement()) {
      List<OffsetDateTime> times = change(statement);
      assertEveryTime(
          times,
          (table, time) -> {
            statement.execute("SET as_of = '%s'".formatted(time));
            return rows(statement, "SELECT id, label FROM %s ORDER BY id".formatted(table));
          });
      assertEveryTime(
          times,
          (table, time) -> {
            statement.execute("ALTER SESSION SET as_of = " + literal(time));
            return rows(statement, "SELECT id, label FROM %s ORDER BY id".formatted(table));
          });
      assertEveryTime(
          times,
          (table, time) -> {
            connection.setClientInfo("as_of", time.toLocalDateTime().toString());
            return rows(statement, "SELECT id, label FROM %s ORDER BY id".formatted(table));
          });
      for (String none : List.of("SET as_of = none", "SET as_of = NULL", "RESET as_of")) {
        statement.execute("SET as_of = '%s'".formatted(times.get(0)));
        assertThat(connection.getClientInfo("as_of")).isEqualTo(times.get(0).toString());
        statement.execute(none);
        assertThat(connection.getClientInfo("as_of")).isNull();
        assertThat(rows(statement, "SELECT id, label FROM f ORDER BY id")).isEqualTo(ACTIVE.get(4));
      }
      try (Connection past = store.connect("as_of", times.get(1).toString());
          Statement reading = past.createStatement()) {
        assertThat(rows(reading, "SELECT id, label FROM f ORDER BY id")).isEqualTo(ACTIVE.get(1));
        reading.execute("SET as_of = none");
        assertThat(rows(reading, "SELECT id, label FROM f ORDER BY id")).isEqualTo(ACTIVE.get(4));
        reading.execute("RESET as_of");
        assertThat(rows(reading, "SELECT id, label FROM f ORDER BY id")).isEqualTo(ACTIVE.get(1));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void historyShowsValidityAsItWas(TestStore.Kind kind) throws SQLException {
    try (Connection connection = kind.create().connect();
        Statement statement = connection.createStatement()) {
      List<OffsetDateTime> times = change(statement);
      String columns =
          "SELECT id, label, metaxy_deleted_at IS NOT NULL, metaxy_is_current, metaxy_valid_to IS NULL FROM history.f";
      assertThat(
              rows(
                  statement,
                  columns
                      + " FOR SYSTEM_TIME AS OF %s ORDER BY id, metaxy_valid_from"
                          .formatted(literal(times.get(1)))))
          .containsExactly("1 a false false false", "1 c false true true", "2 b false true true");
      statement.execute("SET as_of = '%s'".formatted(times.get(2).minus(1, ChronoUnit.MICROS)));
      assertThat(rows(statement, columns + " WHERE id = 2")).containsExactly("2 b false true true");
      statement.execute("SET as_of = '%s'".formatted(times.get(2)));
      assertThat(rows(statement, columns + " WHERE id = 2 ORDER BY metaxy_valid_from"))
          .containsExactly("2 b false false false", "2 b true true true");
    }
  }

  @ParameterizedTest
  @EnumSource
  void twoTimesMeetInOneStatement(TestStore.Kind kind) throws SQLException {
    try (Connection connection = kind.create().connect();
        Statement statement = connection.createStatement()) {
      List<OffsetDateTime> times = change(statement);
      assertThat(
              rows(
                  statement,
                  "SELECT now.id, old.label, now.label FROM f AS now JOIN f FOR SYSTEM_TIME AS OF %s AS old ON now.id = old.id WHERE now.label <> old.label"
                      .formatted(literal(times.get(0)))))
          .containsExactly("1 a c");
      assertThat(
              rows(
                  statement,
                  "SELECT id FROM f WHERE id NOT IN (SELECT id FROM f FOR SYSTEM_TIME AS OF %s) ORDER BY id"
                      .formatted(literal(times.get(2)))))
          .containsExactly("2", "3");
      statement.execute("SET as_of = '%s'".formatted(times.get(2)));
      assertThat(
              rows(
                  statement,
                  "SELECT a.id, b.label FROM f AS a JOIN f FOR SYSTEM_TIME AS OF %s AS b ON a.id = b.id"
                      .formatted(literal(times.get(0)))))
          .as("a table's own time goes before that of the session")
          .containsExactly("1 a");
    }
  }

  @ParameterizedTest
  @EnumSource
  void expressionsAreComputedByTheStore(TestStore.Kind kind) throws SQLException {
    try (Connection connection = kind.create().connect();
        Statement statement = connection.createStatement()) {
      change(statement);
      String count = "SELECT COUNT(*) FROM f FOR SYSTEM_TIME AS OF ";
      assertThat(rows(statement, count + "CURRENT_TIMESTAMP - INTERVAL '1' DAY"))
          .containsExactly("0");
      assertThat(rows(statement, count + "CURRENT_TIMESTAMP + INTERVAL '1' DAY"))
          .as("of a time to come, what is known now")
          .containsExactly("3");
      assertThat(rows(statement, count + "DATE '2001-01-01'")).containsExactly("0");
      try (PreparedStatement ago =
          connection.prepareStatement(
              count + "CURRENT_TIMESTAMP - INTERVAL '1' HOUR * CAST(? AS INTEGER)")) {
        ago.setInt(1, 2);
        try (ResultSet rows = ago.executeQuery()) {
          assertThat(texts(rows)).containsExactly("0");
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void thePastCanBeBroughtBack(TestStore.Kind kind) throws SQLException {
    try (Connection connection = kind.create().connect();
        Statement statement = connection.createStatement()) {
      List<OffsetDateTime> times = change(statement);
      statement.executeUpdate(
          "INSERT INTO f (id, label) SELECT id, label FROM f FOR SYSTEM_TIME AS OF %s WHERE id = 1"
              .formatted(literal(times.get(0))));
      assertThat(rows(statement, "SELECT id, label FROM f ORDER BY id"))
          .containsExactly("1 a", "2 b", "3 d");
      assertThat(
              statement.executeUpdate(
                  "DELETE FROM f WHERE id IN (SELECT id FROM f FOR SYSTEM_TIME AS OF %s)"
                      .formatted(literal(times.get(1)))))
          .isEqualTo(2);
      assertThat(rows(statement, "SELECT id, label FROM f ORDER BY id")).containsExactly("3 d");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSessionThatLooksAtThePastWritesNothing(TestStore.Kind kind) throws SQLException {
    try (Connection connection = kind.create().connect();
        Statement statement = connection.createStatement()) {
      List<OffsetDateTime> times = change(statement);
      statement.execute("SET as_of = '%s'".formatted(times.get(4)));
      for (String change :
          List.of(
              "INSERT INTO f VALUES (9, 'x')",
              "UPDATE f SET label = 'x'",
              "DELETE FROM f",
              "UPDATE only_deleted.f SET metaxy_deleted_at = NULL",
              "CREATE TABLE g (id INTEGER PRIMARY KEY)",
              "ALTER TABLE f ADD COLUMN c INTEGER",
              "DROP TABLE f")) {
        assertFails(() -> statement.execute(change), "25006", "as_of");
      }
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO f VALUES (?, 'x')")) {
        insert.setInt(1, 9);
        insert.addBatch();
        assertFails(insert::executeBatch, "25006", "as_of");
      }
      assertThat(rows(statement, "EXPLAIN PLAN FOR DELETE FROM f")).isNotEmpty();
      statement.execute("RESET as_of");
      assertThat(rows(statement, "SELECT id, label FROM f ORDER BY id")).isEqualTo(ACTIVE.get(4));
      assertThat(statement.executeUpdate("DELETE FROM f WHERE id = 1")).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void badTimesAreExplained(TestStore.Kind kind) throws SQLException {
    TestStore store = kind.create();
    try (Connection connection = store.connect();
        Statement statement = connection.createStatement()) {
      change(statement);
      OffsetDateTime tomorrow = OffsetDateTime.now(ZoneOffset.UTC).plusDays(1);
      assertFails(
          () -> statement.execute("SET as_of = '%s'".formatted(tomorrow)), "22023", "future");
      assertFails(() -> statement.execute("SET as_of = yesterday"), "22007", "yesterday");
      assertFails(() -> statement.execute("SET as_of = '2024-02-30'"), "22007", "2024-02-30");
      assertFails(() -> connection.setClientInfo("as_of", "then"), "22007", "then");
      assertFails(() -> store.connect("as_of", "then").close(), "22007", "then");
      assertFails(
          () -> DriverManager.getConnection("jdbc:metaxy:;metaxy.as_of=" + tomorrow).close(),
          "22023",
          "future");
      String f = "SELECT * FROM f FOR SYSTEM_TIME AS OF ";
      assertFails(() -> statement.execute(f + "'then'"), "22007", "then");
      assertFails(() -> statement.execute(f + "TIMESTAMP '2024-13-01 00:00:00'"), "42000", "");
      assertFails(() -> statement.execute(f + "17"), "42000", "Timestamp");
      assertThatThrownBy(
              () ->
                  statement.execute(
                      "SELECT * FROM f AS a JOIN f FOR SYSTEM_TIME AS OF a.metaxy_updated_at AS b ON a.id = b.id"))
          .isInstanceOf(SQLException.class);
      assertThatThrownBy(
              () ->
                  statement.execute(
                      "WITH w AS (SELECT * FROM f) SELECT * FROM w FOR SYSTEM_TIME AS OF '2024-01-01'"))
          .isInstanceOf(SQLFeatureNotSupportedException.class);
      assertFails(
          () ->
              statement.execute(
                  "SELECT * FROM registry.features FOR SYSTEM_TIME AS OF '2024-01-01'"),
          "42000",
          "temporal");
    }
  }

  @ParameterizedTest
  @EnumSource
  void explainShowsTheTime(TestStore.Kind kind) throws SQLException {
    try (Connection connection = kind.create().connect();
        Statement statement = connection.createStatement()) {
      change(statement);
      Consumer<String> explained =
          plan ->
              assertThat(plan).contains("StoreSql").contains("2024-01-31 10:30:00").contains("<=");
      explained.accept(
          String.join(
              "\n",
              rows(
                  statement,
                  "EXPLAIN PLAN FOR SELECT id FROM f FOR SYSTEM_TIME AS OF '2024-01-31 10:30:00'")));
      statement.execute("SET as_of = '2024-01-31 10:30:00'");
      assertThat(String.join("\n", rows(statement, "EXPLAIN PLAN FOR SELECT id FROM f")))
          .contains("<= CAST(?");
    }
  }

  /** LocalDateTime and the like have no zone, and mean UTC. */
  @ParameterizedTest
  @EnumSource
  void aTimeWithoutZoneIsUtc(TestStore.Kind kind) throws SQLException {
    TestStore store = kind.create();
    try (Connection connection = store.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(CREATE);
      statement.execute("INSERT INTO f VALUES (1, 'a')");
      try (Connection raw = store.raw();
          PreparedStatement move =
              raw.prepareStatement("UPDATE \"f\" SET \"metaxy_updated_at\" = ?")) {
        move.setObject(1, OffsetDateTime.parse("2020-06-01T12:00:00.000001Z"));
        move.executeUpdate();
      }
      for (String missed :
          List.of(
              "TIMESTAMP '2020-06-01 12:00:00'",
              "'2020-06-01 12:00:00.0000009'",
              "'2020-06-01T14:00:00+02:00'")) {
        assertThat(rows(statement, "SELECT id FROM f FOR SYSTEM_TIME AS OF " + missed)).isEmpty();
      }
      for (String seen :
          List.of(
              "TIMESTAMP '2020-06-01 12:00:00.000001'",
              "'2020-06-01 12:00:00.000001'",
              "'2020-06-01T14:00:00.000001+02:00'",
              "'2020-06-01 12:00:00.000001999'",
              "'2020-06-02'")) {
        assertThat(rows(statement, "SELECT id FROM f FOR SYSTEM_TIME AS OF " + seen)).hasSize(1);
      }
      assertThat(rows(connection, "f", LocalDateTime.parse("2020-06-01T12:00:00"))).isEmpty();
      assertThat(rows(connection, "f", LocalDateTime.parse("2020-06-01T12:00:00.000001")))
          .hasSize(1);
    }
  }

  private static void assertFails(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String state, String hint) {
    assertThatThrownBy(call)
        .isInstanceOf(SQLException.class)
        .hasMessageContaining(hint)
        .extracting(e -> ((SQLException) e).getSQLState())
        .isEqualTo(state);
  }

  private static List<String> rows(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      return texts(rows);
    }
  }

  private static List<String> texts(ResultSet rows) throws SQLException {
    List<String> texts = new ArrayList<>();
    while (rows.next()) {
      List<String> row = new ArrayList<>();
      for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
        row.add(String.valueOf(rows.getObject(i)));
      }
      texts.add(String.join(" ", row));
    }
    return texts;
  }
}
