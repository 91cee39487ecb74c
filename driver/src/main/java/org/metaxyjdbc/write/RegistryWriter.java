package org.metaxyjdbc.write;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.catalog.Feature;
import org.metaxyjdbc.catalog.Registration;
import org.metaxyjdbc.plan.FeatureDefinition;
import org.metaxyjdbc.session.Session;
import org.metaxyjdbc.session.SessionSetting;
import org.metaxyjdbc.store.FeatureStore;
import org.metaxyjdbc.store.StoreDialect;
import org.metaxyjdbc.store.StoreSnapshot;

/**
 * Writes the store's registry, {@code metaxy_system__feature_versions}, as {@code metaxy push}
 * does.
 */
final class RegistryWriter {
  /** The project of features that were made here, where the session does not name another. */
  private static final String DEFAULT_PROJECT = "jdbc";

  private static final List<String> TEXT_COLUMNS =
      List.of(
          "project",
          "feature_key",
          "metaxy_feature_version",
          "metaxy_definition_version",
          "feature_spec",
          "feature_schema",
          "feature_class_path",
          "metaxy_project_version",
          "tags");

  private final Session session;
  private final FeatureStore store;
  private final StoreDialect dialect;
  private final List<String> path;

  RegistryWriter(Session session) {
    this.session = session;
    this.store = session.store();
    this.dialect = session.dialect();
    this.path = List.of(store.schema(), store.physicalName(FeatureStore.REGISTRY_TABLE));
  }

  void register(FeatureDefinition definition) throws SQLException {
    StoreSnapshot snapshot = store.snapshot(session.connection());
    if (snapshot.registry().isEmpty()) {
      createRegistry();
    }
    String project =
        Optional.ofNullable(session.settings().get(SessionSetting.PROJECT)).orElse(DEFAULT_PROJECT);
    insert(
        snapshot,
        RegistryEntry.of(definition, project, snapshot.catalog().registrations(project)),
        "jdbc." + RegistryEntry.title(definition.key()),
        RegistryEntry.TAGS);
  }

  /** A new entry of a registered feature, with one column more. */
  void addColumn(Feature feature, FeatureDefinition.Column column) throws SQLException {
    StoreSnapshot snapshot = store.snapshot(session.connection());
    Registration before = feature.registration();
    if (before == null || feature.spec() == null) {
      return;
    }
    Registration after =
        RegistryEntry.withColumn(
            before,
            feature.version(),
            column,
            snapshot.catalog().registrations(String.valueOf(before.project())));
    String sql =
        "SELECT %s, %s FROM %s WHERE %s = ? AND %s = ? AND %s = ?"
            .formatted(
                dialect.identifier("feature_class_path"),
                dialect.identifier("tags"),
                dialect.identifier(registryPath(snapshot)),
                dialect.identifier("project"),
                dialect.identifier("feature_key"),
                dialect.identifier("recorded_at"));
    try (PreparedStatement select = session.connection().prepareStatement(sql)) {
      select.setString(1, before.project());
      select.setString(2, before.featureKey());
      select.setObject(3, before.recordedAt());
      try (ResultSet entry = select.executeQuery()) {
        boolean found = entry.next();
        insert(
            snapshot,
            after,
            found ? entry.getString(1) : null,
            found ? entry.getString(2) : RegistryEntry.TAGS);
      }
    }
  }

  /** Appends an entry, later than the one that it follows. */
  private void insert(
      StoreSnapshot snapshot,
      Registration registration,
      @Nullable String classPath,
      @Nullable String tags)
      throws SQLException {
    List<@Nullable String> values =
        Arrays.asList(
            registration.project(),
            registration.featureKey(),
            registration.featureVersion(),
            registration.definitionVersion(),
            registration.featureSpec(),
            registration.featureSchema(),
            classPath,
            registration.projectVersion(),
            tags);
    String sql =
        "INSERT INTO %s (%s, %s) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            .formatted(
                dialect.identifier(registryPath(snapshot)),
                String.join(", ", TEXT_COLUMNS.stream().map(dialect::identifier).toList()),
                dialect.identifier("recorded_at"));
    LocalDateTime now = LocalDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MICROS);
    LocalDateTime before = registration.recordedAt();
    try (PreparedStatement insert = session.connection().prepareStatement(sql)) {
      for (int i = 0; i < values.size(); i++) {
        insert.setString(i + 1, values.get(i));
      }
      insert.setObject(
          values.size() + 1,
          before == null || before.isBefore(now) ? now : before.plus(1, ChronoUnit.MICROS));
      insert.executeUpdate();
    }
  }

  private List<String> registryPath(StoreSnapshot snapshot) {
    return snapshot.registry().map(table -> table.path()).orElse(path);
  }

  private void createRegistry() throws SQLException {
    StringBuilder columns = new StringBuilder();
    for (String column : TEXT_COLUMNS) {
      columns.append(dialect.identifier(column)).append(" VARCHAR, ");
    }
    for (String column : List.of("recorded_at", "deleted_at")) {
      columns.append(dialect.identifier(column)).append(" TIMESTAMP, ");
    }
    columns.setLength(columns.length() - 2);
    try (Statement statement = session.connection().createStatement()) {
      statement.execute("CREATE TABLE %s (%s)".formatted(dialect.identifier(path), columns));
    }
  }

  /** Removes all entries of a feature: Metaxy would read a remaining one. */
  void unregister(Feature feature) throws SQLException {
    StoreSnapshot snapshot = store.snapshot(session.connection());
    if (!feature.isRegistered() || snapshot.registry().isEmpty()) {
      return;
    }
    String sql =
        "DELETE FROM %s WHERE %s = ?"
            .formatted(
                dialect.identifier(registryPath(snapshot)), dialect.identifier("feature_key"));
    try (PreparedStatement delete = session.connection().prepareStatement(sql)) {
      delete.setString(1, feature.key());
      delete.executeUpdate();
    }
  }
}
