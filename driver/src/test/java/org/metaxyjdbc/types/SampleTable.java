package org.metaxyjdbc.types;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.metaxyjdbc.server.TestServer;
import org.metaxyjdbc.testing.TestStore;

/**
 * The feature {@code samples}: a column for each type of its store, and in each record another
 * value of each type; NULL where there are no more, and in the last record everywhere.
 */
final class SampleTable implements AutoCloseable {
  private static final String SYSTEM_COLUMNS =
      "metaxy_provenance VARCHAR, metaxy_feature_version VARCHAR, "
          + "metaxy_created_at TIMESTAMP WITH TIME ZONE, "
          + "metaxy_updated_at TIMESTAMP WITH TIME ZONE, "
          + "metaxy_deleted_at TIMESTAMP WITH TIME ZONE";

  private final TestStore store;
  private final List<SampledType> types;
  private final Connection raw;

  private SampleTable(TestStore store, List<SampledType> types) throws SQLException {
    this.store = store;
    this.types = types;
    this.raw = store.raw();
  }

  /** A store with the table and all samples. */
  static SampleTable filled(TestStore.Kind kind) throws SQLException {
    SampleTable table = empty(kind);
    for (int record = 0; record < table.records(); record++) {
      table.insert(record);
    }
    return table;
  }

  /** A store with the table without a row. */
  static SampleTable empty(TestStore.Kind kind) throws SQLException {
    List<SampledType> types =
        switch (kind) {
          case H2 -> H2Samples.TYPES;
          case DUCKDB -> DuckDbSamples.TYPES;
          case POSTGRESQL -> PostgresqlSamples.TYPES;
        };
    TestStore store = kind.create();
    if (kind == TestStore.Kind.POSTGRESQL) {
      store.execute(PostgresqlSamples.DEFINITIONS);
    }
    String columns =
        types.stream()
            .map(type -> type.column() + " " + type.sql())
            .collect(Collectors.joining(", "));
    store.execute("CREATE TABLE samples (id BIGINT, %s, %s)".formatted(columns, SYSTEM_COLUMNS));
    return new SampleTable(store, types);
  }

  private void insert(int record) throws SQLException {
    List<SampledType> given =
        types.stream().filter(type -> record < type.samples().size()).toList();
    String columns = given.stream().map(type -> ", " + type.column()).collect(Collectors.joining());
    String values =
        given.stream()
            .map(type -> ", " + type.samples().get(record).literal())
            .collect(Collectors.joining());
    execute(
        ("INSERT INTO samples (id, metaxy_updated_at, metaxy_feature_version%s) "
                + "VALUES (%d, '2024-01-01 00:00:00+00', 'v1'%s)")
            .formatted(columns, record, values));
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = raw.createStatement()) {
      statement.execute(sql);
    }
  }

  TestStore store() {
    return store;
  }

  List<SampledType> types() {
    return types;
  }

  /** The number of records; their ids count from 0. */
  int records() {
    return 1 + types.stream().mapToInt(type -> type.samples().size()).max().orElse(0);
  }

  /** A connection of this project's driver. */
  Connection connect() throws SQLException {
    return store.connect("metaxy.id_columns", "samples:id", "feature_version", "all");
  }

  /** A server of the store. */
  TestServer serve() throws SQLException, IOException {
    return TestServer.of(store, "metaxy.id_columns", "samples:id", "feature_version", "all");
  }

  /** The user's columns of all rows of a record as the store itself writes them, oldest first. */
  List<Map<String, String>> stored(int record) throws SQLException {
    return stored(record, types);
  }

  /** The same of one column. */
  List<String> stored(int record, SampledType type) throws SQLException {
    return stored(record, List.of(type)).stream().map(row -> row.get(type.column())).toList();
  }

  private List<Map<String, String>> stored(int record, List<SampledType> columns)
      throws SQLException {
    String query =
        "SELECT %s FROM samples WHERE id = %d ORDER BY coalesce(metaxy_deleted_at, metaxy_updated_at)"
            .formatted(
                columns.stream().map(this::asText).collect(Collectors.joining(", ")), record);
    List<Map<String, String>> result = new ArrayList<>();
    try (Statement statement = raw.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        Map<String, String> row = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
          row.put(columns.get(i).column(), rows.getString(i + 1));
        }
        result.add(row);
      }
    }
    return result;
  }

  private String asText(SampledType type) {
    if (store.kind() == TestStore.Kind.H2 && type.samples().get(0).value() instanceof byte[]) {
      return "RAWTOHEX(%s)".formatted(type.column());
    }
    return "CAST(%s AS %s)"
        .formatted(type.column(), store.kind() == TestStore.Kind.POSTGRESQL ? "TEXT" : "VARCHAR");
  }

  @Override
  public void close() throws SQLException {
    raw.close();
  }
}
