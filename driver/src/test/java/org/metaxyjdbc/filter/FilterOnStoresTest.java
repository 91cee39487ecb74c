package org.metaxyjdbc.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.metaxyjdbc.testing.DemoStore;
import org.metaxyjdbc.testing.TestStore;

/** A filter finds the same records in every store, those that Metaxy's rules say. */
class FilterOnStoresTest {
  /** By filter, the ids of the matching predictions. */
  private static final Map<String, String> MATCHES = new LinkedHashMap<>();

  static {
    MATCHES.put("confidence < 0.3", "1 2");
    MATCHES.put("0.3 > confidence", "1 2");
    MATCHES.put("confidence <= 3e-1", "1 2 3");
    MATCHES.put("confidence >= +.9", "4 9");
    MATCHES.put("confidence > -1", "1 2 3 4 6 7 9");
    MATCHES.put("NOT confidence > 0.3", "1 2 3");
    MATCHES.put("part = 0.5", "2");
    MATCHES.put("label = 'cat'", "1 2");
    MATCHES.put("label != 'cat'", "3 4 5 7 9");
    MATCHES.put("label <> 'cat' AND label <> 'dog'", "5 7");
    MATCHES.put("NOT (label = 'cat')", "3 4 5 7 9");
    MATCHES.put("label = 'it''s \"odd\" ü'", "5");
    MATCHES.put("label = NULL", "6");
    MATCHES.put("label IS NULL OR confidence IS NULL", "5 6");
    MATCHES.put("label != NULL", "1 2 3 4 5 7 9");
    MATCHES.put("NOT label IS NULL", "1 2 3 4 5 7 9");
    MATCHES.put("label < NULL", "");
    MATCHES.put("label IN ('cat', 'dog')", "1 2 3 4 9");
    MATCHES.put("label IN ('cat', NULL)", "1 2");
    MATCHES.put("label NOT IN ('cat', NULL)", "3 4 5 7 9");
    MATCHES.put("NOT (label IN ('cat', NULL))", "3 4 5 7 9");
    MATCHES.put("label IN (NULL)", "");
    MATCHES.put("label NOT IN (NULL)", "1 2 3 4 5 7 9");
    MATCHES.put("is_archived", "1 4 9");
    MATCHES.put("NOT is_archived", "2 5 7");
    MATCHES.put("is_archived IS TRUE", "1 4 9");
    MATCHES.put("is_archived IS NOT TRUE", "2 5 7");
    MATCHES.put("is_archived IS FALSE", "2 5 7");
    MATCHES.put("is_archived IS NOT FALSE", "1 4 9");
    MATCHES.put("is_archived = 1", "1 4 9");
    MATCHES.put("is_archived < TRUE", "2 5 7");
    MATCHES.put("n_tokens = 20 OR n_tokens IN (30, 40.0, 2.5)", "2 3 4");
    MATCHES.put("n_tokens < 20.5", "1 2");
    MATCHES.put("n_tokens < 99999999999999999999", "1 2 3 4 5 6 7 9");
    MATCHES.put("prediction_id = 9", "9");
    MATCHES.put("prediction_id IN (1, 8, 9) AND confidence < 0.5", "1");
    MATCHES.put("prediction_id < n_tokens", "1 2 3 4 5 6 7 9");
    MATCHES.put("price = 29.97", "1");
    MATCHES.put("price > 25 AND price < 25.0011", "3");
    MATCHES.put("price BETWEEN 25 AND 26", "2 3");
    MATCHES.put("price NOT BETWEEN 2 AND 26", "1 5");
    MATCHES.put("created_at < '2024-01-01'", "1");
    MATCHES.put("created_at <= '2024-01-01T00:00:00.000001'", "1 2 3");
    MATCHES.put("created_at = '2024-06-01 14:00:00+02:00'", "4");
    MATCHES.put("created_at BETWEEN '2024-06-01' AND '2024-06-02'", "4 5");
    MATCHES.put("seen_at < '2024-01-01'", "1");
    MATCHES.put("seen_at = '2024-06-01T14:00:00+02'", "4");
    MATCHES.put("seen_at IN ('2024-06-01 12:00Z', '2024-06-01 14:00 UTC')", "4 5");
    MATCHES.put("seen_at = created_at AND seen_at > '2025-01-01'", "9");
    MATCHES.put("date < '2024-01-01'", "1");
    MATCHES.put("date = '2024-06-01 15:00:00'", "4 5");
    MATCHES.put("date <= created_at AND date IN ('2024-12-31')", "6");
    MATCHES.put("key = '00000000-0000-0000-0000-000000000004'", "4");
    MATCHES.put("\"Sample Id\" = 's2'", "2");
    MATCHES.put("LABEL = 'cat' AND \"sample id\" LIKE 's_'", "1 2");
    MATCHES.put("box.width > 10", "9");
    MATCHES.put("label LIKE 'c%'", "1 2");
    MATCHES.put("label NOT LIKE '%o%'", "1 2 7");
    MATCHES.put("label LIKE 'a\\b%'", "7");
    MATCHES.put("label LIKE '%!_c' ESCAPE '!'", "7");
    MATCHES.put("raw IS NULL AND label = 'cat'", "1 2");
    MATCHES.put("1=1", "1 2 3 4 5 6 7 9");
    MATCHES.put("TRUE", "1 2 3 4 5 6 7 9");
    MATCHES.put("label = 'cat' AND 1 > 2", "");
    MATCHES.put("metaxy_updated_at < '2024-01-01 00:00:03'", "1 2");
    MATCHES.put("metaxy_deleted_at IS NULL AND label = 'dog' -- it's all", "3 4 9");
    MATCHES.put(
        "prediction_id IN ("
            + IntStream.range(3, 220).mapToObj(Integer::toString).collect(Collectors.joining(", "))
            + ") AND label = 'dog'",
        "3 4 9");
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void findsTheSameRecordsInEveryStore(TestStore.Kind kind) throws SQLException {
    DemoStore store = DemoStore.create(kind);
    Map<String, String> found = new LinkedHashMap<>();
    try (Connection connection = store.store().connect()) {
      FilterColumns columns = columns(connection);
      for (String text : MATCHES.keySet()) {
        Filter filter = Filter.parse(text, columns);
        List<String> ids = new ArrayList<>();
        try (PreparedStatement statement =
                FilteredStatement.select("active", "predictions", filter).prepare(connection);
            ResultSet rows = statement.executeQuery()) {
          while (rows.next()) {
            ids.add(rows.getString("prediction_id"));
          }
        } catch (SQLException e) {
          ids.add(String.valueOf(e.getMessage()));
        }
        ids.sort(null);
        found.put(text, String.join(" ", ids));
      }
    }
    assertThat(found).containsExactlyEntriesOf(MATCHES);
  }

  private static FilterColumns columns(Connection connection) throws SQLException {
    try (PreparedStatement statement =
            FilteredStatement.select("active", "predictions", Filter.NONE).prepare(connection);
        ResultSet rows = statement.executeQuery()) {
      return FilterColumns.of("predictions", rows.getMetaData());
    }
  }
}
