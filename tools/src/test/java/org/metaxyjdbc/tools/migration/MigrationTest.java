package org.metaxyjdbc.tools.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.command.CommandScope;
import liquibase.command.core.UpdateCommandStep;
import liquibase.command.core.helpers.DbUrlConnectionArgumentsCommandStep;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.metaxyjdbc.testing.PredictionStore;
import org.metaxyjdbc.testing.TestStore;

/**
 * Flyway and Liquibase keep a log in a table of their own, which no feature is. They refuse, and
 * leave the store as it was.
 */
class MigrationTest {
  private static void requireUnchanged(PredictionStore store) throws SQLException {
    try (Connection connection = store.store().connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT COUNT(*), MIN(table_name) FROM registry.features")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getInt(1)).isEqualTo(2);
      assertThat(rows.getString(2)).isEqualTo("models");
    }
    assertThat(store.ids("active")).hasSize(4);
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void flywayKnowsNoSuchDatabase(TestStore.Kind kind) throws SQLException {
    PredictionStore store = PredictionStore.create(kind);
    assertThatThrownBy(() -> Flyway.configure().dataSource(store.url(), null, null).load())
        .hasMessageContaining("No Flyway database plugin found to handle jdbc:metaxy:");
    requireUnchanged(store);
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void liquibaseCannotCreateItsTable(TestStore.Kind kind) throws Exception {
    PredictionStore store = PredictionStore.create(kind);
    try (Connection connection = store.store().connect();
        Database database =
            DatabaseFactory.getInstance()
                .findCorrectDatabaseImplementation(new JdbcConnection(connection))) {
      CommandScope update =
          new CommandScope(UpdateCommandStep.COMMAND_NAME)
              .addArgumentValue(DbUrlConnectionArgumentsCommandStep.DATABASE_ARG, database)
              .addArgumentValue(
                  UpdateCommandStep.CHANGELOG_ARG, new DatabaseChangeLog("no-changes.xml"));
      assertThatThrownBy(update::execute).hasMessageContaining("DATABASECHANGELOG");
    }
    requireUnchanged(store);
  }
}
