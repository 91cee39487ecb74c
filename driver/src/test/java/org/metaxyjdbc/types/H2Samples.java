package org.metaxyjdbc.types;

import static org.metaxyjdbc.types.SampledType.plain;
import static org.metaxyjdbc.types.SampledType.sample;
import static org.metaxyjdbc.types.SampledType.text;
import static org.metaxyjdbc.types.SampledType.type;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/** The types of H2. */
final class H2Samples {
  static final List<SampledType> TYPES =
      List.of(
          type("c_tinyint", "TINYINT", sample("-128", "-128", -128), sample("127", "127", 127)),
          type(
              "c_smallint",
              "SMALLINT",
              sample("-32768", "-32768", -32768),
              sample("32767", "32767", 32767)),
          type("c_integer", "INTEGER", plain(Integer.MIN_VALUE), plain(Integer.MAX_VALUE)),
          type("c_bigint", "BIGINT", plain(Long.MIN_VALUE), plain(Long.MAX_VALUE)),
          type(
              "c_numeric",
              "NUMERIC(38, 18)",
              plain(new BigDecimal("99999999999999999999.999999999999999999")),
              plain(new BigDecimal("-0.000000000000000001"))),
          type(
              "c_big_numeric",
              "NUMERIC(100, 50)",
              plain(
                  new BigDecimal(
                      "12345678901234567890123456789012345678901234567890"
                          + ".12345678901234567890123456789012345678901234567890"))),
          type(
              "c_decfloat",
              "DECFLOAT(34)",
              sample("1E+40", "1" + "0".repeat(40), new BigDecimal("1E+40")),
              plain(new BigDecimal("0.1234567890123456789012345678901234")),
              sample("CAST('NaN' AS DECFLOAT)", "NaN", Double.NaN),
              sample("CAST('-Infinity' AS DECFLOAT)", "-Infinity", Double.NEGATIVE_INFINITY)),
          type(
              "c_real",
              "REAL",
              plain(0.1f),
              plain(Float.MAX_VALUE),
              plain(Float.MIN_VALUE),
              plain(Float.NaN),
              plain(Float.POSITIVE_INFINITY)),
          type(
              "c_double",
              "DOUBLE PRECISION",
              plain(0.1),
              plain(Double.MAX_VALUE),
              plain(Double.MIN_VALUE),
              plain(Double.NaN),
              plain(Double.NEGATIVE_INFINITY)),
          type("c_boolean", "BOOLEAN", plain(true), plain(false)),
          type("c_char", "CHAR(5)", plain("abcde"), text("'ab'", "ab   ")),
          type(
              "c_varchar",
              "VARCHAR(40)",
              text("'it''s \"odd\" \\ ü 𝄞 日本'", "it's \"odd\" \\ ü 𝄞 日本"),
              text("''", ""),
              text("U&'a\\000a\\0009b'", "a\n\tb")),
          type("c_varchar_ignorecase", "VARCHAR_IGNORECASE", plain("Ab")),
          type("c_clob", "CLOB", plain("long")),
          type("c_enum", "ENUM('low', 'high')", plain("high")),
          type(
              "c_date",
              "DATE",
              Times.dates(sample("'-0043-03-15'", "-0043-03-15", LocalDate.of(-43, 3, 15)))),
          type(
              "c_time",
              "TIME(9)",
              sample("'00:00:00'", "00:00:00", LocalTime.MIDNIGHT),
              plain(LocalTime.parse("23:59:59.999999999"))),
          type("c_time0", "TIME(0)", sample("'02:30:00'", "02:30:00", LocalTime.of(2, 30))),
          type(
              "c_timetz",
              "TIME(6) WITH TIME ZONE",
              sample(
                  "'12:34:56.123456+05:30'",
                  "12:34:56.123456+05:30",
                  OffsetTime.parse("12:34:56.123456+05:30")),
              sample("'12:00:00-03'", "12:00:00-03", OffsetTime.parse("12:00:00-03:00"))),
          type(
              "c_timestamp",
              "TIMESTAMP(6)",
              Times.timestamps(
                  sample(
                      "'-0043-03-15 00:00:00'",
                      "-0043-03-15 00:00:00",
                      LocalDate.of(-43, 3, 15).atStartOfDay()))),
          type(
              "c_timestamp9",
              "TIMESTAMP(9)",
              sample(
                  "'2024-03-10 02:30:00.123456789'",
                  "2024-03-10 02:30:00.123456789",
                  Times.local("2024-03-10 02:30:00.123456789"))),
          type(
              "c_timestamptz",
              "TIMESTAMP(6) WITH TIME ZONE",
              Times.instants(
                  sample(
                      "'2024-03-10 02:30:00.000001+05:30'",
                      "2024-03-10 02:30:00.000001+05:30",
                      OffsetDateTime.parse("2024-03-10T02:30:00.000001+05:30")))),
          type(
              "c_timestamptz9",
              "TIMESTAMP(9) WITH TIME ZONE",
              sample(
                  "'2024-03-10 02:30:00.123456789-03:30'",
                  "2024-03-10 02:30:00.123456789-03:30",
                  OffsetDateTime.parse("2024-03-10T02:30:00.123456789-03:30"))),
          type(
              "c_binary",
              "BINARY(3)",
              sample("X'00ff7f'", "00ff7f", HexFormat.of().parseHex("00ff7f"))),
          type(
              "c_varbinary",
              "VARBINARY",
              sample("X'00ff'", "00ff", HexFormat.of().parseHex("00ff")),
              sample("X''", "", new byte[0])),
          type("c_blob", "BLOB", sample("X'00ff'", "00ff", HexFormat.of().parseHex("00ff"))),
          type("c_uuid", "UUID", plain(UUID.fromString("123e4567-e89b-12d3-a456-426614174000"))),
          type(
              "c_json",
              "JSON",
              text("JSON '{\"a\": [1, 1.50, \"ü\", null]}'", "{\"a\":[1,1.50,\"ü\",null]}"),
              text("JSON 'null'", "null"),
              text("JSON '\"text\"'", "\"text\"")),
          type(
              "c_interval",
              "INTERVAL DAY TO SECOND(6)",
              text(
                  "INTERVAL '1 02:03:04.123456' DAY TO SECOND",
                  "INTERVAL '1 02:03:04.123456' DAY TO SECOND")),
          type(
              "c_interval_months",
              "INTERVAL YEAR TO MONTH",
              text("INTERVAL '-1-2' YEAR TO MONTH", "INTERVAL '-1-2' YEAR TO MONTH")),
          type(
              "c_integers",
              "INTEGER ARRAY",
              sample("ARRAY[1, NULL, 3]", "[1,null,3]", new Integer[] {1, null, 3}),
              sample("ARRAY[]", "[]", new Integer[0])),
          type(
              "c_texts",
              "VARCHAR ARRAY",
              sample(
                  "ARRAY['a,b', '\"', 'ü']",
                  "[\"a,b\",\"\\\"\",\"ü\"]",
                  new String[] {"a,b", "\"", "ü"})),
          type(
              "c_lists",
              "INTEGER ARRAY ARRAY",
              sample("ARRAY[ARRAY[1, 2], ARRAY[3]]", "[[1,2],[3]]", new Object[][] {{1, 2}, {3}})),
          type(
              "c_decimals",
              "NUMERIC(38, 2) ARRAY",
              sample(
                  "ARRAY[1.50, 123456789012345678901234567890.12]",
                  "[1.50,123456789012345678901234567890.12]",
                  new BigDecimal[] {
                    new BigDecimal("1.50"), new BigDecimal("123456789012345678901234567890.12")
                  })),
          type(
              "c_instants",
              "TIMESTAMP(6) WITH TIME ZONE ARRAY",
              sample(
                  "ARRAY[TIMESTAMP WITH TIME ZONE '2024-03-10 02:30:00.000001+00']",
                  "[\"2024-03-10 02:30:00.000001+00\"]",
                  new OffsetDateTime[] {OffsetDateTime.parse("2024-03-10T02:30:00.000001Z")})),
          type(
              "c_row",
              "ROW(a INTEGER, \"b, c\" VARCHAR, d ROW(e NUMERIC(5, 2), f INTEGER ARRAY))",
              text(
                  "ROW(1, 'x', ROW(1.50, ARRAY[1, 2]))",
                  "{\"A\":1,\"b, c\":\"x\",\"D\":{\"E\":1.50,\"F\":[1,2]}}"),
              text("ROW(NULL, NULL, NULL)", "{\"A\":null,\"b, c\":null,\"D\":null}")),
          type(
              "c_any_row",
              "ROW(a VARBINARY, b TIME(6), c TIME(6) WITH TIME ZONE, d UUID, e DOUBLE PRECISION, f DATE, g TIMESTAMP(9), h TIMESTAMP(6) WITH TIME ZONE, i JSON, j INTERVAL DAY)",
              text(
                  "ROW(X'00ff', TIME '12:34:56.123456', TIME WITH TIME ZONE '12:00:00-03', UUID '123e4567-e89b-12d3-a456-426614174000', CAST('NaN' AS DOUBLE PRECISION), DATE '1582-10-10', TIMESTAMP '2024-03-10 02:30:00.123456789', TIMESTAMP WITH TIME ZONE '2024-03-10 02:30:00.000001+00', JSON '{\"x\": 1}', INTERVAL '7' DAY)",
                  "{\"A\":\"00ff\",\"B\":\"12:34:56.123456\",\"C\":\"12:00:00-03\",\"D\":\"123e4567-e89b-12d3-a456-426614174000\",\"E\":\"NaN\",\"F\":\"1582-10-10\",\"G\":\"2024-03-10 02:30:00.123456789\",\"H\":\"2024-03-10 02:30:00.000001+00\",\"I\":{\"x\":1},\"J\":\"INTERVAL '7' DAY\"}")),
          type("c_geometry", "GEOMETRY", text("'POINT (1 2)'", "POINT (1 2)")));

  private H2Samples() {}
}
