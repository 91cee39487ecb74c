package org.metaxyjdbc.types;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.metaxyjdbc.testing.TestStore;

/** Literals of SQL, and NULLs of every type. */
class TypeLiteralTest {
  /** A literal for a value that one of the samples of a column has. */
  private static final Map<String, List<String>> LITERALS = new LinkedHashMap<>();

  static {
    LITERALS.put("c_tinyint", List.of("-128", "-128"));
    LITERALS.put("c_smallint", List.of("-32768", "-32768"));
    LITERALS.put("c_integer", List.of("-2147483648", "-2147483648"));
    LITERALS.put("c_bigint", List.of("9223372036854775807", "9223372036854775807"));
    LITERALS.put(
        "c_hugeint",
        List.of(
            "170141183460469231731687303715884105727", "170141183460469231731687303715884105727"));
    LITERALS.put(
        "c_numeric",
        List.of(
            "99999999999999999999.999999999999999999", "99999999999999999999.999999999999999999"));
    LITERALS.put(
        "c_decimal",
        List.of(
            "99999999999999999999.999999999999999999", "99999999999999999999.999999999999999999"));
    LITERALS.put("c_double", List.of("0.1", "1E-1"));
    LITERALS.put("c_boolean", List.of("true", "TRUE"));
    LITERALS.put("c_varchar", List.of("it's \"odd\" \\ ü 𝄞 日本", "'it''s \"odd\" \\ ü 𝄞 日本'"));
    LITERALS.put("c_enum", List.of("high", "'high'"));
    LITERALS.put("c_date", List.of("1582-10-04", "DATE '1582-10-04'"));
    LITERALS.put("c_time", List.of("00:00:00", "TIME '00:00:00'"));
    LITERALS.put(
        "c_timestamp",
        List.of("2024-03-10 02:30:00.000001", "TIMESTAMP '2024-03-10 02:30:00.000001'"));
    LITERALS.put(
        "c_timestamp9",
        List.of("2024-03-10 02:30:00.123456789", "TIMESTAMP '2024-03-10 02:30:00.123456789'"));
    LITERALS.put(
        "c_timestamp_ns",
        List.of("2024-03-10 02:30:00.123456789", "TIMESTAMP '2024-03-10 02:30:00.123456789'"));
    LITERALS.put(
        "c_timestamptz",
        List.of(
            "1969-12-31 23:59:59.999999+00",
            "TIMESTAMP WITH TIME ZONE '1969-12-31 23:59:59.999999+00'"));
    LITERALS.put("c_timetz", List.of("12:00:00-03", "TIME WITH TIME ZONE '12:00:00-03'"));
    LITERALS.put("c_varbinary", List.of("00ff", "X'00ff'"));
    LITERALS.put("c_blob", List.of("00ff", "X'00ff'"));
    LITERALS.put("c_bytea", List.of("00ff", "X'00ff'"));
    LITERALS.put(
        "c_uuid",
        List.of(
            "123e4567-e89b-12d3-a456-426614174000", "UUID '123e4567-e89b-12d3-a456-426614174000'"));
    LITERALS.put("c_integers", List.of("[1,null,3]", "ARRAY[1, NULL, 3]"));
  }

  @ParameterizedTest
  @EnumSource
  void literalsAreTheValuesThatTheySay(TestStore.Kind kind) throws Exception {
    SoftAssertions softly = new SoftAssertions();
    int id = 1_000;
    try (SampleTable table = SampleTable.filled(kind);
        Connection connection = table.connect();
        Statement statement = connection.createStatement()) {
      for (SampledType type : table.types()) {
        if (!LITERALS.containsKey(type.column())) {
          continue;
        }
        String text = LITERALS.get(type.column()).get(0);
        String literal = LITERALS.get(type.column()).get(1);
        try {
          statement.executeUpdate(
              "INSERT INTO samples (id, %s) VALUES (%d, %s)"
                  .formatted(type.column(), ++id, literal));
          String sql = "SELECT %s FROM samples WHERE id = %d".formatted(type.column(), id);
          softly.assertThat(text(statement, sql)).as(type.sql() + " inserted").isEqualTo(text);
          if (!literal.contains("NULL")) {
            sql += " AND %s = %s".formatted(type.column(), literal);
            softly.assertThat(text(statement, sql)).as(type.sql() + " compared").isEqualTo(text);
          }
        } catch (SQLException e) {
          softly.fail(type.sql() + ": " + e.getMessage().replace("\n", " "));
        }
      }
    }
    softly.assertAll();
  }

  private static String text(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getString(1) : "no row";
    }
  }

  @ParameterizedTest
  @EnumSource
  void nullsOfEveryTypeAreStored(TestStore.Kind kind) throws Exception {
    SoftAssertions softly = new SoftAssertions();
    try (SampleTable table = SampleTable.filled(kind);
        Connection connection = table.connect()) {
      Map<String, Integer> types = new LinkedHashMap<>();
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("SELECT * FROM samples")) {
        ResultSetMetaData metaData = rows.getMetaData();
        for (SampledType type : table.types()) {
          types.put(type.column(), metaData.getColumnType(rows.findColumn(type.column())));
        }
      }
      for (SampledType type : table.types()) {
        String sql = "UPDATE samples SET %s = ? WHERE id = 0".formatted(type.column());
        try (PreparedStatement update = connection.prepareStatement(sql)) {
          update.setNull(1, types.get(type.column()));
          update.executeUpdate();
          check(softly, table, type);
          update.setNull(1, Types.NULL);
          update.executeUpdate();
          check(softly, table, type);
          update.setObject(1, null);
          update.executeUpdate();
          check(softly, table, type);
          update.setObject(1, null, types.get(type.column()));
          update.executeUpdate();
          check(softly, table, type);
        } catch (SQLException e) {
          softly.fail(type.sql() + ": " + e.getMessage().replace("\n", " "));
        }
      }
      for (SampledType type : table.types()) {
        String sql = "SELECT id FROM samples WHERE %s = ?".formatted(type.column());
        if (TypeParameterTest.NOT_COMPARED.contains(type.column())) {
          continue;
        }
        try (PreparedStatement select = connection.prepareStatement(sql)) {
          select.setNull(1, types.get(type.column()));
          try (ResultSet rows = select.executeQuery()) {
            softly.assertThat(rows.next()).as(type.sql() + " = NULL").isFalse();
          }
        } catch (SQLException e) {
          softly.fail(type.sql() + " = NULL: " + e.getMessage().replace("\n", " "));
        }
      }
    }
    softly.assertAll();
  }

  private static void check(SoftAssertions softly, SampleTable table, SampledType type)
      throws SQLException {
    List<String> versions = table.stored(0, type);
    softly.assertThat(versions.get(versions.size() - 1)).as(type.sql()).isNull();
  }
}
