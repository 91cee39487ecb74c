package org.metaxyjdbc.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.metaxyjdbc.testing.TestStore;

/** Metaxy writes, JDBC changes, Metaxy reads: both must show the same all along. */
@Live
class StoreRoundTripTest {
  @ParameterizedTest
  @CsvSource({
    "DUCKDB, 40, 11", "DUCKDB, 90, 12", "DUCKDB, 250, 13",
    "POSTGRESQL, 40, 21", "POSTGRESQL, 90, 22", "POSTGRESQL, 250, 23"
  })
  void everyModeShowsWhatMetaxyReads(TestStore.Kind kind, int records, int seed)
      throws SQLException {
    TestStore store = kind.create();
    Metaxy.make(store, records, seed);
    assertJdbcShowsWhatMetaxyReads(store);
  }

  private static void assertJdbcShowsWhatMetaxyReads(TestStore store) throws SQLException {
    Map<String, FeatureDump> read = Metaxy.read(store);
    assertThat(read).hasSize(5);
    try (Connection connection = store.connect()) {
      for (FeatureDump feature : read.values()) {
        if (feature.exists()) {
          ShownRows.assertSameAs(feature, connection);
        }
      }
    }
  }
}
