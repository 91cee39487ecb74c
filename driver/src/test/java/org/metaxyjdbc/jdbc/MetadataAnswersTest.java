package org.metaxyjdbc.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
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
