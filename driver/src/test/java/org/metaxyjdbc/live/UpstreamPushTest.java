package org.metaxyjdbc.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.metaxyjdbc.testing.TestStore;

/** The current feature version of a child whose project was not pushed since its parent changed. */
@Live
class UpstreamPushTest {
  @ParameterizedTest
  @EnumSource(
      value = TestStore.Kind.class,
      names = {"DUCKDB", "POSTGRESQL"})
  void isTheOneThatMetaxyComputes(TestStore.Kind kind) throws SQLException {
    TestStore store = kind.create();
    Metaxy.pushUpstream(store, 1);
    Map<String, String> before = computedByMetaxy(store);
    assertThat(versions(store, "current_feature_version")).hasSize(7).isEqualTo(before);
    assertThat(versions(store, "registered_feature_version")).isEqualTo(before);

    Metaxy.pushUpstream(store, 2);
    Map<String, String> after = computedByMetaxy(store);
    assertThat(versions(store, "current_feature_version")).isEqualTo(after);
    for (String follows : new String[] {"default", "suffix", "specific", "all", "explicit"}) {
      assertThat(after.get("down/" + follows)).isNotEqualTo(before.get("down/" + follows));
    }
    assertThat(after.get("down/without")).isEqualTo(before.get("down/without"));
    assertThat(versions(store, "registered_feature_version").get("down/all"))
        .as("what was pushed is shown too")
        .isEqualTo(before.get("down/all"));
  }

  private static Map<String, String> computedByMetaxy(TestStore store) {
    Map<String, String> versions = new TreeMap<>();
    Metaxy.describeRegistered(store)
        .properties()
        .forEach(
            feature ->
                versions.put(feature.getKey(), feature.getValue().get("feature_version").asText()));
    return versions;
  }

  private static Map<String, String> versions(TestStore store, String column) throws SQLException {
    Map<String, String> versions = new TreeMap<>();
    try (Connection connection = store.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM registry.features")) {
      while (rows.next()) {
        versions.put(rows.getString("feature_key"), rows.getString(column));
      }
    }
    return versions;
  }
}
