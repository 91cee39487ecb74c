package org.metaxyjdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.metaxyjdbc.testing.TestStore;

/** A commit that the store refuses ends its transaction; what follows is a transaction again. */
class FailedCommitTest {
  private static final String ACTIVE = "SELECT id FROM f ORDER BY id";

  /** DuckDB finds a duplicate of a row that another session has just committed only then. */
  @Test
  void whatFollowsCanBeRolledBack() throws Exception {
    TestStore store = TestStore.Kind.DUCKDB.create();
    try (Connection connection = store.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE f (id INTEGER, PRIMARY KEY (id))");
      store.execute("CREATE UNIQUE INDEX one_version ON \"f\" (\"id\")");
      connection.setAutoCommit(false);
      try (Connection other = DriverManager.getConnection(store.rawUrl());
          Statement writer = other.createStatement()) {
        other.setAutoCommit(false);
        writer.execute(
            "INSERT INTO \"f\" (\"id\", \"metaxy_feature_version\", \"metaxy_updated_at\") VALUES (1, 'old', now())");
        statement.executeUpdate("INSERT INTO f VALUES (1)");
        other.commit();
      }
      assertThatThrownBy(connection::commit).isInstanceOf(SQLException.class);
      statement.executeUpdate("INSERT INTO f VALUES (2)");
      connection.rollback();
      assertThat(ids(statement)).isEmpty();
      statement.executeUpdate("INSERT INTO f VALUES (3)");
      connection.commit();
      connection.setAutoCommit(true);
      assertThat(ids(statement)).isEqualTo("3");
    }
  }

  private static String ids(Statement statement) throws SQLException {
    StringBuilder ids = new StringBuilder();
    try (ResultSet rows = statement.executeQuery(ACTIVE)) {
      while (rows.next()) {
        ids.append(rows.getInt(1));
      }
    }
    return ids.toString();
  }
}
