package org.metaxyjdbc.property;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A row that somebody appends with the store's own SQL.
 *
 * @param featureVersion of which definition it is; null for a row without feature version
 */
record NativeRow(
    Values values, Time created, Time updated, Time deleted, FeatureDefinition featureVersion)
    implements Operation {
  /** Times as Metaxy's own writers, clocks that run wrong, and plain SQL leave them. */
  enum Time {
    NULL,
    PAST,
    LATER_PAST,
    FUTURE,
    /** That of the record's latest version. */
    TIE;

    private Instant of(Instant latest) {
      return switch (this) {
        case NULL -> null;
        case PAST -> Instant.parse("2020-01-01T00:00:00.000001Z");
        case LATER_PAST -> Instant.parse("2020-01-01T00:00:00.000002Z");
        case FUTURE -> Instant.parse("2099-01-01T00:00:00Z");
        case TIE -> latest;
      };
    }

    private String sql(Values values) {
      return this == TIE
          ? """
            (SELECT MAX(COALESCE("metaxy_deleted_at", "metaxy_updated_at")) FROM "f" \
            WHERE "a" IS NOT DISTINCT FROM %s AND "b" IS NOT DISTINCT FROM %s)\
            """
              .formatted(Literal.of(values.a()), Literal.of(values.b()))
          : Literal.of(of(null));
    }
  }

  @Override
  public String sql(int number) {
    Row row = values.row(number, 0);
    return "-- by others\n"
        + sql(row, List.of(created.sql(values), updated.sql(values), deleted.sql(values)));
  }

  private String sql(Row row, List<String> times) {
    List<String> literals = new ArrayList<>();
    Values.parameters(row).forEach(value -> literals.add(Literal.of(value)));
    literals.add(Literal.of(featureVersion == null ? null : featureVersion.version()));
    literals.addAll(times);
    return """
        INSERT INTO "f" ("a", "b", "label", "score", "metaxy_data_version", \
        "metaxy_feature_version", "metaxy_created_at", "metaxy_updated_at", "metaxy_deleted_at") \
        VALUES (%s)\
        """
        .formatted(String.join(", ", literals));
  }

  @Override
  public void run(Run run, int number) throws SQLException {
    Row row = values.row(number, 0);
    Instant latest = run.model().latest(row.id());
    Row written =
        row.written(
            featureVersion == null ? null : featureVersion.version(),
            null,
            null,
            created.of(latest),
            updated.of(latest),
            deleted.of(latest));
    run.store()
        .byOthers(
            sql(
                row,
                List.of(
                    Literal.of(written.createdAt()),
                    Literal.of(written.updatedAt()),
                    Literal.of(written.deletedAt()))));
    run.model().append(written);
  }
}
