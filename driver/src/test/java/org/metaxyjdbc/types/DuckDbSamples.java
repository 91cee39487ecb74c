package org.metaxyjdbc.types;

import static org.metaxyjdbc.types.SampledType.plain;
import static org.metaxyjdbc.types.SampledType.sample;
import static org.metaxyjdbc.types.SampledType.text;
import static org.metaxyjdbc.types.SampledType.type;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/** The types of DuckDB. */
final class DuckDbSamples {
  static final List<SampledType> TYPES =
      List.of(
          type("c_tinyint", "TINYINT", plain(-128), plain(127)),
          type("c_smallint", "SMALLINT", plain(-32768), plain(32767)),
          type("c_integer", "INTEGER", plain(Integer.MIN_VALUE), plain(Integer.MAX_VALUE)),
          type("c_bigint", "BIGINT", plain(Long.MIN_VALUE), plain(Long.MAX_VALUE)),
          type(
              "c_hugeint",
              "HUGEINT",
              plain(new BigDecimal("-170141183460469231731687303715884105728")),
              plain(new BigDecimal("170141183460469231731687303715884105727"))),
          type("c_utinyint", "UTINYINT", plain(0), plain(255)),
          type("c_usmallint", "USMALLINT", plain(65535)),
          type("c_uinteger", "UINTEGER", plain(4294967295L)),
          type("c_ubigint", "UBIGINT", plain(new BigDecimal("18446744073709551615"))),
          type(
              "c_uhugeint",
              "UHUGEINT",
              plain(new BigDecimal("340282366920938463463374607431768211455"))),
          type("c_bignum", "BIGNUM", plain(new BigDecimal("-" + "1234567890".repeat(6)))),
          type(
              "c_float",
              "FLOAT",
              plain(0.1f),
              plain(Float.MAX_VALUE),
              plain(Float.MIN_VALUE),
              plain(Float.NaN),
              plain(Float.POSITIVE_INFINITY)),
          type(
              "c_double",
              "DOUBLE",
              plain(0.1),
              plain(Double.MAX_VALUE),
              plain(Double.MIN_VALUE),
              plain(Double.NaN),
              plain(Double.NEGATIVE_INFINITY),
              plain(-0.0)),
          type(
              "c_decimal",
              "DECIMAL(38, 18)",
              plain(new BigDecimal("99999999999999999999.999999999999999999")),
              plain(new BigDecimal("-0.000000000000000001"))),
          type("c_money", "DECIMAL(10, 2)", plain(new BigDecimal("12345678.90"))),
          type("c_boolean", "BOOLEAN", plain(true), plain(false)),
          type(
              "c_varchar",
              "VARCHAR",
              text("'it''s \"odd\" \\ ü 𝄞 日本'", "it's \"odd\" \\ ü 𝄞 日本"),
              text("''", ""),
              text("E'a\\n\\tb'", "a\n\tb")),
          type("c_enum", "ENUM('low', 'high')", plain("high")),
          type(
              "c_date",
              "DATE",
              Times.dates(
                  sample("'0044-03-15 (BC)'", "-0043-03-15", LocalDate.of(-43, 3, 15)),
                  sample("'infinity'", "infinity", LocalDate.MAX),
                  sample("'-infinity'", "-infinity", LocalDate.MIN))),
          type(
              "c_time",
              "TIME",
              sample("'00:00:00'", "00:00:00", LocalTime.MIDNIGHT),
              plain(LocalTime.parse("23:59:59.999999")),
              sample("'24:00:00'", "24:00:00", LocalTime.MAX)),
          type("c_time_ns", "TIME_NS", plain(LocalTime.parse("12:34:56.123456789"))),
          type(
              "c_timetz",
              "TIMETZ",
              sample(
                  "'12:34:56.123456+05:30'",
                  "12:34:56.123456+05:30",
                  OffsetTime.parse("12:34:56.123456+05:30")),
              sample("'12:00:00-03'", "12:00:00-03", OffsetTime.parse("12:00:00-03:00"))),
          type(
              "c_timestamp",
              "TIMESTAMP",
              Times.timestamps(
                  sample(
                      "'0044-03-15 (BC) 00:00:00'",
                      "-0043-03-15 00:00:00",
                      LocalDate.of(-43, 3, 15).atStartOfDay()),
                  sample("'infinity'", "infinity", LocalDateTime.MAX),
                  sample("'-infinity'", "-infinity", LocalDateTime.MIN))),
          type(
              "c_timestamp_s",
              "TIMESTAMP_S",
              sample(
                  "'2024-03-10 02:30:00'",
                  "2024-03-10 02:30:00",
                  Times.local("2024-03-10 02:30:00"))),
          type(
              "c_timestamp_ms",
              "TIMESTAMP_MS",
              sample(
                  "'2024-03-31 02:30:00.123'",
                  "2024-03-31 02:30:00.123",
                  Times.local("2024-03-31 02:30:00.123"))),
          type(
              "c_timestamp_ns",
              "TIMESTAMP_NS",
              sample(
                  "'2024-03-10 02:30:00.123456789'",
                  "2024-03-10 02:30:00.123456789",
                  Times.local("2024-03-10 02:30:00.123456789")),
              sample(
                  "'1900-01-01 00:00:00.000000001'",
                  "1900-01-01 00:00:00.000000001",
                  Times.local("1900-01-01 00:00:00.000000001"))),
          type(
              "c_timestamptz",
              "TIMESTAMPTZ",
              Times.instants(
                  sample(
                      "'2024-03-10 02:30:00.000001+05:30'",
                      "2024-03-09 21:00:00.000001+00",
                      OffsetDateTime.parse("2024-03-09T21:00:00.000001Z")),
                  sample("'infinity'", "infinity", OffsetDateTime.MAX),
                  sample("'-infinity'", "-infinity", OffsetDateTime.MIN))),
          type(
              "c_blob",
              "BLOB",
              sample("'\\x00\\xFF'::BLOB", "00ff", HexFormat.of().parseHex("00ff")),
              sample("''::BLOB", "", new byte[0])),
          type("c_bit", "BIT", text("'10101'", "10101")),
          type("c_uuid", "UUID", plain(UUID.fromString("123e4567-e89b-12d3-a456-426614174000"))),
          type(
              "c_json",
              "JSON",
              text("'{\"a\": [1, 1.50, \"ü\", null]}'", "{\"a\": [1, 1.50, \"ü\", null]}"),
              text("'null'", "null"),
              text("'\"text\"'", "\"text\"")),
          type(
              "c_interval",
              "INTERVAL",
              text("INTERVAL '1 month 2 days 03:04:05.123456'", "1 month 2 days 03:04:05.123456")),
          type(
              "c_integers",
              "INTEGER[]",
              sample("[1, NULL, 3]", "[1,null,3]", new Integer[] {1, null, 3}),
              sample("[]", "[]", new Integer[0])),
          type("c_fixed", "INTEGER[2]", sample("[1, 2]", "[1,2]", new Integer[] {1, 2})),
          type(
              "c_texts",
              "VARCHAR[]",
              sample(
                  "['a,b', '\"', 'ü']",
                  "[\"a,b\",\"\\\"\",\"ü\"]",
                  new String[] {"a,b", "\"", "ü"})),
          type(
              "c_lists",
              "INTEGER[][]",
              sample("[[1, 2], [3], []]", "[[1,2],[3],[]]", new Object[][] {{1, 2}, {3}, {}})),
          type(
              "c_decimals",
              "DECIMAL(38, 2)[]",
              sample(
                  "[1.50, 123456789012345678901234567890.12]",
                  "[1.50,123456789012345678901234567890.12]",
                  new BigDecimal[] {
                    new BigDecimal("1.50"), new BigDecimal("123456789012345678901234567890.12")
                  })),
          type(
              "c_instants",
              "TIMESTAMPTZ[]",
              sample(
                  "['2024-03-10 02:30:00.000001+00']",
                  "[\"2024-03-10 02:30:00.000001+00\"]",
                  new OffsetDateTime[] {OffsetDateTime.parse("2024-03-10T02:30:00.000001Z")})),
          type(
              "c_timestamps",
              "TIMESTAMP[]",
              sample(
                  "['2024-01-10 02:30:00.000001']",
                  "[\"2024-01-10 02:30:00.000001\"]",
                  new LocalDateTime[] {Times.local("2024-01-10 02:30:00.000001")})),
          type(
              "c_blobs",
              "BLOB[]",
              sample(
                  "['\\x00\\xFF'::BLOB]",
                  "[\"00ff\"]",
                  new byte[][] {HexFormat.of().parseHex("00ff")})),
          type(
              "c_struct",
              "STRUCT(a INTEGER, \"b, c\" VARCHAR, d STRUCT(e DECIMAL(5, 2), f INTEGER[]), g TIMESTAMP, h HUGEINT)",
              text(
                  "{'a': 1, 'b, c': 'it''s', 'd': {'e': 1.50, 'f': [1, 2]}, 'g': '2024-03-10 02:30:00.000001', 'h': 170141183460469231731687303715884105727}",
                  "{\"a\":1,\"b, c\":\"it's\",\"d\":{\"e\":1.50,\"f\":[1,2]},\"g\":\"2024-03-10 02:30:00.000001\",\"h\":170141183460469231731687303715884105727}"),
              text(
                  "{'a': NULL, 'b, c': NULL, 'd': NULL, 'g': NULL, 'h': NULL}",
                  "{\"a\":null,\"b, c\":null,\"d\":null,\"g\":null,\"h\":null}")),
          type(
              "c_any_struct",
              "STRUCT(a DECIMAL(38, 18), c TIME, d TIMETZ, e INTERVAL, f UUID, g DOUBLE, h DATE, i ENUM('low', 'high'), j TIMESTAMP_NS, k TIMESTAMPTZ, m JSON, n UBIGINT, o FLOAT)",
              text(
                  "{'a': 12345678901234567890.123456789012345678, 'c': '12:34:56.123456', 'd': '12:00:00-03', 'e': INTERVAL '1 month 2 days', 'f': '123e4567-e89b-12d3-a456-426614174000', 'g': 'NaN', 'h': '1582-10-10', 'i': 'high', 'j': '2024-03-10 02:30:00.123456789', 'k': '2024-03-10 02:30:00.000001+00', 'm': '{\"x\":1}', 'n': 18446744073709551615, 'o': 0.1}",
                  "{\"a\":12345678901234567890.123456789012345678,\"c\":\"12:34:56.123456\",\"d\":\"12:00:00-03\",\"e\":\"1 month 2 days\",\"f\":\"123e4567-e89b-12d3-a456-426614174000\",\"g\":\"NaN\",\"h\":\"1582-10-10\",\"i\":\"high\",\"j\":\"2024-03-10 02:30:00.123456789\",\"k\":\"2024-03-10 02:30:00.000001+00\",\"m\":{\"x\":1},\"n\":18446744073709551615,\"o\":0.1}")),
          type(
              "c_binary_struct",
              "STRUCT(a BLOB, b BIT)",
              text("{'a': '\\x00\\xFF'::BLOB, 'b': '101'}", "{\"a\":\"00ff\",\"b\":\"101\"}")),
          type(
              "c_map_of_times",
              "MAP(TIMESTAMP, STRUCT(a BLOB))",
              text(
                  "MAP {TIMESTAMP '2024-03-10 02:30:00.000001': {'a': '\\x00'::BLOB}}",
                  "{\"2024-03-10 02:30:00.000001\":{\"a\":\"00\"}}")),
          type(
              "c_structs",
              "STRUCT(a INTEGER, b DOUBLE)[]",
              text("[{'a': 1, 'b': 0.1}, NULL]", "[{\"a\":1,\"b\":0.1},null]")),
          type(
              "c_map",
              "MAP(VARCHAR, INTEGER)",
              text("MAP {'x, y': 1, 'z': NULL}", "{\"x, y\":1,\"z\":null}"),
              text("MAP {}", "{}")),
          type(
              "c_map_of_lists",
              "MAP(INTEGER, VARCHAR[])",
              text("MAP {1: ['a', NULL]}", "{\"1\":[\"a\",null]}")),
          type(
              "c_union",
              "UNION(number INTEGER, word VARCHAR)",
              text("union_value(word := 'x')", "\"x\""),
              text("union_value(number := 7)", "7")));

  private DuckDbSamples() {}
}
