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

/** The types of PostgreSQL. */
final class PostgresqlSamples {
  /** The types of the user's own. */
  static final String[] DEFINITIONS = {
    "CREATE TYPE level AS ENUM ('low', 'high')",
    "CREATE TYPE \"Box Size\" AS (width integer, label text)",
    "CREATE DOMAIN percentage AS integer CHECK (VALUE BETWEEN 0 AND 100)"
  };

  static final List<SampledType> TYPES =
      List.of(
          type("c_smallint", "smallint", plain(-32768), plain(32767)),
          type("c_integer", "integer", plain(Integer.MIN_VALUE), plain(Integer.MAX_VALUE)),
          type("c_bigint", "bigint", plain(Long.MIN_VALUE), plain(Long.MAX_VALUE)),
          type(
              "c_numeric",
              "numeric(38, 18)",
              plain(new BigDecimal("99999999999999999999.999999999999999999")),
              plain(new BigDecimal("-0.000000000000000001")),
              sample("'NaN'", "NaN", Double.NaN)),
          type(
              "c_any_numeric",
              "numeric",
              plain(new BigDecimal("1.10")),
              plain(new BigDecimal("123456789012345678901234567890".repeat(3) + ".0000000001")),
              sample("'1e-40'", "0." + "0".repeat(39) + "1", new BigDecimal("1e-40")),
              sample("'Infinity'", "Infinity", Double.POSITIVE_INFINITY)),
          type(
              "c_real",
              "real",
              plain(0.1f),
              plain(Float.MAX_VALUE),
              plain(Float.MIN_VALUE),
              plain(Float.NaN),
              plain(Float.POSITIVE_INFINITY)),
          type(
              "c_double",
              "double precision",
              plain(0.1),
              plain(Double.MAX_VALUE),
              plain(Double.MIN_VALUE),
              plain(Double.NaN),
              plain(Double.NEGATIVE_INFINITY),
              plain(-0.0)),
          type("c_boolean", "boolean", plain(true), plain(false)),
          type("c_char", "char(5)", plain("abcde"), text("'ab'", "ab   ")),
          type(
              "c_varchar",
              "varchar(40)",
              text("'it''s \"odd\" \\ ü 𝄞 日本'", "it's \"odd\" \\ ü 𝄞 日本")),
          type("c_text", "text", text("''", ""), text("E'a\\n\\tb'", "a\n\tb")),
          type("c_enum", "level", plain("high")),
          type("c_domain", "percentage", plain(50)),
          type(
              "c_date",
              "date",
              Times.dates(
                  sample("'0044-03-15 BC'", "-0043-03-15", LocalDate.of(-43, 3, 15)),
                  sample("'infinity'", "infinity", LocalDate.MAX),
                  sample("'-infinity'", "-infinity", LocalDate.MIN))),
          type(
              "c_time",
              "time",
              sample("'00:00:00'", "00:00:00", LocalTime.MIDNIGHT),
              plain(LocalTime.parse("23:59:59.999999")),
              sample("'24:00:00'", "24:00:00", LocalTime.MAX)),
          type("c_time3", "time(3)", plain(LocalTime.parse("02:30:00.123"))),
          type(
              "c_timetz",
              "timetz",
              sample(
                  "'12:34:56.123456+05:30'",
                  "12:34:56.123456+05:30",
                  OffsetTime.parse("12:34:56.123456+05:30")),
              sample("'12:00:00-03'", "12:00:00-03", OffsetTime.parse("12:00:00-03:00"))),
          type(
              "c_timestamp",
              "timestamp",
              Times.timestamps(
                  sample(
                      "'0044-03-15 00:00:00 BC'",
                      "-0043-03-15 00:00:00",
                      LocalDate.of(-43, 3, 15).atStartOfDay()),
                  sample("'infinity'", "infinity", LocalDateTime.MAX),
                  sample("'-infinity'", "-infinity", LocalDateTime.MIN))),
          type(
              "c_timestamptz",
              "timestamptz",
              Times.instants(
                  sample(
                      "'2024-03-10 02:30:00.000001+05:30'",
                      "2024-03-09 21:00:00.000001+00",
                      OffsetDateTime.parse("2024-03-09T21:00:00.000001Z")),
                  sample("'infinity'", "infinity", OffsetDateTime.MAX),
                  sample("'-infinity'", "-infinity", OffsetDateTime.MIN))),
          type(
              "c_bytea",
              "bytea",
              sample("'\\x00ff'", "00ff", HexFormat.of().parseHex("00ff")),
              sample("''", "", new byte[0])),
          type("c_uuid", "uuid", plain(UUID.fromString("123e4567-e89b-12d3-a456-426614174000"))),
          type(
              "c_json",
              "json",
              text("'{\"a\": [1, 1.50, \"ü\", null]}'", "{\"a\": [1, 1.50, \"ü\", null]}")),
          type(
              "c_jsonb",
              "jsonb",
              text(
                  "'{\"b\":1,\"a\": [1, 1.50, \"ü\", null]}'",
                  "{\"a\": [1, 1.50, \"ü\", null], \"b\": 1}"),
              text("'null'", "null"),
              text("'\"text\"'", "\"text\"")),
          type(
              "c_interval",
              "interval",
              text("'1 month 2 days 03:04:05.123456'", "1 mon 2 days 03:04:05.123456")),
          type("c_money", "money", text("'-12.34'", "-$12.34")),
          type("c_bit", "bit(4)", text("'1010'", "1010")),
          type("c_varbit", "varbit", text("'10101'", "10101")),
          type("c_inet", "inet", text("'10.0.0.1/8'", "10.0.0.1/8")),
          type("c_xml", "xml", text("'<a>ü</a>'", "<a>ü</a>")),
          type("c_range", "int4range", text("'[1,5)'", "[1,5)")),
          type("c_point", "point", text("'(1,2)'", "(1,2)")),
          type("c_tsvector", "tsvector", text("'fat cat'", "'cat' 'fat'")),
          type("c_composite", "\"Box Size\"", text("ROW(7, 'a, b')", "(7,\"a, b\")")),
          type(
              "c_integers",
              "integer[]",
              sample("'{1,NULL,3}'", "[1,null,3]", new Integer[] {1, null, 3}),
              sample("'{}'", "[]", new Integer[0])),
          type(
              "c_texts",
              "text[]",
              sample(
                  "ARRAY['a,b', '\"', 'ü', 'NULL']",
                  "[\"a,b\",\"\\\"\",\"ü\",\"NULL\"]",
                  new String[] {"a,b", "\"", "ü", "NULL"})),
          type(
              "c_lists",
              "integer[][]",
              sample("'{{1,2},{3,4}}'", "[[1,2],[3,4]]", new Object[][] {{1, 2}, {3, 4}})),
          type(
              "c_doubles",
              "double precision[]",
              sample("'{0.1,NaN}'", "[0.1,\"NaN\"]", new Double[] {0.1, Double.NaN})),
          type(
              "c_decimals",
              "numeric[]",
              sample(
                  "'{1.50,123456789012345678901234567890.12}'",
                  "[1.50,123456789012345678901234567890.12]",
                  new BigDecimal[] {
                    new BigDecimal("1.50"), new BigDecimal("123456789012345678901234567890.12")
                  })),
          type(
              "c_instants",
              "timestamptz[]",
              sample(
                  "'{2024-03-10 02:30:00.000001+00}'",
                  "[\"2024-03-10 02:30:00.000001+00\"]",
                  new OffsetDateTime[] {OffsetDateTime.parse("2024-03-10T02:30:00.000001Z")})),
          type(
              "c_timestamps",
              "timestamp[]",
              sample(
                  "'{2024-01-10 02:30:00.000001}'",
                  "[\"2024-01-10 02:30:00.000001\"]",
                  new LocalDateTime[] {Times.local("2024-01-10 02:30:00.000001")})),
          type(
              "c_uuids",
              "uuid[]",
              sample(
                  "'{123e4567-e89b-12d3-a456-426614174000}'",
                  "[\"123e4567-e89b-12d3-a456-426614174000\"]",
                  new UUID[] {UUID.fromString("123e4567-e89b-12d3-a456-426614174000")})),
          type(
              "c_byteas",
              "bytea[]",
              sample(
                  "ARRAY['\\x00ff'::bytea]",
                  "[\"00ff\"]",
                  new byte[][] {HexFormat.of().parseHex("00ff")})),
          type(
              "c_jsonbs",
              "jsonb[]",
              sample("ARRAY['{\"a\": 1}'::jsonb]", "[{\"a\": 1}]", new String[] {"{\"a\": 1}"})));

  private PostgresqlSamples() {}
}
