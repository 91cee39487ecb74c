package org.metaxyjdbc.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Date;
import java.sql.JDBCType;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.List;
import java.util.TimeZone;
import java.util.UUID;
import javax.sql.rowset.serial.SerialBlob;
import javax.sql.rowset.serial.SerialClob;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.metaxyjdbc.testing.DemoStore;
import org.metaxyjdbc.testing.TestStore;

/** Values given for parameters arrive as they are, and can be had in every type that fits. */
class ParameterTest {
  /** Gives a value for the parameter. */
  @FunctionalInterface
  private interface Given {
    void to(PreparedStatement statement, int parameter) throws SQLException;
  }

  /** A value for a column, and what it then is. */
  private record Case(String column, Given given, Class<?> type, Object expected) {
    static Case of(String column, Object given, Class<?> type, Object expected) {
      return new Case(column, (statement, i) -> statement.setObject(i, given), type, expected);
    }

    static Case of(String column, Object value) {
      return of(column, value, value.getClass(), value);
    }
  }

  private static final UUID ID = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
  private static final OffsetDateTime INSTANT =
      OffsetDateTime.of(2026, 3, 29, 1, 30, 0, 123_456_000, ZoneOffset.UTC);
  private static final LocalDateTime CLOCK = LocalDateTime.of(2026, 3, 29, 2, 30, 0, 123_456_000);
  private static final Calendar TOKYO = Calendar.getInstance(TimeZone.getTimeZone("Asia/Tokyo"));
  private static final byte[] BYTES = {0, 1, -1, 127};

  private static final List<Case> CASES =
      List.of(
          Case.of("path", "a'b\"ü😀"),
          Case.of("path", 'c', String.class, "c"),
          new Case("path", (s, i) -> s.setNString(i, "n"), String.class, "n"),
          new Case(
              "path",
              (s, i) -> s.setCharacterStream(i, new StringReader("streamed")),
              String.class,
              "streamed"),
          new Case(
              "path",
              (s, i) -> s.setCharacterStream(i, new StringReader("streamed"), 3),
              String.class,
              "str"),
          new Case(
              "path",
              (s, i) -> s.setClob(i, new SerialClob("clob".toCharArray())),
              String.class,
              "clob"),
          new Case(
              "path", (s, i) -> s.setNClob(i, new StringReader("nclob")), String.class, "nclob"),
          new Case(
              "path",
              (s, i) ->
                  s.setAsciiStream(
                      i, new ByteArrayInputStream("ascii".getBytes(StandardCharsets.US_ASCII)), 5),
              String.class,
              "ascii"),
          Case.of("size", Long.MIN_VALUE),
          Case.of("size", 7, Long.class, 7L),
          Case.of("size", new BigDecimal("8"), Long.class, 8L),
          new Case("size", (s, i) -> s.setObject(i, "9", Types.BIGINT), Long.class, 9L),
          new Case("size", (s, i) -> s.setObject(i, 9, JDBCType.BIGINT), Integer.class, 9),
          new Case("size", (s, i) -> s.setInt(i, 5), BigDecimal.class, new BigDecimal("5")),
          new Case("\"order\"", (s, i) -> s.setShort(i, (short) 5), Short.class, (short) 5),
          new Case("\"order\"", (s, i) -> s.setByte(i, (byte) 5), Byte.class, (byte) 5),
          Case.of("duration", 0.1),
          new Case("quality", (s, i) -> s.setFloat(i, 0.1f), Float.class, 0.1f),
          Case.of("price", new BigDecimal("12345678.91")),
          new Case(
              "price",
              (s, i) -> s.setObject(i, 1.5, Types.DECIMAL, 2),
              BigDecimal.class,
              new BigDecimal("1.50")),
          Case.of("is_public", true),
          new Case("is_public", (s, i) -> s.setBoolean(i, false), Boolean.class, false),
          Case.of("day", LocalDate.of(1582, 10, 15)),
          Case.of("day", Date.valueOf("2026-01-02"), LocalDate.class, LocalDate.of(2026, 1, 2)),
          Case.of("day", LocalDate.of(2026, 1, 2), Date.class, Date.valueOf("2026-01-02")),
          Case.of("\"at\"", CLOCK),
          Case.of("\"at\"", Timestamp.valueOf(CLOCK), LocalDateTime.class, CLOCK),
          Case.of("\"at\"", CLOCK, Timestamp.class, Timestamp.valueOf(CLOCK)),
          new Case(
              "\"at\"",
              (s, i) -> s.setTimestamp(i, Timestamp.from(INSTANT.toInstant()), TOKYO),
              LocalDateTime.class,
              LocalDateTime.of(2026, 3, 29, 10, 30, 0, 123_456_000)),
          Case.of("seen_at", INSTANT),
          Case.of("seen_at", INSTANT.toInstant(), Instant.class, INSTANT.toInstant()),
          Case.of(
              "seen_at",
              INSTANT.atZoneSameInstant(ZoneId.of("Asia/Tokyo")),
              OffsetDateTime.class,
              INSTANT),
          Case.of("seen_at", INSTANT, ZonedDateTime.class, INSTANT.toZonedDateTime()),
          Case.of("seen_at", Timestamp.from(INSTANT.toInstant()), OffsetDateTime.class, INSTANT),
          new Case(
              "seen_at",
              (s, i) -> s.setTimestamp(i, Timestamp.from(INSTANT.toInstant()), TOKYO),
              OffsetDateTime.class,
              INSTANT),
          new Case(
              "seen_at",
              (s, i) -> s.setObject(i, INSTANT, Types.TIMESTAMP_WITH_TIMEZONE),
              OffsetDateTime.class,
              INSTANT),
          Case.of("clock", LocalTime.of(23, 59, 59)),
          Case.of("clock", Time.valueOf("10:00:00"), LocalTime.class, LocalTime.of(10, 0)),
          Case.of("\"uuid\"", ID),
          Case.of("\"uuid\"", ID, String.class, ID.toString()),
          Case.of("\"uuid\"", ID.toString(), UUID.class, ID),
          new Case("doc", (s, i) -> s.setString(i, "{\"a\": [1]}"), String.class, "{\"a\": [1]}"),
          new Case("thumbnail", (s, i) -> s.setBytes(i, BYTES), byte[].class, BYTES),
          Case.of("thumbnail", BYTES),
          new Case(
              "thumbnail",
              (s, i) -> s.setBinaryStream(i, new ByteArrayInputStream(BYTES)),
              byte[].class,
              BYTES),
          new Case(
              "thumbnail", (s, i) -> s.setBlob(i, new SerialBlob(BYTES)), byte[].class, BYTES));

  private static String where(String column, Case wanted) {
    return column + " given for " + wanted.expected() + " as " + wanted.type().getSimpleName();
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void everyValueArrivesInEveryTypeThatFits(TestStore.Kind kind) throws SQLException {
    try (Connection connection = VideoStore.create(kind).connect()) {
      for (Case some : CASES) {
        String where = where(some.column(), some);
        boolean isPrice = some.column().equals("price");
        try (PreparedStatement insert =
            connection.prepareStatement(
                isPrice
                    ? "INSERT INTO video__raw (video_id, price) VALUES ('x', ?)"
                    : "INSERT INTO video__raw (video_id, price, %s) VALUES ('x', 1, ?)"
                        .formatted(some.column()))) {
          some.given().to(insert, 1);
          assertThat(insert.executeUpdate()).as(where).isEqualTo(1);
        } catch (SQLException e) {
          throw new AssertionError(where, e);
        }
        try (Statement select = connection.createStatement();
            ResultSet rows =
                select.executeQuery(
                    "SELECT %s FROM video__raw WHERE video_id = 'x'".formatted(some.column()))) {
          assertThat(rows.next()).isTrue();
          Object value = rows.getObject(1, some.type());
          if (some.column().equals("doc")) {
            assertThat(((String) value).replace(" ", "")).isEqualTo("{\"a\":[1]}");
          } else if (value instanceof OffsetDateTime time) {
            // H2 keeps the offset that a time was given with.
            assertThat(time.toInstant())
                .as(where)
                .isEqualTo(((OffsetDateTime) some.expected()).toInstant());
          } else {
            assertThat(value).as(where).isEqualTo(some.expected());
          }
          assertThat(rows.getObject(1)).as(where).isNotNull();
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void everyValueFindsItselfInAPredicate(TestStore.Kind kind) throws SQLException {
    try (Connection connection = VideoStore.create(kind).connect()) {
      for (Case some : CASES) {
        if (some.column().equals("doc") || some.column().equals("quality")) {
          continue;
        }
        String where = where(some.column(), some);
        boolean isPrice = some.column().equals("price");
        try (PreparedStatement insert =
                connection.prepareStatement(
                    isPrice
                        ? "INSERT INTO video__raw (video_id, price) VALUES ('x', ?)"
                        : "INSERT INTO video__raw (video_id, price, %s) VALUES ('x', 1, ?)"
                            .formatted(some.column()));
            PreparedStatement select =
                connection.prepareStatement(
                    "SELECT COUNT(*) FROM video__raw WHERE video_id = 'x' AND %s = ?"
                        .formatted(some.column()))) {
          some.given().to(insert, 1);
          insert.executeUpdate();
          some.given().to(select, 1);
          for (int i = 0; i < 2; i++) {
            try (ResultSet rows = select.executeQuery()) {
              rows.next();
              assertThat(rows.getLong(1)).as(where).isEqualTo(1);
            }
          }
        } catch (SQLException e) {
          throw new AssertionError(where, e);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void nullIsGivenWithAndWithoutType(TestStore.Kind kind) throws SQLException {
    List<Given> nulls =
        List.of(
            (s, i) -> s.setNull(i, Types.NULL),
            (s, i) -> s.setNull(i, Types.VARCHAR),
            (s, i) -> s.setNull(i, Types.OTHER),
            (s, i) -> s.setObject(i, null),
            (s, i) -> s.setObject(i, null, Types.TIMESTAMP),
            (s, i) -> s.setString(i, null),
            (s, i) -> s.setBytes(i, null),
            (s, i) -> s.setTimestamp(i, null),
            (s, i) -> s.setBigDecimal(i, null),
            (s, i) -> s.setCharacterStream(i, null),
            (s, i) -> s.setArray(i, null));
    List<String> columns =
        List.of(
            "path",
            "size",
            "duration",
            "is_public",
            "day",
            "\"at\"",
            "seen_at",
            "clock",
            "\"uuid\"",
            "doc",
            "tags",
            "thumbnail");
    try (Connection connection = VideoStore.create(kind).connect()) {
      for (String column : columns) {
        for (int n = 0; n < nulls.size(); n++) {
          try (PreparedStatement update =
              connection.prepareStatement(
                  "UPDATE video__raw SET %s = ? WHERE video_id = 'a'".formatted(column))) {
            nulls.get(n).to(update, 1);
            assertThat(update.executeUpdate()).isEqualTo(1);
          } catch (SQLException e) {
            throw new AssertionError("NULL no. " + n + " for " + column, e);
          }
        }
        try (Statement select = connection.createStatement();
            ResultSet rows =
                select.executeQuery(
                    "SELECT %s FROM video__raw WHERE video_id = 'a'".formatted(column))) {
          rows.next();
          assertThat(rows.getObject(1)).isNull();
          assertThat(rows.wasNull()).isTrue();
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void listsGoInAndOutAsArrays(TestStore.Kind kind) throws SQLException {
    try (Connection connection = VideoStore.create(kind).connect();
        PreparedStatement update =
            connection.prepareStatement("UPDATE video__raw SET tags = ? WHERE video_id = 'a'");
        Statement select = connection.createStatement()) {
      update.setArray(1, connection.createArrayOf("VARCHAR", new Object[] {"x", null, "y,z"}));
      assertThat(update.executeUpdate()).isEqualTo(1);
      try (ResultSet rows =
          select.executeQuery("SELECT tags FROM video__raw WHERE video_id = 'a'")) {
        rows.next();
        assertThat((Object[]) rows.getArray(1).getArray()).containsExactly("x", null, "y,z");
        assertThat(rows.getString(1)).isEqualTo("[\"x\",null,\"y,z\"]");
        update.setArray(1, rows.getArray(1));
      }
      assertThat(update.executeUpdate()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void valuesAreReadAsStreamsAndLargeObjects(TestStore.Kind kind) throws Exception {
    try (Connection connection = VideoStore.create(kind).connect();
        PreparedStatement update =
            connection.prepareStatement(
                "UPDATE video__raw SET path = ?, thumbnail = ?, \"at\" = ? WHERE video_id = 'a'");
        Statement select = connection.createStatement()) {
      update.setString(1, "text");
      update.setBytes(2, BYTES);
      update.setObject(3, CLOCK);
      update.executeUpdate();
      try (ResultSet rows =
          select.executeQuery(
              "SELECT path, thumbnail, \"at\" FROM video__raw WHERE video_id = 'a'")) {
        rows.next();
        assertThat(rows.getAsciiStream(1)).hasContent("text");
        assertThat(rows.getCharacterStream("path").read()).isEqualTo('t');
        assertThat(rows.getClob(1).getSubString(1, 4)).isEqualTo("text");
        assertThat(rows.getBinaryStream(2).readAllBytes()).isEqualTo(BYTES);
        assertThat(rows.getBlob(2).getBytes(1, 4)).isEqualTo(BYTES);
        assertThat(rows.getTimestamp(3, TOKYO).toInstant())
            .isEqualTo(CLOCK.atZone(ZoneId.of("Asia/Tokyo")).toInstant());
      }
      assertThatThrownBy(() -> update.setCharacterStream(1, new StringReader("short"), 9))
          .isInstanceOf(SQLException.class)
          .hasFieldOrPropertyWithValue("SQLState", "22000");
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void parametersOfCalculationsTakeTheTypeBesideThem(TestStore.Kind kind) throws SQLException {
    try (Connection connection = VideoStore.create(kind).connect();
        PreparedStatement update =
            connection.prepareStatement(
                "UPDATE video__raw SET size = size + ? WHERE (size + ?) * 2 = ? * 2");
        PreparedStatement select =
            connection.prepareStatement(
                "SELECT size, size * ? + 1 FROM video__raw WHERE ? = size - ? AND video_id = ?")) {
      update.setInt(1, 100);
      update.setInt(2, 1);
      update.setInt(3, 8);
      assertThat(update.executeUpdate()).isEqualTo(1);
      select.setInt(1, 2);
      select.setInt(2, 100);
      select.setInt(3, 7);
      select.setString(4, "a");
      try (ResultSet rows = select.executeQuery()) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getLong(1)).isEqualTo(107);
        assertThat(rows.getLong(2)).isEqualTo(215);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void escapesAreUnderstood(TestStore.Kind kind) throws SQLException {
    try (Connection connection = VideoStore.create(kind).connect();
        Statement statement = connection.createStatement()) {
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT {ts '2026-01-02 03:04:05.678901'}, {d '2026-01-02'}, {t '03:04:05'}, "
                  + "{fn UCASE('a')}, {fn CONCAT('a', 'b')}, {fn LENGTH('abc')}, "
                  + "{fn TIMESTAMPADD(SQL_TSI_DAY, 1, {d '2026-01-02'})}, video_id "
                  + "FROM video__raw WHERE video_id = 'a'")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString(1)).isEqualTo("2026-01-02 03:04:05.678901");
        assertThat(rows.getDate(2)).isEqualTo(Date.valueOf("2026-01-02"));
        assertThat(rows.getTime(3)).isEqualTo(Time.valueOf("03:04:05"));
        assertThat(rows.getString(4)).isEqualTo("A");
        assertThat(rows.getString(5)).isEqualTo("ab");
        assertThat(rows.getInt(6)).isEqualTo(3);
        assertThat(rows.getObject(7, LocalDate.class)).isEqualTo(LocalDate.of(2026, 1, 3));
        assertThat(rows.next()).isFalse();
      }
      assertThatThrownBy(() -> connection.prepareCall("{call p()}"))
          .isInstanceOf(SQLFeatureNotSupportedException.class)
          .hasFieldOrPropertyWithValue("SQLState", "0A000");
      assertThatThrownBy(() -> statement.execute("{call p()}")).isInstanceOf(SQLException.class);
    }
  }

  /** Nothing says what they are, so they are text, as in PostgreSQL. */
  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void aParameterWithoutATypeIsText(TestStore.Kind kind) throws SQLException {
    try (Connection connection = kind.create().connect()) {
      for (String sql :
          List.of(
              "SELECT ?",
              "VALUES (?)",
              "SELECT a FROM (VALUES (?)) AS t(a)",
              "SELECT '' || ?",
              "SELECT COALESCE(NULL, ?)",
              "SELECT CASE WHEN 1 = 1 THEN ? END",
              "SELECT LOWER(?)",
              "SELECT MAX(?)")) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
          statement.setString(1, "x");
          try (ResultSet rows = statement.executeQuery()) {
            assertThat(rows.next()).as(sql).isTrue();
            assertThat(rows.getString(1)).as(sql).isEqualTo("x");
          }
          statement.setNull(1, Types.NULL);
          try (ResultSet rows = statement.executeQuery()) {
            assertThat(rows.next()).as(sql).isTrue();
            assertThat(rows.getObject(1)).as(sql).isNull();
          }
        }
      }
    }
  }

  /** PostgreSQL's way to give a list of any length for one parameter. */
  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void anArrayIsComparedElementByElement(TestStore.Kind kind) throws SQLException {
    try (Connection connection = DemoStore.create(kind).store().connect()) {
      assertThat(
              idsWhere(connection, "prediction_id = ANY (?)", "BIGINT", new Object[] {1L, 2L, 77L}))
          .containsExactly(1L, 2L);
      assertThat(idsWhere(connection, "prediction_id = ANY (?)", "INTEGER", new Object[] {}))
          .isEmpty();
      assertThat(
              idsWhere(connection, "prediction_id <> ALL (?)", "INTEGER", new Object[] {1, 2, 3}))
          .containsExactly(4L, 5L, 6L, 7L, 9L);
      assertThat(idsWhere(connection, "prediction_id > SOME (?)", "INTEGER", new Object[] {6, 7}))
          .containsExactly(7L, 9L);
      assertThat(
              idsWhere(
                  connection,
                  "label = ANY (?) OR prediction_id = 9",
                  "VARCHAR",
                  new Object[] {"cat"}))
          .containsExactly(1L, 2L, 9L);
    }
  }

  private static List<Long> idsWhere(
      Connection connection, String condition, String type, Object[] elements) throws SQLException {
    List<Long> ids = new ArrayList<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT prediction_id FROM predictions WHERE " + condition + " ORDER BY 1")) {
      assertThat(statement.getParameterMetaData().getParameterType(1)).isEqualTo(Types.ARRAY);
      statement.setArray(1, connection.createArrayOf(type, elements));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          ids.add(rows.getLong(1));
        }
      }
    }
    return ids;
  }
}
