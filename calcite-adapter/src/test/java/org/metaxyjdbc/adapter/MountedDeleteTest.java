package org.metaxyjdbc.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.calcite.runtime.Hook;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;
import org.metaxyjdbc.testing.TestStore;

/** What {@code DELETE} through {@code jdbc:calcite:} does to a mounted store. */
class MountedDeleteTest {
  private static final String SIZES = "SELECT \"Größe\" FROM ";

  @ParameterizedTest
  @EnumSource
  void deleteAppendsOneTombstoneARecord(TestStore.Kind kind) throws Exception {
    TestStore store = Clips.create(kind);
    Instant before = Instant.now();
    try (Connection connection = Mount.open(store)) {
      List<String> history = physicalRows(store);
      assertThat(Mount.update(connection, "DELETE FROM active.\"order\" WHERE \"Größe\" < 3"))
          .isEqualTo(2);
      assertThat(Mount.rows(connection, SIZES + "active.\"order\""))
          .containsExactlyInAnyOrder("3.5", "6.5", "7.5", "8.5", "9.5");
      assertThat(Mount.rows(connection, SIZES + "only_deleted.\"order\""))
          .containsExactlyInAnyOrder("1.5", "2.5", "4.5", "5.5");
      assertThat(physicalRows(store)).containsAll(history).hasSize(history.size() + 2);
      assertThat(deletedAt(store, "b"))
          .isBetween(before.minus(Duration.ofMillis(1)), Instant.now());

      assertThat(Mount.update(connection, "DELETE FROM \"order\" WHERE \"Größe\" < 3"))
          .as("again, nothing matches")
          .isZero();
      assertThat(
              Mount.rows(
                  connection,
                  """
                  SELECT CAST(metaxy_created_at AS VARCHAR), metaxy_materialization_id
                  FROM only_deleted."order" WHERE "select" = 'b'"""))
          .containsExactly(Clips.START + "000101+00|null");
    }
  }

  private static List<String> physicalRows(TestStore store) throws SQLException {
    try (Connection connection = store.raw()) {
      return Mount.rows(connection, "SELECT * FROM \"order\"");
    }
  }

  private static Instant deletedAt(TestStore store, String select) throws SQLException {
    try (Connection connection = store.raw();
        PreparedStatement statement =
            connection.prepareStatement(
                "SELECT MAX(\"metaxy_deleted_at\") FROM \"order\" WHERE \"select\" = ?")) {
      statement.setString(1, select);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getObject(1, OffsetDateTime.class).toInstant();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void deleteIsOneStatementOfTheStore(TestStore.Kind kind) throws Exception {
    List<String> sent = new ArrayList<>();
    try (Connection connection = Mount.open(Clips.create(kind));
        Hook.Closeable hook = Hook.QUERY_PLAN.addThread((Consumer<String>) sent::add)) {
      String sql = "DELETE FROM \"order\" WHERE \"select\" = 'b'";
      String plan = Mount.rows(connection, "EXPLAIN PLAN FOR " + sql).get(0);
      assertThat(plan).startsWith("StoreToEnumerableConverter(sql=[INSERT INTO ");
      assertThat(sent).as("explaining runs nothing").isEmpty();
      assertThat(Mount.update(connection, sql)).isEqualTo(1);
      assertThat(sent).hasSize(1);
      assertThat(plan).contains(sent.get(0));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aTombstoneIsLaterThanTheVersionThatItHides(TestStore.Kind kind) throws Exception {
    TestStore store = Clips.create(kind);
    store.execute(Clips.order("'f'", "1", 1, 0, null).replace("2026-03-01", "2999-12-31"));
    try (Connection connection = Mount.open(store)) {
      assertThat(Mount.update(connection, "DELETE FROM \"order\" WHERE \"select\" = 'f'"))
          .isEqualTo(1);
      assertThat(Mount.rows(connection, SIZES + "\"order\" WHERE \"select\" = 'f'")).isEmpty();
      assertThat(deletedAt(store, "f")).isEqualTo("2999-12-31T10:00:00.000001Z");
    }
  }

  @ParameterizedTest
  @EnumSource
  void nullIdsAndTiesAreDeletedLikeAnyRecord(TestStore.Kind kind) throws Exception {
    try (Connection connection = Mount.open(Clips.create(kind))) {
      assertThat(Mount.update(connection, "DELETE FROM \"order\" WHERE \"select\" IS NULL"))
          .isEqualTo(2);
      assertThat(Mount.update(connection, "DELETE FROM \"order\" WHERE \"select\" = 't'"))
          .isEqualTo(1);
      assertThat(Mount.rows(connection, SIZES + "\"order\""))
          .containsExactlyInAnyOrder("1.5", "2.5", "3.5", "8.5");
    }
  }

  @ParameterizedTest
  @EnumSource
  void parametersAndSubQueriesChooseTheRecords(TestStore.Kind kind) throws Exception {
    try (Connection connection = Mount.open(Clips.create(kind));
        PreparedStatement statement =
            connection.prepareStatement(
                """
                DELETE FROM "order" WHERE "Größe" < ?
                AND "select" IN (SELECT "select" FROM clip__labels WHERE "label" <> ?)""")) {
      statement.setDouble(1, 8);
      statement.setString(2, "dog");
      assertThat(statement.executeUpdate()).isEqualTo(1);
      assertThat(Mount.rows(connection, "SELECT \"select\" FROM only_deleted.\"order\""))
          .containsExactlyInAnyOrder("b", "d", "e");
      assertThat(Mount.update(connection, "DELETE FROM \"order\" WHERE 1 = 0")).isZero();
      assertThat(Mount.update(connection, "DELETE FROM never__written")).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void hardDeleteErasesEveryVersionOfTheRecords(TestStore.Kind kind) throws Exception {
    TestStore store = Clips.create(kind);
    try (Connection connection = Mount.open(store, "hard_delete", "true")) {
      assertThat(
              Mount.update(
                  connection, "DELETE FROM \"order\" WHERE \"Größe\" IN (2.5, 3.5, 6.5, 9.5)"))
          .as("of records, not of rows")
          .isEqualTo(4);
      assertThat(Mount.rows(connection, SIZES + "history.\"order\""))
          .containsExactlyInAnyOrder("1.5", "4.5", "4.5", "5.5", "5.5", "7.5", "8.5");
      assertThat(Mount.update(connection, "DELETE FROM only_deleted.\"order\" WHERE \"Größe\" < 5"))
          .isEqualTo(1);
      assertThat(
              Mount.update(connection, "DELETE FROM include_deleted.\"order\" WHERE \"Größe\" < 8"))
          .isEqualTo(3);
      assertThat(Mount.rows(connection, SIZES + "history.\"order\"")).containsExactly("8.5");
      assertThat(Mount.update(connection, "DELETE FROM history.\"order\" WHERE \"Größe\" > 8"))
          .isEqualTo(1);
    }
    try (Connection connection = Mount.open(store, "feature_version", "0ldvers1")) {
      assertThat(Mount.rows(connection, SIZES + "\"order\""))
          .as("another feature version is not touched")
          .containsExactly("10.5");
    }
  }

  @ParameterizedTest
  @EnumSource
  void anUpdateInOnlyDeletedRestores(TestStore.Kind kind) throws Exception {
    try (Connection connection = Mount.open(Clips.create(kind))) {
      assertThat(
              Mount.update(
                  connection,
                  "UPDATE only_deleted.\"order\" SET metaxy_deleted_at = NULL WHERE \"Größe\" > 5"))
          .isEqualTo(1);
      assertThat(Mount.rows(connection, SIZES + "\"order\"")).contains("5.5");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFailingDeleteChangesNothingAndGivesItsTurnBack(TestStore.Kind kind) throws Exception {
    TestStore store = Clips.create(kind);
    try (Connection connection = Mount.open(store, "hard_delete", "true")) {
      assertThatThrownBy(
              () ->
                  Mount.update(
                      connection, "DELETE FROM \"order\" WHERE CAST(\"select\" AS INTEGER) = 1"))
          .isInstanceOf(SQLException.class);
      assertThat(physicalRows(store)).hasSize(17);
      assertThat(Mount.update(connection, "DELETE FROM \"order\" WHERE \"select\" = 'a'"))
          .isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM history.\"order\"",
        "DELETE FROM only_deleted.\"order\"",
        "DELETE FROM include_deleted.\"order\" WHERE \"select\" = 'a'",
        "DELETE FROM registry.features",
        "DELETE FROM registry.feature_versions",
        "UPDATE \"order\" SET \"Größe\" = 1",
        "INSERT INTO clip__labels SELECT * FROM clip__labels",
        "DELETE FROM \"order\" WHERE \"select\" IN (SELECT \"select\" FROM other.\"order\")"
      })
  void whatAMountedStoreDoesNotDoIsRefusedWithAWayOut(String sql) throws Exception {
    TestStore store = Clips.create(TestStore.Kind.H2);
    try (Connection connection = Mount.open(store);
        Statement statement = connection.createStatement()) {
      Mount.add(connection, "other", store);
      assertThatThrownBy(() -> statement.executeUpdate(sql))
          .isInstanceOf(SQLException.class)
          .cause()
          .isInstanceOfSatisfying(
              MetaxyException.class,
              e ->
                  assertThat(e.state()).isIn(SqlState.NOT_ALLOWED, SqlState.FEATURE_NOT_SUPPORTED));
      assertThatThrownBy(() -> statement.executeUpdate(sql))
          .message()
          .containsAnyOf(
              "hard_delete", "can be read but not changed", "jdbc:metaxy:", "first read");
      assertThat(physicalRows(store)).hasSize(17);
    }
  }
}
