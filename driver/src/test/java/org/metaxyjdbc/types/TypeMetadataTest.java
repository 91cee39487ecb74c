package org.metaxyjdbc.types;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.JDBCType;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.metaxyjdbc.testing.TestStore;

/** What the metadata of a result and of the database say of each type. */
class TypeMetadataTest {
  private static final Map<String, String> OF_ALL =
      Map.ofEntries(
          Map.entry("c_smallint", "SMALLINT 5 0"),
          Map.entry("c_integer", "INTEGER 10 0"),
          Map.entry("c_bigint", "BIGINT 19 0"),
          Map.entry("c_double", "DOUBLE 17 0"),
          Map.entry("c_boolean", "BOOLEAN 1 0"),
          Map.entry("c_date", "DATE 10 0"),
          Map.entry("c_timetz", "TIME_WITH_TIMEZONE 21 6"),
          Map.entry("c_timestamp", "TIMESTAMP 26 6"),
          Map.entry("c_timestamptz", "TIMESTAMP_WITH_TIMEZONE 32 6"),
          Map.entry("c_uuid", "OTHER 36 0"),
          Map.entry("c_json", "OTHER 2147483647 0"),
          Map.entry("c_integers", "ARRAY 2147483647 0"),
          Map.entry("c_lists", "ARRAY 2147483647 0"),
          Map.entry("c_decimals", "ARRAY 2147483647 0"));

  private static final Map<TestStore.Kind, Map<String, String>> OF_STORES =
      Map.of(
          TestStore.Kind.H2,
          Map.ofEntries(
              Map.entry("c_tinyint", "TINYINT 3 0"),
              Map.entry("c_numeric", "DECIMAL 38 18"),
              Map.entry("c_big_numeric", "DECIMAL 100 50"),
              Map.entry("c_decfloat", "DECIMAL 0 0"),
              Map.entry("c_real", "REAL 8 0"),
              Map.entry("c_char", "CHAR 5 0"),
              Map.entry("c_varchar", "VARCHAR 40 0"),
              Map.entry("c_clob", "VARCHAR 2147483647 0"),
              Map.entry("c_enum", "VARCHAR 4 0"),
              Map.entry("c_time", "TIME 18 9"),
              Map.entry("c_time0", "TIME 8 0"),
              Map.entry("c_timestamp9", "TIMESTAMP 29 9"),
              Map.entry("c_binary", "VARBINARY 3 0"),
              Map.entry("c_row", "OTHER 2147483647 0")),
          TestStore.Kind.DUCKDB,
          Map.ofEntries(
              Map.entry("c_tinyint", "TINYINT 3 0"),
              Map.entry("c_utinyint", "SMALLINT 5 0"),
              Map.entry("c_usmallint", "INTEGER 10 0"),
              Map.entry("c_uinteger", "BIGINT 19 0"),
              Map.entry("c_ubigint", "DECIMAL 20 0"),
              Map.entry("c_hugeint", "DECIMAL 39 0"),
              Map.entry("c_uhugeint", "DECIMAL 39 0"),
              Map.entry("c_bignum", "DECIMAL 0 0"),
              Map.entry("c_decimal", "DECIMAL 38 18"),
              Map.entry("c_money", "DECIMAL 10 2"),
              Map.entry("c_float", "REAL 8 0"),
              Map.entry("c_varchar", "VARCHAR 2147483647 0"),
              Map.entry("c_enum", "VARCHAR 2147483647 0"),
              Map.entry("c_time", "TIME 15 6"),
              Map.entry("c_time_ns", "TIME 18 9"),
              Map.entry("c_timestamp_s", "TIMESTAMP 19 0"),
              Map.entry("c_timestamp_ms", "TIMESTAMP 23 3"),
              Map.entry("c_timestamp_ns", "TIMESTAMP 29 9"),
              Map.entry("c_blob", "VARBINARY 2147483647 0"),
              Map.entry("c_struct", "OTHER 2147483647 0"),
              Map.entry("c_map", "OTHER 2147483647 0")),
          TestStore.Kind.POSTGRESQL,
          Map.ofEntries(
              Map.entry("c_numeric", "DECIMAL 38 18"),
              Map.entry("c_any_numeric", "DECIMAL 0 0"),
              Map.entry("c_real", "REAL 8 0"),
              Map.entry("c_char", "CHAR 5 0"),
              Map.entry("c_varchar", "VARCHAR 40 0"),
              Map.entry("c_text", "VARCHAR 2147483647 0"),
              Map.entry("c_enum", "VARCHAR 2147483647 0"),
              Map.entry("c_domain", "INTEGER 10 0"),
              Map.entry("c_time", "TIME 15 6"),
              Map.entry("c_time3", "TIME 12 3"),
              Map.entry("c_bytea", "VARBINARY 2147483647 0"),
              Map.entry("c_jsonb", "OTHER 2147483647 0")));

  @ParameterizedTest
  @EnumSource
  void typesPrecisionsAndScalesAreThoseOfTheStore(TestStore.Kind kind) throws Exception {
    Map<String, String> expected = new HashMap<>(OF_ALL);
    expected.putAll(OF_STORES.get(kind));
    try (SampleTable table = SampleTable.filled(kind);
        Connection connection = table.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM samples")) {
      ResultSetMetaData metaData = rows.getMetaData();
      Map<String, String> ofResult = new HashMap<>();
      for (SampledType type : table.types()) {
        int i = rows.findColumn(type.column());
        ofResult.put(
            type.column(),
            "%s %d %d"
                .formatted(
                    JDBCType.valueOf(metaData.getColumnType(i)),
                    metaData.getPrecision(i),
                    metaData.getScale(i)));
      }
      assertThat(ofResult).containsAllEntriesOf(expected);

      Map<String, String> ofDatabase = new HashMap<>();
      try (ResultSet columns =
          connection.getMetaData().getColumns(null, "active", "samples", "c\\_%")) {
        while (columns.next()) {
          ofDatabase.put(
              columns.getString("COLUMN_NAME").toLowerCase(java.util.Locale.ROOT),
              "%s %d %d"
                  .formatted(
                      JDBCType.valueOf(columns.getInt("DATA_TYPE")),
                      columns.getInt("COLUMN_SIZE"),
                      columns.getInt("DECIMAL_DIGITS")));
        }
      }
      assertThat(ofDatabase).isEqualTo(ofResult);
    }
  }

  @ParameterizedTest
  @EnumSource
  void valuesAreOfTheClassThatTheMetadataNames(TestStore.Kind kind) throws Exception {
    try (SampleTable table = SampleTable.filled(kind);
        Connection connection = table.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM samples")) {
      ResultSetMetaData metaData = rows.getMetaData();
      while (rows.next()) {
        for (SampledType type : table.types()) {
          int i = rows.findColumn(type.column());
          Object value = rows.getObject(i);
          if (value != null && !isNoNumber(metaData, i, value)) {
            assertThat(value)
                .as(type.sql())
                .isInstanceOf(Class.forName(metaData.getColumnClassName(i)));
          }
        }
      }
    }
  }

  /** NaN and the infinities, which BigDecimal lacks. */
  private static boolean isNoNumber(ResultSetMetaData metaData, int i, Object value)
      throws Exception {
    return metaData.getColumnType(i) == java.sql.Types.DECIMAL && value instanceof Double;
  }
}
