package org.metaxyjdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.metaxyjdbc.testing.TestStore;

/** CREATE TABLE takes exactly the names that are feature keys to Metaxy. */
class FeatureNameTest {
  @ParameterizedTest
  @CsvSource({
    "samples, samples",
    "Lab__Samples, lab/samples",
    "_a__2__b_c, _a/2/b_c",
    "a___b, a/_b"
  })
  void eachPartOfTheNameIsAPartOfTheKey(String name, String key) throws SQLException {
    TestStore store = TestStore.Kind.H2.create();
    try (Connection connection = store.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE " + name + " (id INTEGER PRIMARY KEY)");
      assertThat(statement.executeUpdate("INSERT INTO " + name + " VALUES (1)")).isEqualTo(1);
    }
    try (Connection connection = store.raw();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT \"feature_key\" FROM \"metaxy_system__feature_versions\"")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1)).isEqualTo(key);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a__", "__a", "a____b", "a-b", "Größe", "Upper", "1a", "a b", "a/b", "a.b"})
  void otherNamesAreRefused(String name) throws SQLException {
    try (Connection connection = TestStore.Kind.H2.create().connect();
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(
              () -> statement.execute("CREATE TABLE \"" + name + "\" (id INTEGER PRIMARY KEY)"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining(name)
          .extracting(e -> ((SQLException) e).getSQLState())
          .isEqualTo("42602");
    }
  }
}
