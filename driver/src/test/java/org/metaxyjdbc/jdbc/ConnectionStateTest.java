package org.metaxyjdbc.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.PooledConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.metaxyjdbc.testing.TestStore;

/** What a connection and a data source keep, and what a pool does with them. */
class ConnectionStateTest {
  private static long count(Connection connection, String table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static void delete(Connection connection, String id) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("DELETE FROM video__raw WHERE video_id = ?")) {
      statement.setString(1, id);
      assertThat(statement.executeUpdate()).isEqualTo(1);
    }
  }

  private static void requireState(
      String state, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            SQLException.class,
            e -> assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo(state));
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void unqualifiedNamesAreFoundInTheSchemaThatWasSet(TestStore.Kind kind) throws SQLException {
    try (Connection connection = VideoStore.create(kind).connect()) {
      delete(connection, "a");
      try (PreparedStatement prepared =
          connection.prepareStatement("SELECT COUNT(*) FROM video__raw")) {
        assertThat(connection.getSchema()).isEqualTo("active");
        assertThat(count(connection, "video__raw")).isEqualTo(1);
        connection.setSchema("History");
        assertThat(connection.getSchema()).isEqualTo("history");
        assertThat(count(connection, "video__raw")).isEqualTo(3);
        assertThat(count(connection, "active.video__raw")).isEqualTo(1);
        try (ResultSet rows = prepared.executeQuery()) {
          rows.next();
          assertThat(rows.getLong(1)).isEqualTo(3);
        }
        connection.setSchema("registry");
        assertThat(count(connection, "features")).isEqualTo(4);
        requireState("3F000", () -> connection.setSchema("public"));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void savepointsAreTheStoresOwn(TestStore.Kind kind) throws SQLException {
    try (Connection connection = VideoStore.create(kind).connect()) {
      connection.setAutoCommit(false);
      assertThat(connection.getMetaData().supportsSavepoints())
          .isEqualTo(kind != TestStore.Kind.DUCKDB);
      if (kind == TestStore.Kind.DUCKDB) {
        assertThatThrownBy(connection::setSavepoint)
            .isInstanceOf(SQLFeatureNotSupportedException.class)
            .hasFieldOrPropertyWithValue("SQLState", "0A000");
        return;
      }
      delete(connection, "a");
      Savepoint savepoint = connection.setSavepoint("one");
      delete(connection, "b");
      assertThat(count(connection, "video__raw")).isZero();
      connection.rollback(savepoint);
      assertThat(count(connection, "video__raw")).isEqualTo(1);
      connection.rollback();
      assertThat(count(connection, "video__raw")).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void aTransactionWithAnErrorCanBeRolledBackBySql(TestStore.Kind kind) throws SQLException {
    try (Connection connection = kind.create().connect();
        Statement statement = connection.createStatement();
        PreparedStatement rollback = connection.prepareStatement("ROLLBACK")) {
      statement.execute("CREATE TABLE f (id INTEGER, PRIMARY KEY (id))");
      connection.setAutoCommit(false);
      for (String sql : List.of("ROLLBACK", "/* enough */ -- really\n rollback work")) {
        statement.execute("INSERT INTO f VALUES (1)");
        requireState("22012", () -> statement.executeQuery("SELECT 1 / 0 FROM f").next());
        statement.execute("SET hard_delete = true");
        statement.execute("ALTER SESSION SET hard_delete = false");
        statement.execute(sql);
      }
      statement.execute("INSERT INTO f VALUES (1)");
      requireState("22012", () -> statement.executeQuery("SELECT 1 / 0 FROM f").next());
      rollback.execute();
      try (ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM f")) {
        rows.next();
        assertThat(rows.getInt(1)).isZero();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void everySupportedIsolationLevelCanBeSet(TestStore.Kind kind) throws SQLException {
    try (Connection connection = kind.create().connect()) {
      for (int level :
          new int[] {
            Connection.TRANSACTION_READ_UNCOMMITTED,
            Connection.TRANSACTION_READ_COMMITTED,
            Connection.TRANSACTION_REPEATABLE_READ,
            Connection.TRANSACTION_SERIALIZABLE
          }) {
        if (connection.getMetaData().supportsTransactionIsolationLevel(level)) {
          connection.setTransactionIsolation(level);
          assertThat(connection.getTransactionIsolation()).isGreaterThanOrEqualTo(level);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void aReadOnlyConnectionRefusesChanges(TestStore.Kind kind) throws SQLException {
    try (Connection connection = VideoStore.create(kind).connect()) {
      connection.setReadOnly(true);
      assertThat(connection.isReadOnly()).isTrue();
      assertThat(connection.getMetaData().isReadOnly()).isTrue();
      requireState("25006", () -> delete(connection, "a"));
      connection.setReadOnly(false);
      delete(connection, "a");
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void clientInfoIsTheSettings(TestStore.Kind kind) throws SQLException {
    try (Connection connection = kind.create().connect()) {
      connection.setClientInfo("hard_delete", "true");
      assertThat(connection.getClientInfo()).containsEntry("hard_delete", "true");
      connection.setClientInfo("ApplicationName", "a report");
      Properties properties = new Properties();
      properties.setProperty("project", "demo");
      connection.setClientInfo(properties);
      assertThat(connection.getClientInfo("project")).isEqualTo("demo");
      assertThat(connection.getClientInfo("hard_delete")).isEqualTo("false");
      assertThatThrownBy(() -> connection.setClientInfo("hard_delte", "true"))
          .isInstanceOf(SQLClientInfoException.class)
          .hasFieldOrPropertyWithValue("SQLState", "22023")
          .hasMessageContaining("hard_delete");
      assertThat(connection.getClientInfo("nothing")).isNull();
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void whatAResultSetCannotBeIsWarnedOf(TestStore.Kind kind) throws SQLException {
    try (Connection connection = kind.create().connect()) {
      assertThat((Throwable) connection.getWarnings()).isNull();
      try (Statement statement =
          connection.createStatement(ResultSet.TYPE_SCROLL_SENSITIVE, ResultSet.CONCUR_READ_ONLY)) {
        assertThat(statement.getResultSetType()).isEqualTo(ResultSet.TYPE_SCROLL_INSENSITIVE);
      }
      assertThat(connection.getWarnings().getMessage()).contains("Result sets");
      connection.clearWarnings();
      assertThat((Throwable) connection.getWarnings()).isNull();
      requireState("HY009", () -> connection.createStatement(1, 2));
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void closingAConnectionClosesItsStatements(TestStore.Kind kind) throws SQLException {
    Connection connection = VideoStore.create(kind).connect();
    Statement statement = connection.createStatement();
    ResultSet rows = statement.executeQuery("SELECT video_id FROM video__raw");
    connection.close();
    connection.close();
    assertThat(statement.isClosed()).isTrue();
    assertThat(rows.isClosed()).isTrue();
    requireState("08003", connection::createStatement);
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void abortClosesTheConnection(TestStore.Kind kind) throws SQLException {
    Connection connection = VideoStore.create(kind).connect();
    Connection ofStore = connection.unwrap(Connection.class);
    connection.abort(Runnable::run);
    assertThat(connection.isClosed()).isTrue();
    assertThat(ofStore.isClosed()).isTrue();
    connection.abort(Runnable::run);
    requireState("08003", connection::getAutoCommit);
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void aDataSourceConnectsAsItsPropertiesSay(TestStore.Kind kind) throws SQLException {
    MetaxyDataSource source = new MetaxyDataSource();
    source.setUrl(VideoStore.create(kind).url());
    Properties properties = new Properties();
    properties.setProperty("metaxy.read_only", "true");
    source.setProperties(properties);
    try (Connection connection = source.getConnection()) {
      assertThat(connection.isReadOnly()).isTrue();
      assertThat(count(connection, "video__raw")).isEqualTo(2);
    }
    source.setUrl("jdbc:h2:mem:");
    requireState("08001", source::getConnection);
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void aPooledConnectionBeginsAnewEachTime(TestStore.Kind kind) throws SQLException {
    MetaxyDataSource source = new MetaxyDataSource();
    source.setUrl(VideoStore.create(kind).url());
    PooledConnection pooled = source.getPooledConnection();
    List<String> events = new ArrayList<>();
    pooled.addConnectionEventListener(
        new ConnectionEventListener() {
          @Override
          public void connectionClosed(ConnectionEvent event) {
            events.add("closed");
          }

          @Override
          public void connectionErrorOccurred(ConnectionEvent event) {
            events.add("error");
          }
        });
    Connection first = pooled.getConnection();
    first.setAutoCommit(false);
    first.setSchema("history");
    first.setReadOnly(true);
    first.setReadOnly(false);
    try (Statement statement = first.createStatement()) {
      assertThat(statement.getConnection()).isSameAs(first);
      statement.execute("SET hard_delete = true");
    }
    first.setSchema("active");
    delete(first, "a");
    first.setSchema("history");
    first.close();
    assertThat(events).containsExactly("closed");
    assertThat(first.isClosed()).isTrue();
    requireState("08003", first::createStatement);

    try (Connection second = pooled.getConnection()) {
      assertThat(second.getAutoCommit()).isTrue();
      assertThat(second.getSchema()).isEqualTo("active");
      assertThat(second.getClientInfo("hard_delete")).isEqualTo("false");
      assertThat(count(second, "video__raw")).as("the first one's change is undone").isEqualTo(2);
      Connection third = pooled.getConnection();
      assertThat(second.isClosed()).isTrue();
      assertThat(third.isClosed()).isFalse();
    }
    pooled.close();
  }

  @Test
  void thePropertiesOfTheDriverAreDescribed() throws SQLException {
    Driver driver = DriverManager.getDriver("jdbc:metaxy:");
    Properties given = new Properties();
    given.setProperty("metaxy.hard_delete", "true");
    DriverPropertyInfo[] properties = driver.getPropertyInfo("jdbc:metaxy:", given);
    assertThat(properties)
        .extracting(property -> property.name)
        .contains("metaxy.schema", "metaxy.table_prefix", "metaxy.hard_delete");
    assertThat(properties).allSatisfy(property -> assertThat(property.description).isNotBlank());
    DriverPropertyInfo hardDelete =
        Arrays.stream(properties)
            .filter(property -> property.name.equals("metaxy.hard_delete"))
            .findFirst()
            .orElseThrow();
    assertThat(hardDelete.value).isEqualTo("true");
    assertThat(hardDelete.choices).containsExactly("true", "false");
    assertThat(driver.getPropertyInfo("jdbc:metaxy:", null)).hasSameSizeAs(properties);
    assertThat(driver.getPropertyInfo("jdbc:metaxy:h2:mem:;metaxy.read_only=true", null))
        .filteredOn(property -> property.name.equals("metaxy.read_only"))
        .extracting(property -> property.value)
        .containsExactly("true");
    requireState("22023", () -> driver.getPropertyInfo("jdbc:metaxy:;metaxy.reed_only=1", null));
  }
}
