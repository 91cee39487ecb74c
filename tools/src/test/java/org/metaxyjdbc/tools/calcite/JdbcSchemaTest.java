package org.metaxyjdbc.tools.calcite;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.apache.calcite.adapter.jdbc.JdbcSchema;
import org.apache.calcite.jdbc.CalciteConnection;
import org.apache.calcite.schema.SchemaPlus;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.metaxyjdbc.testing.PredictionStore;
import org.metaxyjdbc.testing.TestStore;

/** A Calcite application that knows nothing of Metaxy, with the schemas of two connections. */
class JdbcSchemaTest {
  private static List<String> rows(Statement statement, String sql) throws SQLException {
    List<String> all = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        all.add(rows.getString(1) + "|" + rows.getString(2));
      }
    }
    return all;
  }

  private static void add(SchemaPlus root, String name, String url, String schema) {
    DataSource source = JdbcSchema.dataSource(url, "org.metaxyjdbc.jdbc.MetaxyDriver", null, null);
    root.add(name, JdbcSchema.create(root, name, source, "metaxy", schema));
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void schemasOfTwoStoresAreJoinedAndChanged(TestStore.Kind kind) throws SQLException {
    PredictionStore store = PredictionStore.create(kind);
    PredictionStore other = PredictionStore.toRead(TestStore.Kind.H2);
    try (Connection connection = DriverManager.getConnection("jdbc:calcite:lex=JAVA");
        Statement statement = connection.createStatement()) {
      SchemaPlus root = connection.unwrap(CalciteConnection.class).getRootSchema();
      add(root, "active", store.url(), "active");
      add(root, "deleted", store.url(), "only_deleted");
      add(root, "other", other.url(), "active");
      assertThat(
              rows(
                  statement,
                  "select p.prediction_id, m.owner from active.predictions p"
                      + " join other.models m on p.model = m.model where p.confidence > 0.25 order by 1"))
          .containsExactly("1|Ada", "2|Ada", "3|Ben");
      assertThat(
              rows(
                  statement,
                  "select model, max(price) from active.predictions"
                      + " where taken_on > date '2024-01-15' group by model order by model"))
          .containsExactly("v1|20.25", "v2|30.00");
      assertThat(statement.executeUpdate("delete from active.predictions where model = 'v1'"))
          .isEqualTo(2);
      assertThat(rows(statement, "select prediction_id, model from deleted.predictions order by 1"))
          .containsExactly("1|v1", "2|v1", "5|v2");
    }
  }
}
