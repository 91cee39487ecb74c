package org.metaxyjdbc.property;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A batch that deletes or changes a record with each of its executions.
 *
 * @param values which records, and what an UPDATE gives them
 */
record ChangeBatch(List<Values> values, boolean delete) implements Operation {
  private String sql() {
    return (delete
            ? "DELETE FROM active.f"
            : "UPDATE active.f SET label = ?, metaxy_data_version = ?")
        + " WHERE a = ? AND b = ?";
  }

  private static Condition condition(Row row) {
    return new Condition(Condition.Shape.ID, row.a(), row.b(), row.label(), row.score());
  }

  private List<Row> rows(int number) {
    return IntStream.range(0, values.size()).mapToObj(i -> values.get(i).row(number, i)).toList();
  }

  @Override
  public String sql(int number) {
    return "-- a batch\n"
        + rows(number).stream()
            .map(
                row ->
                    (delete
                            ? "DELETE FROM active.f"
                            : "UPDATE active.f SET label = %s, metaxy_data_version = %s"
                                .formatted(Literal.of(row.label()), Literal.of(row.dataVersion())))
                        + condition(row).sql(false))
            .collect(Collectors.joining(";\n"));
  }

  @Override
  public void run(Run run, int number) throws SQLException {
    List<Row> rows = rows(number);
    Instant from = Instant.now().truncatedTo(ChronoUnit.MICROS);
    long[] counts;
    try (PreparedStatement statement = run.store().connection().prepareStatement(sql())) {
      for (Row row : rows) {
        List<Object> parameters = new ArrayList<>();
        if (!delete) {
          parameters.add(row.label());
          parameters.add(row.dataVersion());
        }
        parameters.add(row.a());
        parameters.add(row.b());
        Run.bind(statement, parameters);
        statement.addBatch();
      }
      counts = statement.executeLargeBatch();
    }
    Instant to = Instant.now();
    List<Row> stored = run.store().stored();
    List<Long> expected = new ArrayList<>();
    for (Row row : rows) {
      Predicate<Row> written =
          delete
              ? other -> other.isTombstone() && other.id().equals(row.id())
              : other -> row.dataVersion().equals(other.dataVersion());
      Instant time = Run.time(stored, written, from, to);
      expected.add(
          delete
              ? run.model().deleteSoftly(condition(row), time)
              : run.model()
                  .update(
                      condition(row),
                      before -> before.withContent(row.label(), before.score(), row.dataVersion()),
                      time));
    }
    run.compareStored(stored);
    assertThat(counts)
        .as("update counts")
        .containsExactly(expected.stream().mapToLong(Long::longValue).toArray());
  }
}
