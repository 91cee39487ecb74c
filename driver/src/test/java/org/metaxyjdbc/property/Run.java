package org.metaxyjdbc.property;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** A sequence on its way through a store and the model of it. */
final class Run {
  private final PropertyStore store;
  private final Model model = new Model();

  Run(PropertyStore store) {
    this.store = store;
  }

  PropertyStore store() {
    return store;
  }

  Model model() {
    return model;
  }

  /** A statement of the driver. */
  @FunctionalInterface
  interface Work {
    long run(Connection connection) throws SQLException;
  }

  /**
   * Runs a statement in the store and in the model; both must count and leave the same.
   *
   * @param inModel what it does, given its time
   */
  void update(Work work, ToLongFunction<Instant> inModel) throws SQLException {
    Instant from = Instant.now().truncatedTo(ChronoUnit.MICROS);
    long count = work.run(store.connection());
    Instant to = Instant.now();
    List<Row> stored = store.stored();
    long expected = inModel.applyAsLong(time(stored, row -> true, from, to));
    compareStored(stored);
    assertThat(count).as("update count").isEqualTo(expected);
  }

  /** The statement's own time: the one that rows got between its begin and its end. */
  static Instant time(List<Row> stored, Predicate<Row> written, Instant from, Instant to) {
    List<Instant> times =
        stored.stream()
            .filter(written)
            .map(Row::time)
            .filter(time -> time != null && !time.isBefore(from) && !time.isAfter(to))
            .distinct()
            .toList();
    assertThat(times).as("times of one statement").hasSizeLessThan(2);
    return times.isEmpty() ? to : times.get(0);
  }

  static long execute(Connection connection, String sql, List<Object> parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, parameters);
      return statement.executeUpdate();
    }
  }

  static void bind(PreparedStatement statement, List<Object> parameters) throws SQLException {
    for (int i = 0; i < parameters.size(); i++) {
      statement.setObject(i + 1, parameters.get(i));
    }
  }

  void set(String sql) throws SQLException {
    try (Statement statement = store.connection().createStatement()) {
      statement.execute(sql);
    }
  }

  void compareStored(List<Row> stored) {
    if (!counted(stored).equals(counted(model.rows()))) {
      assertThat(stored).as("rows in the table").containsExactlyInAnyOrderElementsOf(model.rows());
    }
  }

  /** Every schema shows what the model shows, whatever the session looks at, now and then. */
  void compareShown() throws SQLException {
    for (String view : List.of(PropertyStore.CURRENT, PropertyStore.ALL)) {
      set("SET feature_version = '" + view + "'");
      model.look(view);
      compareSchemas("under feature_version " + view);
    }
    Instant past = past(model.rows().size() / 2);
    if (past != null) {
      set("SET as_of = '%s'".formatted(past));
      model.lookAsOf(past);
      compareSchemas("as of " + past);
      set("RESET as_of");
      model.lookAsOfNow();
    }
  }

  /** The time of some version that is not of the future; null where there is none. */
  @Nullable Instant past(int which) {
    Instant now = Instant.now();
    List<Instant> times =
        model.rows().stream()
            .map(Row::time)
            .filter(time -> time != null && time.isBefore(now))
            .sorted()
            .toList();
    return times.isEmpty() ? null : times.get(which % times.size());
  }

  private void compareSchemas(String when) throws SQLException {
    store
        .shown()
        .forEach(
            (schema, shown) -> compare(shown, model.shown(schema), schema.table() + " " + when));
  }

  static void compare(List<Shown> shown, List<Shown> expected, String what) {
    if (!counted(shown).equals(counted(expected))) {
      assertThat(shown).as("rows of %s", what).containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  private static <T> Map<T, Integer> counted(List<T> rows) {
    Map<T, Integer> counts = new HashMap<>();
    rows.forEach(row -> counts.merge(row, 1, Integer::sum));
    return counts;
  }
}
