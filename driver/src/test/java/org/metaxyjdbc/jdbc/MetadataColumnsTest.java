package org.metaxyjdbc.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.metaxyjdbc.testing.TestStore;

/**
 * Every result set of DatabaseMetaData has the columns that JDBC demands: those that the H2 or the
 * PostgreSQL driver gives, of which each misses some in other places.
 */
class MetadataColumnsTest {
  static Stream<Method> listings() {
    return Arrays.stream(DatabaseMetaData.class.getMethods())
        .filter(method -> method.getReturnType() == ResultSet.class);
  }

  @ParameterizedTest
  @MethodSource("listings")
  void columnsAreAsDemanded(Method listing) throws Exception {
    TestStore store = TestStore.Kind.H2.create();
    List<List<String>> demanded = new ArrayList<>();
    try (Connection h2 = store.raw();
        Connection postgresql = TestStore.Kind.POSTGRESQL.create().raw()) {
      for (Connection connection : List.of(h2, postgresql)) {
        try {
          demanded.add(columns(listing, connection));
        } catch (InvocationTargetException | NullPointerException e) {
          // This driver does not list it, or does not describe the columns of its list.
        }
      }
    }
    try (Connection connection = store.connect()) {
      assertThat(demanded).contains(columns(listing, connection));
    }
  }

  private static List<String> columns(Method listing, Connection connection) throws Exception {
    Object[] arguments =
        Arrays.stream(listing.getParameterTypes())
            .map(
                type ->
                    type == boolean.class
                        ? (Object) false
                        : type == int.class ? (Object) 0 : type == String.class ? "x" : null)
            .toArray();
    List<String> columns = new ArrayList<>();
    try (ResultSet rows = (ResultSet) listing.invoke(connection.getMetaData(), arguments)) {
      ResultSetMetaData metaData = rows.getMetaData();
      for (int i = 1; i <= metaData.getColumnCount(); i++) {
        String kind =
            switch (metaData.getColumnType(i)) {
              case Types.SMALLINT, Types.INTEGER, Types.TINYINT -> "number";
              case Types.BIGINT -> "long";
              case Types.BIT, Types.BOOLEAN -> "boolean";
              default -> "text";
            };
        columns.add(metaData.getColumnLabel(i).toUpperCase(Locale.ROOT) + " " + kind);
      }
    }
    return columns;
  }
}
