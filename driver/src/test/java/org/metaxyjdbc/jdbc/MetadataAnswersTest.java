package org.metaxyjdbc.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.metaxyjdbc.testing.TestStore;

/** What DatabaseMetaData answers to plain questions holds when one tries it. */
class MetadataAnswersTest {
  private static List<String> column(Statement statement, String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void productsAndVersionsAreNamed(TestStore.Kind kind) throws SQLException {
    TestStore store = kind.create();
    try (Connection connection = store.connect();
        Connection ofStore = store.raw()) {
      DatabaseMetaData metaData = connection.getMetaData();
      DatabaseMetaData native_ = ofStore.getMetaData();
      assertThat(metaData.getDatabaseProductName())
          .isEqualTo("Metaxy on " + native_.getDatabaseProductName());
      assertThat(metaData.getDatabaseProductVersion())
          .isEqualTo(native_.getDatabaseProductVersion());
      assertThat(metaData.getDriverName()).isEqualTo("Metaxy JDBC Driver");
      assertThat(metaData.getUserName()).isEqualTo(native_.getUserName());
      assertThat(metaData.getJDBCMajorVersion() * 10 + metaData.getJDBCMinorVersion())
          .isEqualTo(43);
      assertThat(metaData.getSQLKeywords()).contains("LATERAL").doesNotContain("SELECT");
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void namesMatchWhateverTheirCase(TestStore.Kind kind) throws SQLException {
    try (Connection connection = VideoStore.create(kind).connect();
        Statement statement = connection.createStatement()) {
      DatabaseMetaData metaData = connection.getMetaData();
      assertThat(metaData.storesMixedCaseIdentifiers()).isTrue();
      assertThat(metaData.storesMixedCaseQuotedIdentifiers()).isTrue();
      assertThat(metaData.supportsMixedCaseIdentifiers()).isFalse();
      assertThat(metaData.supportsMixedCaseQuotedIdentifiers()).isFalse();
      String quote = metaData.getIdentifierQuoteString();
      assertThat(
              column(
                  statement, "SELECT %1$sVIDEO_ID%1$s FROM Video__RAW ORDER BY 1".formatted(quote)))
          .containsExactly("a", "b");
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void nullsSortAsSaid(TestStore.Kind kind) throws SQLException {
    TestStore store = VideoStore.create(kind);
    store.execute("UPDATE \"video__raw\" SET \"path\" = NULL WHERE \"video_id\" = 'a'");
    try (Connection connection = store.connect();
        Statement statement = connection.createStatement()) {
      assertThat(connection.getMetaData().nullsAreSortedHigh()).isTrue();
      assertThat(column(statement, "SELECT video_id FROM video__raw ORDER BY path"))
          .containsExactly("b", "a");
      assertThat(column(statement, "SELECT video_id FROM video__raw ORDER BY path DESC"))
          .containsExactly("a", "b");
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void everyListedFunctionCanBeCalled(TestStore.Kind kind) throws SQLException {
    Map<String, String> arguments =
        Map.ofEntries(
            Map.entry("ATAN2", "1, 2"),
            Map.entry("MOD", "5, 2"),
            Map.entry("PI", ""),
            Map.entry("POWER", "2, 3"),
            Map.entry("ROUND", "1.25, 1"),
            Map.entry("CONCAT", "'a', 'b'"),
            Map.entry("LEFT", "'abc', 2"),
            Map.entry("LOCATE", "'b', 'abc'"),
            Map.entry("REPEAT", "'a', 2"),
            Map.entry("REPLACE", "'abc', 'b', 'x'"),
            Map.entry("RIGHT", "'abc', 2"),
            Map.entry("SUBSTRING", "'abc', 1, 2"),
            Map.entry("DATABASE", ""),
            Map.entry("IFNULL", "NULL, 1"),
            Map.entry("USER", ""),
            Map.entry("CURDATE", ""),
            Map.entry("CURTIME", ""),
            Map.entry("NOW", ""),
            Map.entry("TIMESTAMPADD", "SQL_TSI_DAY, 1, TIMESTAMP '2026-01-01 10:00:00'"));
    try (Connection connection = VideoStore.create(kind).connect();
        Statement statement = connection.createStatement()) {
      DatabaseMetaData metaData = connection.getMetaData();
      Map<String, String> argumentsOfOthers =
          Map.of(
              metaData.getNumericFunctions(), "0.5",
              metaData.getStringFunctions(), "'abc'",
              metaData.getSystemFunctions(), "",
              metaData.getTimeDateFunctions(), "TIMESTAMP '2026-01-01 10:00:00'");
      for (Map.Entry<String, String> functions : argumentsOfOthers.entrySet()) {
        for (String function : functions.getKey().split(",", -1)) {
          String call =
              function + "(" + arguments.getOrDefault(function, functions.getValue()) + ")";
          assertThat(column(statement, "SELECT {fn " + call + "} FROM video__raw"))
              .as(call)
              .hasSize(2)
              .doesNotContainNull();
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void theUrlShowsNoPassword(TestStore.Kind kind) throws SQLException {
    TestStore store = kind.create();
    String separator = kind == TestStore.Kind.POSTGRESQL ? "&" : ";";
    String url = store.url() + separator + "metaxy.project=p" + separator;
    assertThat(MetaxyUrl.withoutSecrets(url + "password=secret1" + separator + "a=b"))
        .isEqualTo(url + "a=b");
    assertThat(MetaxyUrl.withoutSecrets("jdbc:metaxy:postgresql://h/d?password=x&user=u"))
        .isEqualTo("jdbc:metaxy:postgresql://h/d?user=u");
    try (Connection connection = store.connect()) {
      assertThat(connection.getMetaData().getURL()).isEqualTo(store.url());
    }
  }
}
