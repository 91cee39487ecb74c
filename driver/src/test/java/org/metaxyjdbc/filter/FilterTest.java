package org.metaxyjdbc.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.metaxyjdbc.error.MetaxyException;

class FilterTest {
  private static final FilterColumns COLUMNS =
      new FilterColumns(
          "predictions",
          List.of(
              new FilterColumn("id", ValueType.INTEGER),
              new FilterColumn("label", ValueType.TEXT),
              new FilterColumn("score", ValueType.DOUBLE),
              new FilterColumn("price", ValueType.DECIMAL),
              new FilterColumn("flag", ValueType.BOOLEAN),
              new FilterColumn("day", ValueType.DATE),
              new FilterColumn("at", ValueType.TIMESTAMP),
              new FilterColumn("Sample \"Id\"", ValueType.TEXT),
              new FilterColumn("box.width", ValueType.INTEGER),
              new FilterColumn("codecs", ValueType.OTHER),
              new FilterColumn("metaxy_created_at", ValueType.TIMESTAMP_WITH_TIME_ZONE)));

  private static FilteredStatement delete(String filter) {
    return FilteredStatement.delete("active", "f", Filter.parse(filter, COLUMNS));
  }

  private static String condition(String filter) {
    String sql = delete(filter).sql();
    return sql.substring(sql.indexOf("WHERE ") + "WHERE ".length());
  }

  private static Object value(String filter) {
    return Filter.parse(filter, COLUMNS).values().get(0);
  }

  @Test
  void literalsBecomeParametersAndNamesAreQuoted() {
    FilteredStatement statement =
        delete("label IN ('a', 'it''s') AND (SCORE < -.5 OR \"Sample \"\"Id\"\"\" != '\"; --')");
    assertThat(statement.sql().replaceAll("\\s+", " "))
        .isEqualTo(
            "DELETE FROM \"active\".\"f\" WHERE \"label\" IN (?, ?) AND (\"score\" < ? OR \"Sample \"\"Id\"\"\" <> ?)");
    assertThat(statement.values()).containsExactly("a", "it's", -0.5, "\"; --");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "label = NULL | \"label\" IS NULL",
        "NULL = label | \"label\" IS NULL",
        "label != NULL | \"label\" IS NOT NULL",
        "NOT (label = NULL) | NOT \"label\" IS NULL",
        "label < NULL | UNKNOWN",
        "label IN ('a', NULL) | \"label\" IN (?)",
        "label NOT IN ('a', NULL) | \"label\" NOT IN (?)",
        "label == 'a' | \"label\" = ?",
        "label IN (NULL) | \"label\" <> \"label\"",
        "label NOT IN (NULL) | \"label\" = \"label\"",
        "flag | \"flag\"",
        "flag IS TRUE | \"flag\"",
        "flag IS NOT TRUE | NOT \"flag\"",
        "flag IS FALSE | NOT \"flag\"",
        "flag IS NOT FALSE | \"flag\"",
        "box.width = 1 | \"box.width\" = ?",
        "score < id | \"score\" < \"id\"",
        "1=1 | TRUE",
        "1 > 1.0 | FALSE",
        "'a' = 'a' AND TRUE | TRUE AND TRUE",
        "TRUE | TRUE",
        "label LIKE 'a\\%' | \"label\" LIKE ? ESCAPE ''",
        "label LIKE 'a!%' ESCAPE '!' | \"label\" LIKE ? ESCAPE ?"
      })
  void metaxysRulesHold(String filter, String expected) {
    assertThat(condition(filter)).isEqualTo(expected);
  }

  @Test
  void valuesGetTheTypeOfTheirColumn() {
    assertThat(value("id = 5")).isEqualTo(5L);
    assertThat(value("id < 2.5")).isEqualTo(new BigDecimal("2.5"));
    assertThat(value("score < 5e-1")).isEqualTo(0.5);
    assertThat(value("price = 29.97")).isEqualTo(new BigDecimal("29.97"));
    assertThat(value("flag = 1")).isEqualTo(true);
    assertThat(value("day = '2024-02-11 15:00:00'")).isEqualTo(LocalDate.of(2024, 2, 11));
    assertThat(value("at < '2024-02-12T14:53:11.413076+02:00'"))
        .isEqualTo(LocalDateTime.parse("2024-02-12T12:53:11.413076"));
    for (String same :
        List.of("2024-02-12 14:53", "2024-02-12 14:53 UTC", "2024-02-12T16:53:00+0200")) {
      assertThat(value("metaxy_created_at < '" + same + "'"))
          .isEqualTo(OffsetDateTime.parse("2024-02-12T14:53:00Z"));
    }
  }

  @Test
  void wordsOfSqlCanNameColumns() {
    FilterColumns columns =
        new FilterColumns(
            "f",
            List.of(
                new FilterColumn("date", ValueType.DATE),
                new FilterColumn("timestamp", ValueType.TIMESTAMP),
                new FilterColumn("end", ValueType.INTEGER),
                new FilterColumn("count", ValueType.INTEGER)));
    Filter filter =
        Filter.parse(
            "DATE < '2024-01-01' AND timestamp IS NOT NULL AND (end=5e0 OR count IN (1)) -- it's",
            columns);
    assertThat(FilteredStatement.count("active", "f", filter).sql())
        .endsWith(
            "WHERE \"date\" < ? AND \"timestamp\" IS NOT NULL AND (\"end\" = ? OR \"count\" IN (?))");
  }

  @Test
  void aFilterWithoutAColumnIsToldApart() {
    assertThat(Filter.parse("1=1", COLUMNS).namesColumn()).isFalse();
    assertThat(Filter.parse("1=1 AND flag", COLUMNS).namesColumn()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "lable = 'a' | 42S22 | did you mean 'label'",
        "created_at < '2024-01-01' | 42S22 | did you mean 'metaxy_created_at'",
        "label = \"cat\" | 42S22 | single quotes",
        "label = 'cat | 42000 | quote at character 9",
        "label = 'cat'; DROP TABLE f | 42000 | line 1, column 14",
        "label = | 42000 | line 1",
        "lower(label) = 'cat' | 42000 | Unsupported expression",
        "score + 1 < 2 | 42000 | Unsupported expression",
        "id IN (SELECT 1) | 42000 | Unsupported expression",
        "EXISTS (SELECT 1) | 42000 | Unsupported expression",
        "id = ? | 42000 | Unsupported expression",
        "label SIMILAR TO 'a' | 42000 | Unsupported expression",
        "CAST(id AS VARCHAR) = '1' | 42000 | Unsupported expression",
        "label IN (label) | 42000 | not columns",
        "'a' IN (label) | 42000 | left side must be a column",
        "'a' | 42000 | not a condition",
        "1 = 'a' | 42000 | Unsupported expression",
        "score | 22000 | not boolean",
        "label = 5 | 22000 | text in single quotes",
        "id = '5' | 22000 | a number",
        "flag = 2 | 22000 | TRUE or FALSE",
        "day < 'soon' | 22000 | a date such as",
        "day < '2024-02-30' | 22000 | a date such as",
        "codecs = 'a' | 22000 | NULL only",
        "codecs = codecs | 22000 | cannot be compared",
        "label = score | 22000 | cannot be compared",
        "score LIKE 'a' | 22000 | not text",
        "id = 123456789012345678901234567890123456789 | 22000 | out of range",
        "score = 1e400 | 22000 | out of range"
      })
  void whatIsNotInTheLanguageIsAnError(String filter, String state, String message) {
    assertThatThrownBy(() -> Filter.parse(filter, COLUMNS))
        .isInstanceOf(MetaxyException.class)
        .hasMessageContaining(message)
        .satisfies(e -> assertThat(((MetaxyException) e).state().code()).isEqualTo(state));
  }

  @Test
  void anEmptyFilterIsAnError() {
    assertThatThrownBy(() -> Filter.parse(" ", COLUMNS)).hasMessageContaining("cannot be empty");
  }
}
