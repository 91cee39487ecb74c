package org.metaxyjdbc.property;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.metaxyjdbc.testing.TestStore;

/**
 * A store with the feature {@code f}, a connection of the driver to it, and one of the store's own,
 * by which others write.
 */
final class PropertyStore {
  static final String CURRENT = "current";
  static final String ALL = "all";

  private static final String COLUMNS =
      "a, b, label, score, metaxy_data_version, metaxy_feature_version, metaxy_project_version,"
          + " metaxy_materialization_id, metaxy_created_at, metaxy_updated_at, metaxy_deleted_at";

  private static final Map<TestStore.Kind, PropertyStore> STORES =
      new EnumMap<>(TestStore.Kind.class);

  private final TestStore store;
  private final Connection others;
  private Connection connection;
  private FeatureDefinition registered;
  private int pushes;

  private PropertyStore(TestStore store) throws SQLException {
    this.store = store;
    this.others = store.raw();
    this.connection = store.connect();
  }

  /** The store of that kind which all sequences run in. */
  static PropertyStore of(TestStore.Kind kind) {
    return STORES.computeIfAbsent(kind, PropertyStore::create);
  }

  static void closeAll() throws SQLException {
    for (PropertyStore store : STORES.values()) {
      store.close();
    }
    STORES.clear();
  }

  private static PropertyStore create(TestStore.Kind kind) {
    try {
      PropertyStore store = new PropertyStore(kind.create());
      String hashes =
          switch (kind) {
            case H2 -> "JSON";
            case DUCKDB -> "STRUCT(\"default\" VARCHAR)";
            case POSTGRESQL -> "JSONB";
          };
      store.byOthers(
          """
          CREATE TABLE "metaxy_system__feature_versions" ("project" VARCHAR, "feature_key" VARCHAR, \
          "metaxy_feature_version" VARCHAR, "metaxy_definition_version" VARCHAR, \
          "recorded_at" TIMESTAMP, "feature_spec" VARCHAR, "feature_schema" VARCHAR, \
          "metaxy_project_version" VARCHAR)\
          """);
      store.byOthers(
          """
          CREATE TABLE "f" ("a" VARCHAR, "metaxy_provenance_by_field" %s, "b" INTEGER, \
          "metaxy_provenance" VARCHAR, "metaxy_data_version_by_field" %s, \
          "metaxy_data_version" VARCHAR, "metaxy_feature_version" VARCHAR, "label" VARCHAR, \
          "metaxy_project_version" VARCHAR, "metaxy_materialization_id" VARCHAR, \
          "metaxy_created_at" TIMESTAMP WITH TIME ZONE, \
          "metaxy_updated_at" TIMESTAMP WITH TIME ZONE, \
          "metaxy_deleted_at" TIMESTAMP WITH TIME ZONE, "score" INTEGER)\
          """
              .formatted(hashes, hashes));
      return store;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void close() throws SQLException {
    connection.close();
    others.close();
  }

  Connection connection() {
    return connection;
  }

  /** A session without a past, after one that failed. */
  void reconnect() throws SQLException {
    connection.close();
    connection = store.connect();
  }

  /** An empty feature in its first version, and the settings of a new session. */
  void reset() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String setting : List.of("feature_version", "materialization_id", "hard_delete")) {
        statement.execute("RESET " + setting);
      }
    }
    byOthers("TRUNCATE TABLE \"f\"");
    if (registered != FeatureDefinition.FIRST) {
      push(FeatureDefinition.FIRST);
    }
  }

  /** Runs SQL of the store in another session. */
  void byOthers(String sql) throws SQLException {
    try (Statement statement = others.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Registers a definition as {@code metaxy push} does. */
  void push(FeatureDefinition definition) throws SQLException {
    registered = definition;
    pushes++;
    byOthers(pushSql(definition, pushes));
    try (Statement statement = connection.createStatement()) {
      // A statement that was never planned before looks at the registry at once.
      statement.execute("SELECT COUNT(*) AS count_" + pushes + " FROM f");
    }
  }

  static String pushSql(FeatureDefinition definition, int number) {
    return """
        INSERT INTO "metaxy_system__feature_versions" ("project", "feature_key", \
        "metaxy_feature_version", "recorded_at", "feature_spec", "metaxy_project_version") \
        VALUES ('p', 'f', '%s', TIMESTAMP '2024-01-01 00:00:00' + INTERVAL '%d' SECOND, '%s', '%s')\
        """
        .formatted(definition.version(), number, definition.spec(), definition.projectVersion());
  }

  /** All rows of the table, as the store's own driver reads them in the same transaction. */
  List<Row> stored() throws SQLException {
    Connection own = connection.unwrap(Connection.class);
    assertThat(own.getClass().getName()).doesNotContain("metaxyjdbc");
    String sql = "SELECT " + quoted() + " FROM \"f\"";
    List<Row> rows = new ArrayList<>();
    try (PreparedStatement statement = own.prepareStatement(sql);
        ResultSet result = statement.executeQuery()) {
      while (result.next()) {
        rows.add(row(result));
      }
    }
    return rows;
  }

  private static String quoted() {
    return COLUMNS.replaceAll("(\\w+)", "\"$1\"");
  }

  /** All rows that the driver shows in a schema. */
  List<Shown> shown(Schema schema) throws SQLException {
    boolean history = schema == Schema.HISTORY;
    String columns =
        history ? COLUMNS + ", metaxy_valid_from, metaxy_valid_to, metaxy_is_current" : COLUMNS;
    String sql = "SELECT " + columns + " FROM " + schema.table();
    List<Shown> shown = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        Row row = row(result);
        shown.add(
            history
                ? new Shown(row, instant(result, 12), instant(result, 13), result.getBoolean(14))
                : Shown.of(row));
      }
    }
    return shown;
  }

  private static Row row(ResultSet result) throws SQLException {
    return new Row(
        result.getString(1),
        result.getObject(2, Integer.class),
        result.getString(3),
        result.getObject(4, Integer.class),
        result.getString(5),
        result.getString(6),
        result.getString(7),
        result.getString(8),
        instant(result, 9),
        instant(result, 10),
        instant(result, 11));
  }

  private static Instant instant(ResultSet result, int column) throws SQLException {
    OffsetDateTime time = result.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
