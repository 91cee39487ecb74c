package org.metaxyjdbc.testing;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A store, made through the driver, with the features {@code models} (2 records) and {@code
 * predictions} (4 records, and the deleted record 5).
 */
public final class PredictionStore {
  private static final List<String> STATEMENTS =
      List.of(
          "CREATE TABLE models (model VARCHAR(20), owner VARCHAR(100), PRIMARY KEY (model))",
          "INSERT INTO models VALUES ('v1', 'Ada'), ('v2', 'Ben')",
          """
          CREATE TABLE predictions (
            prediction_id BIGINT, model VARCHAR(20), confidence DOUBLE, price DECIMAL(10, 2),
            is_checked BOOLEAN, taken_on DATE, created_at TIMESTAMP(6),
            seen_at TIMESTAMP(6) WITH TIME ZONE, PRIMARY KEY (prediction_id))
          """,
          """
          INSERT INTO predictions VALUES
            (1, 'v1', 0.9, 10.50, TRUE, DATE '2024-01-01', TIMESTAMP '2024-01-01 10:00:00.123456',
             TIMESTAMP WITH TIME ZONE '2024-01-01 10:00:00.123456 UTC'),
            (2, 'v1', 0.3, 20.25, FALSE, DATE '2024-02-01', TIMESTAMP '2024-02-01 10:00:00',
             TIMESTAMP WITH TIME ZONE '2024-02-01 10:00:00 UTC'),
            (3, 'v2', 0.8, 30, NULL, DATE '2024-03-01', TIMESTAMP '2024-03-01 10:00:00', NULL),
            (4, 'v2', 0.2, NULL, TRUE, NULL, NULL, NULL),
            (5, 'v2', 0.1, 1, TRUE, NULL, NULL, NULL)
          """,
          "DELETE FROM predictions WHERE prediction_id = 5");

  private static final Map<TestStore.Kind, PredictionStore> TO_READ =
      new EnumMap<>(TestStore.Kind.class);

  private final TestStore store;

  private PredictionStore(TestStore store) {
    this.store = store;
  }

  public static PredictionStore create(TestStore.Kind kind) throws SQLException {
    PredictionStore predictions = new PredictionStore(kind.create());
    try (Connection connection = predictions.store.connect();
        Statement statement = connection.createStatement()) {
      for (String sql : STATEMENTS) {
        statement.execute(sql);
      }
    }
    return predictions;
  }

  /** One store for all tests that only read. */
  public static synchronized PredictionStore toRead(TestStore.Kind kind) throws SQLException {
    PredictionStore known = TO_READ.get(kind);
    if (known == null) {
      known = create(kind);
      TO_READ.put(kind, known);
    }
    return known;
  }

  /** The URL of the store through this project's driver. */
  public String url() {
    return store.url();
  }

  public TestStore store() {
    return store;
  }

  /** The ids of the predictions that {@code schema} shows, in order, read with plain JDBC. */
  public List<Long> ids(String schema) throws SQLException {
    List<Long> ids = new ArrayList<>();
    try (Connection connection = store.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT prediction_id FROM "
                    + schema
                    + ".predictions ORDER BY prediction_id, metaxy_updated_at")) {
      while (rows.next()) {
        ids.add(rows.getLong(1));
      }
    }
    return ids;
  }
}
