package org.metaxyjdbc.types;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.metaxyjdbc.testing.TestStore;

/** What a version takes over from the one before is exactly what stands there, of every type. */
class TypeTombstoneTest {
  @ParameterizedTest
  @EnumSource
  void tombstonesAndRestoredVersionsHoldTheSameValues(TestStore.Kind kind) throws Exception {
    try (SampleTable table = SampleTable.filled(kind)) {
      List<Map<String, String>> before = versions(table, 0);
      execute(table, "DELETE FROM samples");
      assertThat(versions(table, 1)).containsExactlyElementsOf(before);
      execute(table, "UPDATE only_deleted.samples SET metaxy_deleted_at = NULL");
      assertThat(versions(table, 2)).containsExactlyElementsOf(before);
    }
  }

  @ParameterizedTest
  @EnumSource
  void anUpdateOfOneColumnKeepsTheOthers(TestStore.Kind kind) throws Exception {
    try (SampleTable table = SampleTable.filled(kind)) {
      List<Map<String, String>> before = versions(table, 0);
      execute(table, "UPDATE samples SET metaxy_provenance = 'changed'");
      List<Map<String, String>> after = versions(table, 1);
      SoftAssertions softly = new SoftAssertions();
      for (int record = 0; record < table.records(); record++) {
        for (SampledType type : table.types()) {
          softly
              .assertThat(after.get(record).get(type.column()))
              .as("%s of record %d".formatted(type.sql(), record))
              .isEqualTo(before.get(record).get(type.column()));
        }
      }
      softly.assertAll();
    }
  }

  @ParameterizedTest
  @EnumSource
  void redactionOfOneColumnKeepsTheOthers(TestStore.Kind kind) throws Exception {
    try (SampleTable table = SampleTable.filled(kind)) {
      List<Map<String, String>> before = versions(table, 0);
      execute(
          table,
          "SET hard_delete = true",
          "UPDATE history.samples SET c_boolean = NULL, c_uuid = NULL");
      for (Map<String, String> row : before) {
        row.put("c_boolean", null);
        row.put("c_uuid", null);
      }
      assertThat(versions(table, 0)).containsExactlyElementsOf(before);
    }
  }

  /** The version of that number of each record. */
  private static List<Map<String, String>> versions(SampleTable table, int number)
      throws SQLException {
    List<Map<String, String>> versions = new ArrayList<>();
    for (int record = 0; record < table.records(); record++) {
      List<Map<String, String>> all = table.stored(record);
      assertThat(all).as("versions of record " + record).hasSize(number + 1);
      versions.add(all.get(number));
    }
    return versions;
  }

  private static void execute(SampleTable table, String... statements) throws SQLException {
    try (Connection connection = table.connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
