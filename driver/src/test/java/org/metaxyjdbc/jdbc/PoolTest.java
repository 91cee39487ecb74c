package org.metaxyjdbc.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.metaxyjdbc.testing.TestStore;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** HikariCP's pool, and Spring's templates and transactions over it. */
class PoolTest {
  private static HikariDataSource pool(TestStore.Kind kind) throws SQLException {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(VideoStore.create(kind).url());
    config.setMaximumPoolSize(1);
    config.setSchema("active");
    return new HikariDataSource(config);
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void aPoolGivesConnectionsAsNew(TestStore.Kind kind) throws SQLException {
    try (HikariDataSource pool = pool(kind)) {
      Connection ofStore;
      try (Connection first = pool.getConnection()) {
        ofStore = first.unwrap(MetaxyConnection.class);
        first.setAutoCommit(false);
        first.setSchema("history");
        try (Statement statement = first.createStatement()) {
          statement.executeUpdate("DELETE FROM active.video__raw");
          assertThatThrownBy(() -> statement.executeQuery("SELECT nothing FROM video__raw"))
              .isInstanceOf(SQLException.class);
        }
        first.rollback();
        first.setReadOnly(true);
      }
      try (Connection second = pool.getConnection()) {
        assertThat(second.unwrap(MetaxyConnection.class))
            .as("a mistake does not cost the connection")
            .isSameAs(ofStore);
        assertThat(second.getAutoCommit()).isTrue();
        assertThat(second.getSchema()).isEqualTo("active");
        assertThat(second.isReadOnly()).isFalse();
        assertThat(second.isValid(1)).isTrue();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void aDataSourceCanBePooled(TestStore.Kind kind) throws SQLException {
    MetaxyDataSource source = new MetaxyDataSource();
    source.setUrl(VideoStore.create(kind).url());
    HikariConfig config = new HikariConfig();
    config.setDataSource(source);
    try (HikariDataSource pool = new HikariDataSource(config);
        Connection one = pool.getConnection();
        Connection other = pool.getConnection()) {
      assertThat(one.unwrap(MetaxyConnection.class))
          .isNotSameAs(other.unwrap(MetaxyConnection.class));
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void springsTemplatesReadAndWrite(TestStore.Kind kind) throws SQLException {
    try (HikariDataSource pool = pool(kind)) {
      JdbcTemplate template = new JdbcTemplate(pool);
      assertThat(
              template.batchUpdate(
                  "INSERT INTO video__raw (video_id, price, size) VALUES (?, ?, ?)",
                  List.of(new Object[] {"x", 1, 10}, new Object[] {"y", 2.5, 20})))
          .containsExactly(1, 1);
      assertThat(
              template.update("UPDATE video__raw SET size = size + ? WHERE video_id = ?", 1, "x"))
          .isEqualTo(1);
      template.setMaxRows(3);
      assertThat(
              template.queryForList(
                  "SELECT video_id FROM video__raw ORDER BY video_id DESC", String.class))
          .containsExactly("y", "x", "b");
      assertThat(template.queryForMap("SELECT * FROM video__raw WHERE video_id = ?", "x"))
          .containsEntry("size", 11L)
          .containsEntry("video_id", "x");
      assertThat(
              new NamedParameterJdbcTemplate(pool)
                  .queryForObject(
                      "SELECT SUM(size) FROM video__raw WHERE video_id IN (:ids)",
                      Map.of("ids", List.of("x", "y")),
                      Long.class))
          .isEqualTo(31);
      assertThatThrownBy(() -> template.queryForList("SELECT nothing FROM video__raw"))
          .isInstanceOf(BadSqlGrammarException.class);
      assertThatThrownBy(
              () ->
                  template.update("INSERT INTO video__raw (video_id, price) VALUES (?, NULL)", "z"))
          .isInstanceOf(DataIntegrityViolationException.class);
    }
  }

  private static int count(JdbcTemplate template) {
    Integer count = template.queryForObject("SELECT COUNT(*) FROM video__raw", Integer.class);
    return count == null ? -1 : count;
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void springsTransactionsAreTheStores(TestStore.Kind kind) throws SQLException {
    try (HikariDataSource pool = pool(kind)) {
      JdbcTemplate template = new JdbcTemplate(pool);
      DataSourceTransactionManager manager = new DataSourceTransactionManager(pool);
      manager.setEnforceReadOnly(false);
      TransactionTemplate transaction = new TransactionTemplate(manager);
      assertThatThrownBy(
              () ->
                  transaction.executeWithoutResult(
                      status -> {
                        template.update("DELETE FROM video__raw");
                        assertThat(count(template)).isZero();
                        throw new IllegalStateException("undo it");
                      }))
          .isInstanceOf(IllegalStateException.class);
      assertThat(count(template)).isEqualTo(2);

      TransactionTemplate readOnly = new TransactionTemplate(manager);
      readOnly.setReadOnly(true);
      assertThatThrownBy(
              () ->
                  readOnly.executeWithoutResult(
                      status -> template.update("DELETE FROM video__raw")))
          .hasRootCauseMessage("The session is read-only; SET read_only = false to change data");

      if (kind != TestStore.Kind.DUCKDB) {
        TransactionTemplate nested = new TransactionTemplate(manager);
        nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
        transaction.executeWithoutResult(
            status -> {
              template.update("DELETE FROM video__raw WHERE video_id = 'a'");
              nested.executeWithoutResult(
                  inner -> {
                    template.update("DELETE FROM video__raw WHERE video_id = 'b'");
                    inner.setRollbackOnly();
                  });
            });
        assertThat(count(template)).isEqualTo(1);
      }

      TransactionTemplate serializable = new TransactionTemplate(manager);
      serializable.setIsolationLevel(
          kind == TestStore.Kind.DUCKDB
              ? TransactionDefinition.ISOLATION_DEFAULT
              : TransactionDefinition.ISOLATION_SERIALIZABLE);
      serializable.executeWithoutResult(status -> template.update("DELETE FROM video__raw"));
      assertThat(count(template)).isZero();
    }
  }
}
