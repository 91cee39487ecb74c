package org.metaxyjdbc.types;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Set;
import java.util.TimeZone;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.metaxyjdbc.server.TestServer;
import org.metaxyjdbc.testing.TestStore;

/** Values given as parameters are stored and compared as what they are. */
class TypeParameterTest {
  /** Structures with what JSON cannot say, in which form alone they are given. */
  private static final Set<String> NOT_GIVEN =
      Set.of("c_row", "c_any_row", "c_union", "c_binary_struct", "c_map_of_times");

  /** What the stores themselves do not compare with text. */
  static final Set<String> NOT_COMPARED =
      Set.of("c_json", "c_xml", "c_point", "c_composite", "c_map", "c_map_of_lists");

  private final TimeZone zone = TimeZone.getDefault();

  @BeforeEach
  void setTimeZoneWhoseClocksChange() {
    TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
  }

  @AfterEach
  void restoreTimeZone() {
    TimeZone.setDefault(zone);
  }

  @ParameterizedTest
  @EnumSource
  void insertedValuesAreThoseThatTheStoreItselfStores(TestStore.Kind kind) throws Exception {
    try (SampleTable table = SampleTable.filled(kind);
        Connection connection = table.connect()) {
      insertAll(kind, table, connection);
    }
  }

  @ParameterizedTest
  @EnumSource
  void valuesInsertedThroughAServerAreThoseThatTheStoreItselfStores(TestStore.Kind kind)
      throws Exception {
    try (SampleTable table = SampleTable.filled(kind);
        TestServer server = table.serve();
        Connection connection = server.connect()) {
      insertAll(kind, table, connection);
    }
  }

  private static void insertAll(TestStore.Kind kind, SampleTable table, Connection connection)
      throws SQLException {
    SoftAssertions softly = new SoftAssertions();
    int id = 1_000;
    for (SampledType type : table.types()) {
      if (NOT_GIVEN.contains(type.column())) {
        continue;
      }
      for (int record = 0; record < type.samples().size(); record++) {
        SampledType.Sample sample = type.samples().get(record);
        String what = type.sql() + ", " + sample.literal();
        String expected = table.stored(record, type).get(0);
        String sql = "INSERT INTO samples (id, %s) VALUES (?, ?)".formatted(type.column());
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
          insert.setInt(1, ++id);
          insert.setObject(2, sample.value());
          insert.executeUpdate();
          softly
              .assertThat(table.stored(id, type).get(0))
              .as(what + " as object")
              .isEqualTo(expected);
          if (saysItInText(kind, sample)) {
            insert.setInt(1, ++id);
            insert.setString(2, sample.text());
            insert.executeUpdate();
            softly
                .assertThat(table.stored(id, type).get(0))
                .as(what + " as text")
                .isEqualTo(expected);
          }
        } catch (SQLException e) {
          softly.fail(what + ": " + e.getMessage().replace("\n", " "));
        }
      }
    }
    softly.assertAll();
  }

  @ParameterizedTest
  @EnumSource
  void valuesAreFoundByEquality(TestStore.Kind kind) throws Exception {
    SoftAssertions softly = new SoftAssertions();
    try (SampleTable table = SampleTable.filled(kind);
        Connection connection = table.connect()) {
      for (SampledType type : table.types()) {
        if (NOT_GIVEN.contains(type.column()) || NOT_COMPARED.contains(type.column())) {
          continue;
        }
        for (int record = 0; record < type.samples().size(); record++) {
          SampledType.Sample sample = type.samples().get(record);
          if (kind == TestStore.Kind.H2 && sample.literal().contains("NULL")) {
            continue; // an array with NULL is not equal to itself
          }
          String what = type.sql() + ", " + sample.literal();
          String sql = "SELECT id FROM samples WHERE %s = ?".formatted(type.column());
          try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setObject(1, sample.value());
            try (ResultSet rows = select.executeQuery()) {
              softly
                  .assertThat(rows.next() ? rows.getInt(1) : -1)
                  .as("record found by " + what)
                  .isEqualTo(record);
            }
          } catch (SQLException e) {
            softly.fail("found " + what + ": " + e.getMessage().replace("\n", " "));
          }
        }
      }
    }
    softly.assertAll();
  }

  /** Not so for binaries, and for years before 1 in PostgreSQL, which writes them otherwise. */
  private static boolean saysItInText(TestStore.Kind kind, SampledType.Sample sample) {
    return !(sample.value() instanceof byte[])
        && !(sample.value() instanceof byte[][])
        && !(kind == TestStore.Kind.POSTGRESQL && sample.literal().contains("BC"));
  }

  @Test
  void nestedBinariesAreRefused() throws Exception {
    try (SampleTable table = SampleTable.empty(TestStore.Kind.DUCKDB);
        Connection connection = table.connect();
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO samples (id, c_binary_struct) VALUES (1, ?)")) {
      insert.setString(1, "{\"a\": \"00ff\", \"b\": \"101\"}");
      assertThatThrownBy(insert::executeUpdate)
          .isInstanceOf(SQLFeatureNotSupportedException.class)
          .hasMessageContaining("'c_binary_struct'");
    }
  }
}
