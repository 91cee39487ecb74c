package org.metaxyjdbc.tools.transactions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.transaction.RollbackException;
import jakarta.transaction.TransactionManager;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.XAConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.metaxyjdbc.jdbc.MetaxyDataSource;
import org.metaxyjdbc.testing.TestStore;

/** Two stores in one transaction of Narayana's transaction manager. */
class NarayanaTest {
  private final TransactionManager manager =
      com.arjuna.ats.jta.TransactionManager.transactionManager();
  private TestStore h2;
  private TestStore postgresql;
  private XAConnection one;
  private XAConnection other;

  private static TestStore store(TestStore.Kind kind) throws SQLException {
    TestStore store = kind.create();
    try (Connection connection = store.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE f (id INTEGER, PRIMARY KEY (id))");
      statement.execute("INSERT INTO f VALUES (1), (2)");
    }
    return store;
  }

  private static XAConnection open(TestStore store) throws SQLException {
    MetaxyDataSource source = new MetaxyDataSource();
    source.setUrl(store.url());
    return source.getXAConnection();
  }

  @BeforeEach
  void open() throws SQLException {
    h2 = store(TestStore.Kind.H2);
    postgresql = store(TestStore.Kind.POSTGRESQL);
    one = open(h2);
    other = open(postgresql);
  }

  @AfterEach
  void close() throws SQLException {
    one.close();
    other.close();
  }

  private void execute(XAConnection pooled, String... statements) throws Exception {
    manager.getTransaction().enlistResource(pooled.getXAResource());
    try (Connection connection = pooled.getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static String ids(TestStore store) throws SQLException {
    StringBuilder ids = new StringBuilder();
    try (Connection connection = store.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT id FROM f UNION ALL SELECT -id FROM only_deleted.f ORDER BY 1")) {
      while (rows.next()) {
        ids.append(rows.getInt(1)).append(' ');
      }
    }
    return ids.toString().strip();
  }

  private void move() throws Exception {
    execute(one, "DELETE FROM f WHERE id = 1");
    execute(other, "INSERT INTO f VALUES (3)");
    execute(one, "DELETE FROM f WHERE id = 2");
    assertThat(ids(h2)).isEqualTo("1 2");
    assertThat(ids(postgresql)).isEqualTo("1 2");
  }

  @Test
  void twoStoresAreChangedTogether() throws Exception {
    for (String time : new String[] {"first", "again"}) {
      manager.begin();
      move();
      manager.commit();
      assertThat(ids(h2)).as(time).isEqualTo("-2 -1");
      assertThat(ids(postgresql)).as(time).isEqualTo("1 2 3");
      manager.begin();
      execute(one, "INSERT INTO f VALUES (1), (2)");
      execute(other, "SET hard_delete = true", "DELETE FROM f WHERE id = 3");
      manager.commit();
      assertThat(ids(h2)).as(time).isEqualTo("1 2");
      assertThat(ids(postgresql)).as(time).isEqualTo("1 2");
    }
  }

  @Test
  void neitherIsChangedWhereTheTransactionIsRolledBack() throws Exception {
    manager.begin();
    move();
    manager.rollback();
    assertThat(ids(h2)).isEqualTo("1 2");
    assertThat(ids(postgresql)).isEqualTo("1 2");
  }

  @Test
  void neitherIsChangedWhereOneCannotCommit() throws Exception {
    manager.begin();
    move();
    assertThatThrownBy(() -> execute(other, "SELECT id FROM f WHERE 1 / (id - 2) = 0"))
        .isInstanceOf(SQLException.class);
    assertThatThrownBy(manager::commit).isInstanceOf(RollbackException.class);
    assertThat(ids(h2)).isEqualTo("1 2");
    assertThat(ids(postgresql)).isEqualTo("1 2");

    manager.begin();
    move();
    manager.commit();
    assertThat(ids(h2)).isEqualTo("-2 -1");
    assertThat(ids(postgresql)).isEqualTo("1 2 3");
  }
}
