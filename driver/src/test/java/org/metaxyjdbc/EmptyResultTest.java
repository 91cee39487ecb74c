package org.metaxyjdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.metaxyjdbc.testing.TestStore;

/** Tools ask for the columns of a table with a query that can find no row. */
class EmptyResultTest {
  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void aQueryThatCanFindNoRowHasTheTypesOfItsColumns(TestStore.Kind kind) throws SQLException {
    TestStore store = kind.create();
    store.execute(
        """
        CREATE TABLE "f" ("id" BIGINT, "text" VARCHAR, "at" TIMESTAMP, "day" DATE, "hour" TIME, \
        "amount" DECIMAL(10, 3), "part" REAL, "flag" BOOLEAN, "key" UUID, \
        "metaxy_updated_at" TIMESTAMP WITH TIME ZONE, "metaxy_deleted_at" TIMESTAMP WITH TIME ZONE, \
        "metaxy_feature_version" VARCHAR)\
        """);
    try (Connection connection = store.connect("metaxy.id_columns", "f:id")) {
      List<Integer> types = types(connection, "SELECT * FROM f");
      assertThat(types(connection, "SELECT * FROM f WHERE 1 = 0")).isEqualTo(types);
      assertThat(types(connection, "SELECT * FROM f LIMIT 0")).isEqualTo(types);
    }
  }

  private static List<Integer> types(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isFalse();
      ResultSetMetaData metaData = rows.getMetaData();
      List<Integer> types = new ArrayList<>();
      for (int i = 1; i <= metaData.getColumnCount(); i++) {
        types.add(metaData.getColumnType(i));
      }
      return types;
    }
  }
}
