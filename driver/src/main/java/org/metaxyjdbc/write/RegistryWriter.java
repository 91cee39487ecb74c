package org.metaxyjdbc.write;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
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
    Registration registration =
        RegistryEntry.of(definition, project, snapshot.catalog().registrations(project));
    List<String> values =
        java.util.Arrays.asList(
            registration.project(),
            registration.featureKey(),
            registration.featureVersion(),
            registration.definitionVersion(),
            registration.featureSpec(),
            registration.featureSchema(),
            "jdbc." + RegistryEntry.title(definition.key()),
            registration.projectVersion(),
            RegistryEntry.TAGS);
    String sql =
        "INSERT INTO %s (%s, %s) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            .formatted(
                dialect.identifier(registryPath(snapshot)),
                String.join(", ", TEXT_COLUMNS.stream().map(dialect::identifier).toList()),
                dialect.identifier("recorded_at"));
    try (PreparedStatement insert = session.connection().prepareStatement(sql)) {
      for (int i = 0; i < values.size(); i++) {
        insert.setString(i + 1, values.get(i));
      }
      insert.setObject(values.size() + 1, LocalDateTime.now(ZoneOffset.UTC));
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
