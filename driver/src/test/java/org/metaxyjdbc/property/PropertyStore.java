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
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

  private static final String ALL_SCHEMAS =
      Stream.of(Schema.HISTORY, Schema.ACTIVE, Schema.INCLUDE_DELETED, Schema.ONLY_DELETED)
          .map(
              schema ->
                  "SELECT %s, %s, '%s' FROM %s"
                      .formatted(
                          COLUMNS,
                          schema == Schema.HISTORY
                              ? "metaxy_valid_from, metaxy_valid_to, metaxy_is_current"
                              : "NULL, NULL, NULL",
                          schema,
                          schema.table()))
          .collect(Collectors.joining(" UNION ALL "));

  private static final Map<TestStore.Kind, PropertyStore> STORES =
      new EnumMap<>(TestStore.Kind.class);

  private final TestStore store;
  private final Connection others;
  private final String hashes;
  private Connection connection;
  private PreparedStatement allRows;
  private boolean isAsFirstMade;
  private int pushes;

  private PropertyStore(TestStore store) throws SQLException {
    this.store = store;
    this.others = store.raw();
    this.connection = store.connect();
    this.hashes =
        switch (store.kind()) {
          case H2 -> "JSON";
          case DUCKDB -> "STRUCT(\"default\" VARCHAR)";
          case POSTGRESQL -> "JSONB";
        };
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
      PropertyStore store = new PropertyStore(kind.createInMemory());
      store.byOthers(
          """
          CREATE TABLE "metaxy_system__feature_versions" ("project" VARCHAR, "feature_key" VARCHAR, \
          "metaxy_feature_version" VARCHAR, "metaxy_definition_version" VARCHAR, \
          "recorded_at" TIMESTAMP, "feature_spec" VARCHAR, "feature_schema" VARCHAR, \
          "metaxy_project_version" VARCHAR, "feature_class_path" VARCHAR, "tags" VARCHAR)\
          """);
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
    allRows = null;
    isAsFirstMade = false;
  }

  /** An empty feature in its first version, and the settings of a new session. */
  void reset() throws SQLException {
    for (String setting : List.of("feature_version", "materialization_id", "hard_delete")) {
      set("RESET " + setting);
    }
    if (isAsFirstMade) {
      byOthers("TRUNCATE TABLE \"f\"");
    } else {
      byOthers("DROP TABLE IF EXISTS \"f\"");
      byOthers(
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
      push(FeatureDefinition.FIRST);
      isAsFirstMade = true;
    }
  }

  private void set(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Says that the table or what is registered of it is no longer what {@link #reset} makes. */
  void changed() throws SQLException {
    isAsFirstMade = false;
    if (allRows != null) {
      allRows.close();
      allRows = null;
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
    changed();
    pushes++;
    byOthers(pushSql(definition, pushes));
    // A statement that was never planned before looks at the registry at once.
    set("SELECT COUNT(*) AS count_" + pushes + " FROM f");
  }

  static String pushSql(FeatureDefinition definition, int number) {
    return """
        INSERT INTO "metaxy_system__feature_versions" ("project", "feature_key", \
        "metaxy_feature_version", "recorded_at", "feature_spec", "metaxy_project_version") \
        VALUES ('p', 'f', '%s', TIMESTAMP '%s', '%s', '%s')\
        """
        .formatted(
            definition.version(),
            java.time.LocalDate.EPOCH.atStartOfDay().plusYears(100).plusSeconds(number),
            definition.spec(),
            definition.projectVersion());
  }

  /** The feature version and the project version of the newest entry of the registry. */
  List<String> registered() throws SQLException {
    try (Statement statement = others.createStatement();
        ResultSet result =
            statement.executeQuery(
                """
                SELECT "metaxy_feature_version", "metaxy_project_version" \
                FROM "metaxy_system__feature_versions" ORDER BY "recorded_at" DESC\
                """)) {
      result.next();
      return List.of(result.getString(1), result.getString(2));
    }
  }

  /** All rows of the table, as the store's own driver reads them in the same transaction. */
  List<Row> stored() throws SQLException {
    if (allRows == null) {
      Connection own = connection.unwrap(Connection.class);
      assertThat(own.getClass().getName()).doesNotContain("metaxyjdbc");
      allRows = own.prepareStatement("SELECT " + quoted() + " FROM \"f\"");
    }
    List<Row> rows = new ArrayList<>();
    try (ResultSet result = allRows.executeQuery()) {
      while (result.next()) {
        rows.add(row(result));
      }
    }
    return rows;
  }

  private static String quoted() {
    return COLUMNS.replaceAll("(\\w+)", "\"$1\"");
  }

  /** All rows that the driver shows in all schemas, in one query. */
  Map<Schema, List<Shown>> shown() throws SQLException {
    Map<Schema, List<Shown>> shown = new EnumMap<>(Schema.class);
    for (Schema schema : Schema.values()) {
      shown.put(schema, new ArrayList<>());
    }
    try (PreparedStatement statement = connection.prepareStatement(ALL_SCHEMAS);
        ResultSet result = statement.executeQuery()) {
      while (result.next()) {
        Schema schema = Schema.valueOf(result.getString(15).strip());
        shown.get(schema).add(shown(schema, result));
      }
    }
    return shown;
  }

  private static Shown shown(Schema schema, ResultSet result) throws SQLException {
    Row row = row(result);
    return schema == Schema.HISTORY
        ? new Shown(row, instant(result, 12), instant(result, 13), result.getBoolean(14))
        : Shown.of(row);
  }

  /**
   * Rows that the driver shows in a schema.
   *
   * @param past what follows the table's name
   * @param condition its WHERE clause
   */
  List<Shown> shown(Schema schema, String past, String condition, List<Object> parameters)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(shownSql(schema, past, condition))) {
      Run.bind(statement, parameters);
      List<Shown> shown = new ArrayList<>();
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          shown.add(shown(schema, result));
        }
      }
      return shown;
    }
  }

  static String shownSql(Schema schema, String past, String condition) {
    String columns =
        schema == Schema.HISTORY
            ? COLUMNS + ", metaxy_valid_from, metaxy_valid_to, metaxy_is_current"
            : COLUMNS;
    return "SELECT " + columns + " FROM " + schema.table() + past + condition;
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
