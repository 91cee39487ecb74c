package org.metaxyjdbc.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.metaxyjdbc.testing.TestStore;

/** What was closed is gone: nothing keeps statements, results or connections. */
class LeakTest {
  private static final int SAMPLE = 100;
  private static final int COLLECTIONS = 50;

  /** How many of the objects are still there when memory was collected. */
  private static long kept(List<WeakReference<Object>> references) {
    long kept = references.size();
    for (int i = 0; i < COLLECTIONS && kept > 0; i++) {
      System.gc();
      kept = references.stream().filter(reference -> reference.get() != null).count();
    }
    return kept;
  }

  @ParameterizedTest
  @CsvSource({"H2, 100000", "DUCKDB, 3000", "POSTGRESQL, 10000"})
  void closedStatementsAreForgotten(TestStore.Kind kind, int statements) throws SQLException {
    List<WeakReference<Object>> references = new ArrayList<>();
    try (Connection connection = VideoStore.create(kind).connect()) {
      for (int i = 0; i < statements; i++) {
        try (PreparedStatement prepared =
                connection.prepareStatement(
                    "SELECT video_id, %d FROM video__raw WHERE video_id = ?"
                        .formatted(i % SAMPLE == 0 ? (i / SAMPLE) % SAMPLE : 0));
            Statement statement = connection.createStatement()) {
          prepared.setString(1, "a");
          ResultSet rows = prepared.executeQuery();
          assertThat(rows.next()).isTrue();
          if (i % SAMPLE == 0) {
            references.add(new WeakReference<>(prepared));
            references.add(new WeakReference<>(statement));
            references.add(new WeakReference<>(rows));
          }
        }
      }
      assertThat(kept(references)).isZero();
      assertThat(((MetaxyConnection) connection).statementMap).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"H2, 10000", "DUCKDB, 300", "POSTGRESQL, 300"})
  void closedConnectionsAreForgotten(TestStore.Kind kind, int connections) throws SQLException {
    TestStore store = VideoStore.create(kind);
    List<WeakReference<Object>> references = new ArrayList<>();
    try (Connection first = store.connect()) {
      for (int i = 0; i < connections; i++) {
        Connection connection = store.connect();
        Statement left = connection.createStatement();
        if (i % SAMPLE == 0) {
          left.executeQuery("SELECT video_id FROM video__raw").next();
          references.add(new WeakReference<>(connection));
          references.add(new WeakReference<>(left));
          references.add(new WeakReference<>(connection.unwrap(Connection.class)));
        }
        connection.close();
      }
      assertThat(kept(references)).isZero();
      assertThat(first.isValid(1)).isTrue();
    }
  }
}
