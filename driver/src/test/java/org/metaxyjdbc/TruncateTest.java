package org.metaxyjdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.metaxyjdbc.testing.TestStore;

/** TRUNCATE under {@code hard_delete}; {@link BadInputTest} has it without. */
class TruncateTest {
  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void leavesNoVersionOfAnyRecord(TestStore.Kind kind) throws SQLException {
    try (Connection connection = kind.create().connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE f (id INTEGER, PRIMARY KEY (id))");
      statement.execute("SET hard_delete = true");
      for (String table : new String[] {"f", "TABLE active.f", "TABLE metaxy.active.f"}) {
        statement.execute("INSERT INTO f VALUES (1), (2), (3)");
        statement.execute("SET hard_delete = false");
        statement.execute("DELETE FROM f WHERE id = 2");
        statement.execute("SET hard_delete = true");
        assertThat(statement.executeUpdate("TRUNCATE " + table)).as(table).isEqualTo(3);
        try (ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM history.f")) {
          rows.next();
          assertThat(rows.getInt(1)).isZero();
        }
      }
    }
  }
}
