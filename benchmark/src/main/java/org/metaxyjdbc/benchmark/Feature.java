package org.metaxyjdbc.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A feature of the benchmarks' stores, identified by {@code id}.
 *
 * @param columns its own columns, {@code id} first
 * @param definition the columns' definitions, in SQL that every store and this driver read
 * @param values their values in version {@code v} of record {@code x}, in SQL of every store
 */
record Feature(String name, List<String> columns, List<String> definition, List<String> values) {
  static final Feature PREDICTION =
      new Feature(
          "prediction",
          List.of("id", "model", "category", "score", "amount", "taken_at", "reviewed", "note"),
          List.of(
              "BIGINT",
              "VARCHAR",
              "INTEGER",
              "DOUBLE PRECISION",
              "DECIMAL(12, 2)",
              "TIMESTAMP(6)",
              "BOOLEAN",
              "VARCHAR"),
          List.of(
              "x",
              "'model_' || CAST(MOD(x, 5) AS VARCHAR)",
              "CAST(MOD(x, 100) AS INTEGER)",
              "MOD(x * 7919 + v * 104729, 10000) / CAST(8192 AS DOUBLE PRECISION)",
              "CAST(MOD(x, 1000) AS DECIMAL(12, 2)) / 4",
              "TIMESTAMP '2026-01-01 00:00:00' + x * INTERVAL '1' SECOND",
              "MOD(x, 2) = 0",
              "'what was seen in record ' || CAST(x AS VARCHAR)"));

  /** A feature for the records of {@link #PREDICTION} again. */
  static final Feature LABEL =
      new Feature(
          "label",
          List.of("id", "label", "rater"),
          List.of("BIGINT", "VARCHAR", "VARCHAR"),
          List.of(
              "x",
              "'label_' || CAST(MOD(x + v, 7) AS VARCHAR)",
              "'rater_' || CAST(MOD(x, 11) AS VARCHAR)"));

  /** The same under another name. */
  Feature named(String other) {
    return new Feature(other, columns, definition, values);
  }

  /** The columns in quotes, which keep their case on every store. */
  String columnList() {
    return quoted(columns);
  }

  /** The columns and their types, for a CREATE TABLE. */
  String definitionList() {
    List<String> list = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      list.add('"' + columns.get(i) + "\" " + definition.get(i));
    }
    return String.join(", ", list);
  }

  static String quoted(List<String> names) {
    return names.stream().map(name -> '"' + name + '"').collect(Collectors.joining(", "));
  }
}
