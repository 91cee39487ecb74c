package org.metaxyjdbc.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A store with the features {@link Feature#PREDICTION} and {@link Feature#LABEL}: records 1, 2, 3,
 * … in a number of versions each; every tenth record of the former is then deleted.
 */
final class BenchmarkStore implements AutoCloseable {
  private static final List<Feature> FEATURES = List.of(Feature.PREDICTION, Feature.LABEL);

  /**
   * The system property with a folder. A store that this driver wrote is kept there as a script of
   * H2's, and made from it again: to write it takes longer than to measure it.
   */
  static final String SCRIPTS = "metaxy.benchmark.scripts";

  static final int MANY_COLUMNS = 100;

  /** One record in so many is deleted. */
  static final int DELETED = 10;

  private final StoreKind kind;
  private final Database database;
  private final int records;
  private boolean hasPlainTables;

  BenchmarkStore(StoreKind kind, int records, int versions) throws SQLException {
    this.kind = kind;
    this.records = records;
    this.database = kind.create();
    if (kind.writtenByDriver()) {
      Path script = script(versions);
      if (script == null) {
        writeThroughDriver(versions);
      } else if (Files.exists(script)) {
        executeNatively("RUNSCRIPT FROM '%s'".formatted(script));
      } else {
        writeThroughDriver(versions);
        executeNatively("SCRIPT TO '%s'".formatted(script));
      }
    } else {
      writeNatively(versions);
    }
  }

  private @Nullable Path script(int versions) {
    String folder = System.getProperty(SCRIPTS);
    return folder == null
        ? null
        : Path.of(folder, "%s-%d-%d.sql".formatted(kind, records, versions));
  }

  int records() {
    return records;
  }

  /** Adds features with many columns, without rows: their tables and their registrations. */
  void addManyFeatures(int features) throws SQLException {
    List<String> columns = new ArrayList<>();
    columns.add("\"id\" BIGINT");
    for (int i = 1; i < MANY_COLUMNS; i++) {
      columns.add("\"column_%d\" VARCHAR".formatted(i));
    }
    String definition = String.join(", ", columns);
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE many_0 (%s, PRIMARY KEY (\"id\"))".formatted(definition));
    }
    try (Connection connection = connectNatively();
        Statement statement = connection.createStatement()) {
      for (int i = 1; i < features; i++) {
        statement.execute("CREATE TABLE \"many_%d\" AS SELECT * FROM \"many_0\"".formatted(i));
      }
      copyRegistrations(connection, features);
    }
  }

  /** Registers the copies of {@code many_0} as it is itself. */
  private static void copyRegistrations(Connection connection, int features) throws SQLException {
    String registry = "\"metaxy_system__feature_versions\"";
    try (PreparedStatement query =
            connection.prepareStatement(
                "SELECT * FROM %s WHERE \"feature_key\" = 'many_0'".formatted(registry));
        ResultSet rows = query.executeQuery()) {
      rows.next();
      int columns = rows.getMetaData().getColumnCount();
      List<String> names = new ArrayList<>();
      for (int c = 1; c <= columns; c++) {
        names.add(rows.getMetaData().getColumnName(c));
      }
      try (PreparedStatement insert =
          connection.prepareStatement(
              "INSERT INTO %s (%s) VALUES (%s)"
                  .formatted(
                      registry,
                      Feature.quoted(names),
                      String.join(", ", Collections.nCopies(columns, "?"))))) {
        for (int i = 1; i < features; i++) {
          for (int c = 1; c <= columns; c++) {
            Object value = rows.getObject(c);
            insert.setObject(
                c, value instanceof String text ? text.replace("many_0", "many_" + i) : value);
          }
          insert.addBatch();
        }
        insert.executeBatch();
      }
    }
  }

  /** Adds tables that hold the current rows of the features, and nothing else, with an index. */
  void addPlainTables() throws SQLException {
    for (Feature feature : FEATURES) {
      executeNatively(
          "CREATE TABLE \"%s\" AS %s"
              .formatted(plain(feature), currentRows(feature, feature.columns())));
      for (String tuning : sql().tuning(plain(feature))) {
        executeNatively(tuning);
      }
    }
    hasPlainTables = true;
  }

  private static String plain(Feature feature) {
    return "plain_" + feature.name();
  }

  /** The current rows, as somebody writes it who knows the store. */
  String currentRows(Feature feature, List<String> columns) {
    return hasPlainTables
        ? "SELECT %s FROM \"%s\"".formatted(Feature.quoted(columns), plain(feature))
        : sql().currentRows(feature, versionOf(feature), columns, "TRUE");
  }

  HandWrittenSql sql() {
    return kind.sql();
  }

  /** The feature version of all that is in the store. */
  String versionOf(Feature feature) {
    try (Connection connection = connectNatively();
        PreparedStatement query =
            connection.prepareStatement(
                """
                SELECT "metaxy_feature_version" FROM "metaxy_system__feature_versions"
                WHERE "feature_key" = ?""")) {
      query.setString(1, feature.name());
      try (ResultSet rows = query.executeQuery()) {
        rows.next();
        return rows.getString(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A connection of this project's driver. */
  Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:metaxy:" + database.url());
  }

  /** The URL of the store's own driver. */
  String nativeUrl() {
    return "jdbc:" + database.url();
  }

  /** A connection of the store's own driver. */
  Connection connectNatively() throws SQLException {
    return DriverManager.getConnection(nativeUrl());
  }

  @Override
  public void close() throws SQLException {
    if (database.shutdown() != null) {
      executeNatively(database.shutdown());
    }
  }

  private void executeNatively(String sql) throws SQLException {
    try (Connection connection = connectNatively();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void writeThroughDriver(int versions) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (Feature feature : FEATURES) {
        Feature seed = feature.named("seed");
        create(statement, feature);
        create(statement, seed);
        for (int version = 1; version <= versions; version++) {
          fillSeed(seed, version);
          statement.executeUpdate(
              "INSERT INTO %s (%s) SELECT %2$s FROM seed"
                  .formatted(feature.name(), feature.columnList()));
        }
        statement.execute("SET hard_delete = true");
        statement.execute("DROP TABLE seed");
        statement.execute("SET hard_delete = false");
      }
      statement.executeUpdate(
          "DELETE FROM %s WHERE MOD(id, %d) = 0".formatted(Feature.PREDICTION.name(), DELETED));
    }
  }

  private void fillSeed(Feature seed, int version) throws SQLException {
    executeNatively("DELETE FROM \"%s\"".formatted(seed.name()));
    executeNatively(sql().insertVersions(seed, versionOf(seed), records, version));
  }

  private void writeNatively(int versions) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (Feature feature : FEATURES) {
        create(statement, feature);
      }
    }
    try (Connection connection = connectNatively();
        Statement statement = connection.createStatement()) {
      for (Feature feature : FEATURES) {
        statement.execute("DROP TABLE \"%s\"".formatted(feature.name()));
        statement.execute(sql().createTable(feature));
        for (int version = 1; version <= versions; version++) {
          statement.execute(sql().insertVersions(feature, versionOf(feature), records, version));
        }
      }
      for (Feature feature : FEATURES) {
        for (String tuning : sql().tuning(feature.name())) {
          statement.execute(tuning);
        }
      }
      statement.execute(
          sql()
              .deleteRecords(
                  Feature.PREDICTION,
                  versionOf(Feature.PREDICTION),
                  "MOD(\"id\", %d) = 0".formatted(DELETED)));
    }
  }

  /** Registers a feature. */
  private static void create(Statement statement, Feature feature) throws SQLException {
    statement.execute(
        "CREATE TABLE %s (%s, PRIMARY KEY (\"id\"))"
            .formatted(feature.name(), feature.definitionList()));
  }
}
