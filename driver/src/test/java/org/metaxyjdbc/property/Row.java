package org.metaxyjdbc.property;

import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** A version of a record in the model of {@link Model}; everything may be null. */
record Row(
    String a,
    Integer b,
    String label,
    Integer score,
    String dataVersion,
    String featureVersion,
    String projectVersion,
    String materializationId,
    Instant createdAt,
    Instant updatedAt,
    Instant deletedAt) {
  /** The order of the versions of a record, but for the row id: no two rows are alike in these. */
  static final Comparator<Row> NEWEST_FIRST =
      latest(Row::time)
          .thenComparing(latest(Row::deletedAt))
          .thenComparing(latest(Row::updatedAt))
          .thenComparing(latest(Row::createdAt))
          .thenComparing(latest(Row::dataVersion))
          .thenComparing(latest(Row::featureVersion));

  private static <T extends Comparable<T>> Comparator<Row> latest(
      java.util.function.Function<Row, T> key) {
    return Comparator.comparing(key, Comparator.nullsLast(Comparator.reverseOrder()));
  }

  /** What identifies the record; NULLs are the same id. */
  List<Object> id() {
    return Arrays.asList(a, b);
  }

  Instant time() {
    return deletedAt != null ? deletedAt : updatedAt;
  }

  boolean isTombstone() {
    return deletedAt != null;
  }

  /** The same record and content, written by another statement. */
  Row written(
      String featureVersion,
      String projectVersion,
      String materializationId,
      Instant createdAt,
      Instant updatedAt,
      Instant deletedAt) {
    return new Row(
        a,
        b,
        label,
        score,
        dataVersion,
        featureVersion,
        projectVersion,
        materializationId,
        createdAt,
        updatedAt,
        deletedAt);
  }

  Row withContent(String label, Integer score, String dataVersion) {
    return new Row(
        a,
        b,
        label,
        score,
        dataVersion,
        featureVersion,
        projectVersion,
        materializationId,
        createdAt,
        updatedAt,
        deletedAt);
  }
}
