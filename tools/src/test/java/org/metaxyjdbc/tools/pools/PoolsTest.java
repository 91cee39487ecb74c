package org.metaxyjdbc.tools.pools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.metaxyjdbc.testing.PredictionStore;
import org.metaxyjdbc.testing.TestStore;

/** Pools hand out one connection again and again, each time as new. */
class PoolsTest {
  static Stream<Arguments> stores() {
    return Stream.of(TestStore.Kind.values())
        .flatMap(kind -> Stream.of(Pool.values()).map(pool -> Arguments.of(kind, pool)));
  }

  private static long count(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT COUNT(*) FROM predictions WHERE confidence > ?")) {
      statement.setDouble(1, 0.1);
      try (ResultSet rows = statement.executeQuery()) {
        assertThat(rows.next()).isTrue();
        return rows.getLong(1);
      }
    }
  }

  private static int delete(Connection connection, long id) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("DELETE FROM predictions WHERE prediction_id = ?")) {
      statement.setLong(1, id);
      return statement.executeUpdate();
    }
  }

  @ParameterizedTest
  @MethodSource("stores")
  void connectionsAreAsNewEachTime(TestStore.Kind kind, Pool pool) throws Exception {
    PredictionStore store = PredictionStore.create(kind);
    DataSource source = pool.of(store.url());
    try {
      for (int round = 0; round < 3; round++) {
        try (Connection connection = source.getConnection()) {
          assertThat(connection.getAutoCommit()).isTrue();
          assertThat(connection.isValid(5)).isTrue();
          assertThat(count(connection)).isEqualTo(4);
          assertThatThrownBy(() -> connection.prepareStatement("SELECT x FROM nothing").execute())
              .isInstanceOf(SQLException.class);
          connection.setAutoCommit(false);
          assertThat(delete(connection, 1)).isEqualTo(1);
          assertThat(count(connection)).isEqualTo(3);
          connection.rollback();
          connection.setAutoCommit(true);
        }
      }
      try (Connection connection = source.getConnection()) {
        assertThat(delete(connection, 1)).isEqualTo(1);
      }
      try (Connection connection = source.getConnection()) {
        assertThat(count(connection)).isEqualTo(3);
      }
    } finally {
      pool.close(source);
    }
    assertThat(store.ids("only_deleted")).containsExactly(1L, 5L);
  }
}
