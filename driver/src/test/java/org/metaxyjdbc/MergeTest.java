package org.metaxyjdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.metaxyjdbc.testing.TestStore;

/** {@code MERGE INTO active.f}. */
class MergeTest {
  private static final String SHOWN = "SELECT id, label, score FROM f ORDER BY id";
  private static final String UPSERT =
      " ON t.id = s.id WHEN MATCHED THEN UPDATE SET label = s.label"
          + " WHEN NOT MATCHED THEN INSERT (id, label) VALUES (s.id, s.label)";

  private interface Work {
    void run(Connection connection, Statement statement) throws SQLException;
  }

  private static void withStore(TestStore.Kind kind, Work work) throws SQLException {
    try (Connection connection = kind.create().connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE f (id INTEGER, label VARCHAR, score DECIMAL(10, 2), PRIMARY KEY (id))");
      statement.execute("CREATE TABLE news (id INTEGER, label VARCHAR, PRIMARY KEY (id))");
      statement.execute("INSERT INTO f VALUES (1, 'a', 1), (2, 'b', 2), (3, 'c', 3)");
      statement.execute("DELETE FROM f WHERE id = 3");
      statement.execute("INSERT INTO news VALUES (2, 'B'), (3, 'C'), (4, 'D')");
      work.run(connection, statement);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aTableIsMergedInOneStatementWithOneTime(TestStore.Kind kind) throws SQLException {
    withStore(
        kind,
        (connection, statement) -> {
          String provenance = "SELECT metaxy_provenance, metaxy_data_version FROM f WHERE id = 2";
          List<String> before = rows(statement, provenance);
          assertThat(statement.executeUpdate("MERGE INTO f AS t USING news AS s" + UPSERT))
              .isEqualTo(3);
          assertThat(rows(statement, SHOWN))
              .containsExactly("1 a 1.00", "2 B 2.00", "3 C null", "4 D null");
          assertThat(rows(statement, "SELECT id FROM only_deleted.f")).isEmpty();
          assertThat(rows(statement, "SELECT id FROM history.f ORDER BY id"))
              .containsExactly("1", "2", "2", "3", "3", "3", "4");
          assertThat(
                  rows(
                      statement,
                      "SELECT COUNT(DISTINCT metaxy_updated_at), COUNT(DISTINCT metaxy_created_at) FROM f WHERE id > 1"))
              .containsExactly("1 1");
          String[] first = before.get(0).split(" ");
          String[] second = rows(statement, provenance).get(0).split(" ");
          assertThat(second[0]).as("an UPDATE keeps where a record comes from").isEqualTo(first[0]);
          assertThat(second[1]).as("and gives it new content").isNotEqualTo(first[1]);
        });
  }

  @ParameterizedTest
  @EnumSource
  void valuesCanBeSubQueriesOverBothSides(TestStore.Kind kind) throws SQLException {
    withStore(
        kind,
        (connection, statement) -> {
          statement.execute(
              "MERGE INTO f AS t USING news AS s ON t.id = s.id WHEN MATCHED THEN UPDATE SET label ="
                  + " (SELECT MAX(n.label) FROM news n WHERE n.id >= t.id AND n.label >= s.label)"
                  + " WHEN NOT MATCHED THEN INSERT (id, label)"
                  + " VALUES (s.id, (SELECT 'new ' || MAX(n.label) FROM news n WHERE n.id = s.id))");
          assertThat(rows(statement, "SELECT id, label FROM f ORDER BY id"))
              .containsExactly("1 a", "2 D", "3 new C", "4 new D");
        });
  }

  @ParameterizedTest
  @EnumSource
  void sourcesCanBeValuesQueriesAndThePast(TestStore.Kind kind) throws SQLException {
    withStore(
        kind,
        (connection, statement) -> {
          assertThat(
                  statement.executeUpdate(
                      "MERGE INTO active.f t USING (VALUES (1, 'x'), (9, 'y')) AS s (id, label)"
                          + UPSERT))
              .isEqualTo(2);
          assertThat(rows(statement, SHOWN)).containsExactly("1 x 1.00", "2 b 2.00", "9 y null");
          assertThat(
                  statement.executeUpdate(
                      """
                      MERGE INTO f AS t
                      USING (SELECT id, MAX(label) AS label, COUNT(*) AS versions FROM history.f GROUP BY id) AS s
                      ON t.id = s.id AND s.versions > 1
                      WHEN MATCHED THEN UPDATE SET score = t.score + s.versions, label = DEFAULT_LABEL
                      WHEN NOT MATCHED THEN INSERT VALUES (s.id + 100, s.label, 0)"""
                          .replace("DEFAULT_LABEL", "s.label || '!' || t.label")))
              .isEqualTo(4);
          assertThat(rows(statement, SHOWN))
              .containsExactly(
                  "1 x!x 3.00", "2 b 2.00", "9 y null", "102 b 0.00", "103 c 0.00", "109 y 0.00");
          String first =
              rows(statement, "SELECT MIN(metaxy_valid_from) FROM history.f")
                  .get(0)
                  .replaceAll("[Z+].*", "")
                  .replace('T', ' ');
          assertThat(
                  statement.executeUpdate(
                      "MERGE INTO f AS t USING f FOR SYSTEM_TIME AS OF '%s' AS s".formatted(first)
                          + UPSERT))
              .isEqualTo(3);
          assertThat(rows(statement, SHOWN)).startsWith("1 a 3.00", "2 b 2.00", "3 c null");
        });
  }

  @ParameterizedTest
  @EnumSource
  void oneBranchIsEnough(TestStore.Kind kind) throws SQLException {
    withStore(
        kind,
        (connection, statement) -> {
          assertThat(
                  statement.executeUpdate(
                      "MERGE INTO f USING news ON f.id = news.id WHEN MATCHED THEN UPDATE SET f.label = news.label, score = NULL"))
              .isEqualTo(1);
          assertThat(rows(statement, SHOWN)).containsExactly("1 a 1.00", "2 B null");
          assertThat(
                  statement.executeUpdate(
                      "MERGE INTO f USING news ON f.id = news.id WHEN NOT MATCHED THEN INSERT (label, id) VALUES (UPPER(news.label), news.id)"))
              .isEqualTo(2);
          assertThat(rows(statement, SHOWN))
              .containsExactly("1 a 1.00", "2 B null", "3 C null", "4 D null");
          assertThat(
                  statement.executeUpdate(
                      "MERGE INTO f USING news ON f.id = news.id WHEN NOT MATCHED THEN INSERT (label, id) VALUES (news.label, news.id)"))
              .isZero();
          assertThat(
                  statement.executeUpdate(
                      "MERGE INTO f USING (SELECT 9 AS id, 'i' AS label, 9 AS other) ON f.id = other WHEN NOT MATCHED THEN INSERT (id, label) VALUES (id, label)"))
              .as("values are of the source alone")
              .isEqualTo(1);
        });
  }

  @ParameterizedTest
  @CsvSource({"'VALUES (?, ?)) AS s (id, label'", "'SELECT ? AS id, ? AS label) AS s (id, label'"})
  void parametersTakeTheTypesOfTheColumns(String source) throws SQLException {
    for (TestStore.Kind kind : TestStore.Kind.values()) {
      withStore(
          kind,
          (connection, statement) -> {
            try (PreparedStatement merge =
                connection.prepareStatement(
                    "MERGE INTO f AS t USING (%s) ON t.id = s.id".formatted(source)
                        + " WHEN MATCHED THEN UPDATE SET label = s.label, score = t.score + ?"
                        + " WHEN NOT MATCHED THEN INSERT VALUES (s.id, s.label, ?)")) {
              for (int id : List.of(2, 5, 5)) {
                merge.setInt(1, id);
                merge.setString(2, "row " + id);
                merge.setBigDecimal(3, new java.math.BigDecimal("0.25"));
                merge.setInt(4, 7);
                merge.addBatch();
              }
              assertThat(merge.executeBatch()).containsExactly(1, 1, 1);
            }
            assertThat(rows(statement, SHOWN))
                .containsExactly("1 a 1.00", "2 row 2 2.25", "5 row 5 7.25");
          });
    }
  }

  @ParameterizedTest
  @EnumSource
  void twoRowsForOneRecordAreAnErrorThatLeavesNothing(TestStore.Kind kind) throws SQLException {
    withStore(
        kind,
        (connection, statement) -> {
          List<String> before =
              rows(statement, "SELECT id, label FROM history.f ORDER BY id, label");
          for (String source :
              List.of("(VALUES (1, 'x'), (1, 'y'))", "(VALUES (1, 'ok'), (7, 'x'), (7, 'y'))")) {
            assertThatThrownBy(
                    () ->
                        statement.execute(
                            "MERGE INTO f AS t USING " + source + " AS s (id, label)" + UPSERT))
                .hasMessageContaining("one row a record")
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("21000");
          }
          StringBuilder many = new StringBuilder("(VALUES (2, 'first')");
          for (int i = 10; i < 3_000; i++) {
            many.append(", (").append(i).append(", 'x')");
          }
          many.append(", (2, 'last'))");
          assertThatThrownBy(
                  () ->
                      statement.execute(
                          "MERGE INTO f AS t USING " + many + " AS s (id, label)" + UPSERT))
              .extracting(e -> ((SQLException) e).getSQLState())
              .isEqualTo("21000");
          assertThat(rows(statement, "SELECT id, label FROM history.f ORDER BY id, label"))
              .isEqualTo(before);
        });
  }

  @ParameterizedTest
  @EnumSource
  void manyRowsOfBothKinds(TestStore.Kind kind) throws SQLException {
    withStore(
        kind,
        (connection, statement) -> {
          String numbers =
              "(SELECT a.n + 60 * b.n AS id, 'x' AS label FROM (VALUES %s) AS a (n), (VALUES %s) AS b (n)) AS s"
                  .formatted(numbers(60), numbers(50));
          connection.setAutoCommit(false);
          assertThat(
                  statement.executeUpdate(
                      "MERGE INTO f AS t USING %s ON t.id = s.id WHEN MATCHED THEN UPDATE SET label = 'y' WHEN NOT MATCHED THEN INSERT (id, label) VALUES (s.id, s.label)"
                          .formatted(numbers)))
              .isEqualTo(3000);
          assertThat(rows(statement, "SELECT label, COUNT(*) FROM f GROUP BY label ORDER BY label"))
              .containsExactly("x 2998", "y 2");
          connection.rollback();
          assertThat(rows(statement, "SELECT id FROM history.f")).hasSize(4);
        });
  }

  /** As many of the matched as are not written at once. H2 joins so many records for minutes. */
  @ParameterizedTest
  @EnumSource(
      value = TestStore.Kind.class,
      names = {"DUCKDB", "POSTGRESQL"})
  void manyMatchedRows(TestStore.Kind kind) throws SQLException {
    withStore(
        kind,
        (connection, statement) -> {
          String numbers =
              "(SELECT a.n + 50 * b.n AS id FROM (VALUES %s) AS a (n), (VALUES %s) AS b (n)) AS s"
                  .formatted(numbers(50), numbers(50));
          statement.execute("INSERT INTO f (id, label) SELECT s.id, 'x' FROM " + numbers);
          assertThat(
                  statement.executeUpdate(
                      "MERGE INTO f AS t USING %s ON t.id = s.id AND s.id < 1500 WHEN MATCHED THEN UPDATE SET label = 'y' WHEN NOT MATCHED THEN INSERT (id, label) VALUES (s.id + 10000, 'z')"
                          .formatted(numbers)))
              .isEqualTo(2500);
          assertThat(rows(statement, "SELECT label, COUNT(*) FROM f GROUP BY label ORDER BY label"))
              .containsExactly("x 1000", "y 1500", "z 1000");
        });
  }

  private static String numbers(int count) {
    return String.join(", ", IntStream.range(0, count).mapToObj(n -> "(" + n + ")").toList());
  }

  @ParameterizedTest
  @EnumSource
  void hashesAndNestedColumnsAreTakenAsInInsertAndUpdate(TestStore.Kind kind) throws SQLException {
    withStore(
        kind,
        (connection, statement) -> {
          statement.execute(
              "CREATE TABLE g (id INTEGER, doc JSON, seen TIMESTAMP WITH TIME ZONE, note VARCHAR, PRIMARY KEY (id))");
          statement.execute("INSERT INTO g (id, doc, note) VALUES (1, '{\"k\": [1, 2]}', 'n')");
          String merge =
              """
              MERGE INTO g AS t USING (VALUES (1), (2)) AS s (id) ON t.id = s.id
              WHEN MATCHED THEN UPDATE SET note = 'm', metaxy_data_version_by_field = '{"default": "d1"}'
              WHEN NOT MATCHED THEN INSERT (id, doc, metaxy_provenance_by_field) VALUES (s.id, '{"l": 3}', '{"default": "p2"}')""";
          assertThat(statement.executeUpdate(merge)).isEqualTo(2);
          assertThat(rows(statement, "SELECT id, note, doc FROM g ORDER BY id"))
              .satisfiesExactly(
                  row -> assertThat(row.replace(" ", "")).isEqualTo("1m{\"k\":[1,2]}"),
                  row -> assertThat(row.replace(" ", "")).isEqualTo("2null{\"l\":3}"));
          assertThat(
                  rows(
                      statement,
                      "SELECT metaxy_data_version_by_field, metaxy_provenance_by_field FROM g ORDER BY id"))
              .satisfiesExactly(
                  row -> assertThat(row).contains("d1").doesNotContain("p2"),
                  row -> assertThat(row).contains("p2"));
        });
  }

  /** JSON has no form for their values: the store copies them. */
  @ParameterizedTest
  @CsvSource({
    "H2, 'ROW(a INTEGER, b VARCHAR)', 'ROW (1, ''x'')'",
    "H2, 'ENUM(''low'', ''high'')', '''high'''",
    "DUCKDB, 'UNION(num INTEGER, txt VARCHAR)', 'union_value(txt := ''x'')'",
    "DUCKDB, 'STRUCT(b BLOB)', '{''b'': ''\\xAA''::BLOB}'",
    "DUCKDB, 'BIT', '''101''::BIT'",
    "POSTGRESQL, 'TSVECTOR', '''a b''::tsvector'",
    "POSTGRESQL, 'INT4RANGE', '''[1,3)''::int4range'"
  })
  void whatOnlyTheStoreHasIsKept(TestStore.Kind kind, String type, String value)
      throws SQLException {
    TestStore store = kind.create();
    try (Connection connection = store.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE f (id INTEGER, label VARCHAR, PRIMARY KEY (id))");
      statement.execute("INSERT INTO f VALUES (1, 'a'), (2, 'b')");
    }
    store.execute(
        "ALTER TABLE \"f\" ADD COLUMN \"exotic\" " + type,
        "UPDATE \"f\" SET \"exotic\" = " + value);
    try (Connection connection = store.connect();
        Statement statement = connection.createStatement()) {
      assertThat(
              statement.executeUpdate(
                  "MERGE INTO f AS t USING (VALUES (2, 'B'), (3, 'C')) AS s (id, label)" + UPSERT))
          .isEqualTo(2);
      assertThat(rows(statement, "SELECT id, label FROM f ORDER BY id"))
          .containsExactly("1 a", "2 B", "3 C");
      assertThat(
              statement.executeUpdate(
                  "MERGE INTO f USING (SELECT 1 AS k) s ON f.id = s.k WHEN MATCHED THEN UPDATE SET label = 'A'"))
          .isEqualTo(1);
    }
    try (Connection connection = store.raw();
        Statement statement = connection.createStatement()) {
      assertThat(
              rows(
                  statement,
                  "SELECT \"id\", COUNT(*) FROM \"f\" WHERE \"exotic\" = %s GROUP BY \"id\" ORDER BY \"id\""
                      .formatted(value)))
          .containsExactly("1 2", "2 2");
    }
  }

  @ParameterizedTest
  @EnumSource
  void eachBranchIsComputedForItsRowsOnly(TestStore.Kind kind) throws SQLException {
    withStore(
        kind,
        (connection, statement) -> {
          statement.execute(
              "MERGE INTO f AS t USING (VALUES (1, 'x', '5'), (7, '8', 'y')) AS s (id, a, b) ON t.id = s.id"
                  + " WHEN MATCHED THEN UPDATE SET score = CAST(s.b AS INTEGER) + t.score"
                  + " WHEN NOT MATCHED THEN INSERT VALUES (id, a || '!', CAST(s.a AS INTEGER))");
          assertThat(rows(statement, SHOWN)).containsExactly("1 a 6.00", "2 b 2.00", "7 8! 8.00");
        });
  }

  @ParameterizedTest
  @EnumSource
  void valuesCanBeQueries(TestStore.Kind kind) throws SQLException {
    withStore(
        kind,
        (connection, statement) -> {
          statement.execute(
              "MERGE INTO f AS t USING news AS s ON t.id = s.id"
                  + " WHEN MATCHED THEN UPDATE SET label = (SELECT MAX(n.label) FROM news n)"
                  + " WHEN NOT MATCHED THEN INSERT VALUES (s.id, s.label, (SELECT COUNT(*) FROM news n))");
          assertThat(rows(statement, SHOWN))
              .containsExactly("1 a 1.00", "2 D 2.00", "3 C 3.00", "4 D 3.00");
        });
  }

  @ParameterizedTest
  @EnumSource
  void aFeatureWithoutATableGetsOne(TestStore.Kind kind) throws SQLException {
    TestStore store = kind.create();
    try (Connection connection = store.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE f (id INTEGER, label VARCHAR, PRIMARY KEY (id))");
    }
    store.execute("DROP TABLE \"f\"");
    try (Connection connection = store.connect();
        Statement statement = connection.createStatement()) {
      assertThat(
              statement.executeUpdate(
                  "MERGE INTO f AS t USING (VALUES (1)) AS s (id) ON t.id = s.id WHEN MATCHED THEN UPDATE SET label = 'x'"))
          .isZero();
      assertThat(
              statement.executeUpdate(
                  "MERGE INTO f AS t USING (VALUES (1, 'x')) AS s (id, label)" + UPSERT))
          .isEqualTo(1);
      assertThat(rows(statement, "SELECT id, label FROM f")).containsExactly("1 x");
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatMatchesDependsOnTheFeatureVersion(TestStore.Kind kind) throws SQLException {
    withStore(
        kind,
        (connection, statement) -> {
          statement.execute("SET feature_version = 'old'");
          statement.execute("INSERT INTO f VALUES (8, 'old', 8)");
          String merge = "MERGE INTO f AS t USING (VALUES (8, 'new')) AS s (id, label)" + UPSERT;
          statement.execute("SET feature_version = all");
          statement.execute(merge);
          statement.execute("SET feature_version = current");
          assertThat(rows(statement, SHOWN + " OFFSET 2")).containsExactly("8 new 8.00");
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MERGE INTO history.f AS t USING news AS s ON t.id = s.id WHEN MATCHED THEN UPDATE SET label = 'x' | 42501 | active.f",
        "MERGE INTO only_deleted.f AS t USING news AS s ON t.id = s.id WHEN MATCHED THEN UPDATE SET label = 'x' | 42501 | active.f",
        "MERGE INTO include_deleted.f AS t USING news AS s ON t.id = s.id WHEN NOT MATCHED THEN INSERT VALUES (s.id, 'x', 1) | 42501 | active.f",
        "MERGE INTO registry.features AS t USING news AS s ON t.id = s.id WHEN NOT MATCHED THEN INSERT VALUES (1) | 42501 | registry",
        "MERGE INTO g AS t USING news AS s ON t.id = s.id WHEN MATCHED THEN UPDATE SET label = 'x' | 42S02 | g",
        "MERGE INTO nope.f AS t USING news AS s ON t.id = s.id WHEN MATCHED THEN UPDATE SET label = 'x' | 3F000 | active",
        "MERGE INTO f AS t USING newz AS s ON t.id = s.id WHEN MATCHED THEN UPDATE SET label = 'x' | 42S02 | news",
        "MERGE INTO f AS t USING news AS s ON t.id = s.id WHEN MATCHED THEN UPDATE SET labell = 'x' | 42S22 | did you mean 'label'",
        "MERGE INTO f AS t USING news AS s ON t.id = s.idd WHEN MATCHED THEN UPDATE SET label = 'x' | 42S22 | idd",
        "MERGE INTO f AS t USING news AS s ON t.id = s.id WHEN MATCHED THEN UPDATE SET label = 'x', LABEL = 'y' | 42000 | twice",
        "MERGE INTO f AS t USING news AS s ON t.id = s.id WHEN MATCHED THEN UPDATE SET id = 9 | 42501 | identifies",
        "MERGE INTO f AS t USING news AS s ON t.id = s.id WHEN MATCHED THEN UPDATE SET metaxy_deleted_at = NULL | 42501 | restore",
        "MERGE INTO f AS t USING news AS s ON t.id = s.id WHEN NOT MATCHED THEN INSERT (label) VALUES (s.label) | 23502 | id",
        "MERGE INTO f AS t USING news AS s ON t.id = s.id WHEN NOT MATCHED THEN INSERT (id, label) VALUES (NULL, s.label) | 23502 | id",
        "MERGE INTO f AS t USING news AS s ON t.id = s.id WHEN NOT MATCHED THEN INSERT (id, label) VALUES (s.id) | 42000 | 2 columns",
        "MERGE INTO f AS t USING news AS s ON t.id = s.id WHEN NOT MATCHED THEN INSERT (id, nope) VALUES (s.id, 1) | 42S22 | nope",
        "MERGE INTO f AS t USING news AS s ON t.id = s.id WHEN NOT MATCHED THEN INSERT VALUES (s.id, t.label, 1) | 42S22 | 't'",
        "MERGE INTO f AS t USING news AS s ON t.id = s.id WHEN MATCHED THEN DELETE | 42000 | line 1",
        "MERGE INTO f AS t USING news AS s ON t.id = s.id | 42000 | line 1",
      })
  void mistakesAreExplained(String sql, String state, String hint) throws SQLException {
    for (TestStore.Kind kind : TestStore.Kind.values()) {
      withStore(
          kind,
          (connection, statement) -> {
            assertThatThrownBy(() -> statement.execute(sql))
                .as("%s", kind)
                .isInstanceOf(SQLException.class)
                .hasMessageContaining(hint)
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo(state);
            assertThat(rows(statement, "SELECT id FROM history.f")).hasSize(4);
          });
    }
  }

  @ParameterizedTest
  @EnumSource
  void sessionsThatOnlyReadMergeNothing(TestStore.Kind kind) throws SQLException {
    withStore(
        kind,
        (connection, statement) -> {
          String merge = "MERGE INTO f AS t USING news AS s" + UPSERT;
          for (String setting : List.of("read_only = true", "as_of = '2020-01-01'")) {
            statement.execute("SET " + setting);
            assertThatThrownBy(() -> statement.execute(merge))
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("25006");
            statement.execute("RESET " + setting.substring(0, setting.indexOf(' ')));
          }
          assertThat(rows(statement, "EXPLAIN PLAN FOR " + merge).get(0))
              .contains("LEFT JOIN")
              .doesNotContain(";");
          statement.setMaxRows(1);
          assertThat(statement.executeUpdate(merge))
              .as("the limit of a result is none of what is written")
              .isEqualTo(3);
        });
  }

  private static List<String> rows(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      List<String> texts = new ArrayList<>();
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          row.add(rows.getString(i));
        }
        texts.add(String.join(" ", row));
      }
      return texts;
    }
  }
}
