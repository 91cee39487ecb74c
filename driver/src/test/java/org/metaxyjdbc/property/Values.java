package org.metaxyjdbc.property;

import java.util.List;

/**
 * What a record holds.
 *
 * @param rank orders the versions of one statement: the first digit of the data version
 */
record Values(String a, Integer b, String label, Integer score, int rank) {
  static final String COLUMNS = "a, b, label, score, metaxy_data_version";

  /** A data version that no other row of a sequence gets. */
  static String dataVersion(int rank, int number, int index) {
    return "%d%05d%02d".formatted(rank, number, index);
  }

  Row row(int number, int index) {
    return new Row(
        a, b, label, score, dataVersion(rank, number, index), null, null, null, null, null, null);
  }

  static List<Object> parameters(Row row) {
    return java.util.Arrays.asList(row.a(), row.b(), row.label(), row.score(), row.dataVersion());
  }

  static String literals(Row row) {
    return "(" + String.join(", ", parameters(row).stream().map(Literal::of).toList()) + ")";
  }
}
