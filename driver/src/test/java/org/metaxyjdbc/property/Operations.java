package org.metaxyjdbc.property;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The steps that sequences are made of. */
final class Operations {
  private Operations() {}

  private static String insert(String rows) {
    return "INSERT INTO active.f (" + Values.COLUMNS + ") VALUES " + rows;
  }

  /** {@code INSERT … VALUES} with literals, or with parameters. */
  record Insert(List<Values> values, boolean prepared) implements Operation {
    @Override
    public String sql(int number) {
      return insert(String.join(", ", rows(number).stream().map(Values::literals).toList()));
    }

    @Override
    public void run(Run run, int number) throws SQLException {
      List<Row> rows = rows(number);
      String parameters = String.join(", ", Collections.nCopies(rows.size(), "(?, ?, ?, ?, ?)"));
      run.update(
          connection ->
              prepared
                  ? Run.execute(
                      connection,
                      insert(parameters),
                      rows.stream().flatMap(row -> Values.parameters(row).stream()).toList())
                  : Run.execute(connection, sql(number), List.of()),
          now -> run.model().write(rows, now));
    }

    private List<Row> rows(int number) {
      return IntStream.range(0, values.size()).mapToObj(i -> values.get(i).row(number, i)).toList();
    }
  }

  /** A batch: a statement for each record. */
  record InsertBatch(List<Values> values) implements Operation {
    @Override
    public String sql(int number) {
      return "-- a batch\n"
          + rows(number).stream()
              .map(row -> insert(Values.literals(row)))
              .collect(Collectors.joining(";\n"));
    }

    private List<Row> rows(int number) {
      return IntStream.range(0, values.size()).mapToObj(i -> values.get(i).row(number, i)).toList();
    }

    /** A batch has one time, until it comes to a record that it has written before. */
    private static List<List<Row>> groups(List<Row> rows) {
      List<List<Row>> groups = new ArrayList<>();
      Set<List<Object>> ids = new HashSet<>();
      for (Row row : rows) {
        if (groups.isEmpty() || !ids.add(row.id())) {
          groups.add(new ArrayList<>());
          ids.clear();
          ids.add(row.id());
        }
        groups.get(groups.size() - 1).add(row);
      }
      return groups;
    }

    @Override
    public void run(Run run, int number) throws SQLException {
      List<Row> rows = rows(number);
      Instant from = Instant.now().truncatedTo(ChronoUnit.MICROS);
      long[] counts;
      try (PreparedStatement statement =
          run.store().connection().prepareStatement(insert("(?, ?, ?, ?, ?)"))) {
        for (Row row : rows) {
          Run.bind(statement, Values.parameters(row));
          statement.addBatch();
        }
        counts = statement.executeLargeBatch();
      }
      Instant to = Instant.now();
      List<Row> stored = run.store().stored();
      for (List<Row> group : groups(rows)) {
        Set<String> versions = new HashSet<>(group.stream().map(Row::dataVersion).toList());
        run.model()
            .write(group, Run.time(stored, row -> versions.contains(row.dataVersion()), from, to));
      }
      run.compareStored(stored);
      assertThat(counts).as("update counts").containsOnly(1).hasSize(rows.size());
    }
  }

  /** {@code MERGE}: changes what is there and inserts what is not. */
  record Merge(List<Values> values, boolean prepared) implements Operation {
    @Override
    public String sql(int number) {
      return sql(rows(number).stream().map(Merge::literals).toList());
    }

    private static String sql(List<String> rows) {
      return """
          MERGE INTO active.f AS t USING (VALUES %s) AS s (a, b, label, score, version)
          ON t.a = s.a AND t.b = s.b
          WHEN MATCHED THEN UPDATE SET label = s.label, metaxy_data_version = s.version
          WHEN NOT MATCHED THEN INSERT (%s) VALUES (s.a, s.b, s.label, s.score, s.version)"""
          .formatted(String.join(", ", rows), Values.COLUMNS);
    }

    private static String literals(Row row) {
      return "(%s, %s, CAST(%s AS VARCHAR), CAST(%s AS INTEGER), %s)"
          .formatted(Values.parameters(row).stream().map(Literal::of).toArray());
    }

    private static String parameters() {
      return "(CAST(? AS VARCHAR), CAST(? AS INTEGER), CAST(? AS VARCHAR), CAST(? AS INTEGER),"
          + " CAST(? AS VARCHAR))";
    }

    private List<Row> rows(int number) {
      return IntStream.range(0, values.size()).mapToObj(i -> values.get(i).row(number, i)).toList();
    }

    @Override
    public void run(Run run, int number) throws SQLException {
      List<Row> rows = rows(number);
      Run.Work work =
          connection ->
              prepared
                  ? Run.execute(
                      connection,
                      sql(Collections.nCopies(rows.size(), parameters())),
                      rows.stream().flatMap(row -> Values.parameters(row).stream()).toList())
                  : Run.execute(connection, sql(number), List.of());
      if (rows.stream().map(Row::id).distinct().count() < rows.size()) {
        assertThatThrownBy(() -> work.run(run.store().connection()))
            .isInstanceOfSatisfying(
                SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("21000"));
        run.compareStored(run.store().stored());
      } else {
        run.update(work, now -> run.model().merge(rows, now));
      }
    }
  }

  /** {@code INSERT … SELECT}: brings records back, or old versions of them. */
  record InsertSelect(Schema schema, Condition condition, boolean prepared) implements Operation {
    @Override
    public String sql(int number) {
      return sql(false);
    }

    private String sql(boolean prepared) {
      return "INSERT INTO active.f (%s) SELECT %s FROM %s%s"
          .formatted(Values.COLUMNS, Values.COLUMNS, schema.table(), condition.sql(prepared));
    }

    @Override
    public void run(Run run, int number) throws SQLException {
      List<Row> rows = run.model().matching(schema, condition);
      Set<List<Object>> versions = new HashSet<>();
      for (Row row : rows) {
        if (!versions.add(Arrays.asList(row.id(), row.dataVersion()))) {
          // Only the row id would tell these two apart.
          return;
        }
      }
      Run.Work work =
          connection ->
              Run.execute(connection, sql(prepared), prepared ? condition.values() : List.of());
      if (rows.stream().anyMatch(row -> row.id().contains(null))) {
        assertThatThrownBy(() -> work.run(run.store().connection()))
            .isInstanceOfSatisfying(
                SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("23502"));
        run.compareStored(run.store().stored());
      } else {
        run.update(work, now -> run.model().write(rows, now));
      }
    }
  }

  /** What an UPDATE sets. */
  enum Change {
    LABEL("label = {label}"),
    NO_LABEL("label = NULL"),
    SCORE("score = score + 1"),
    GREATEST("score = (SELECT MAX(score) FROM history.f)"),
    BOTH("score = {score}, label = 'z'");

    private final String sql;

    Change(String sql) {
      this.sql = sql;
    }

    private static final Pattern VALUE = Pattern.compile("\\{(\\w+)}");

    String sql(Condition values, boolean prepared) {
      return VALUE
          .matcher(sql)
          .replaceAll(match -> prepared ? "?" : Literal.of(value(match.group(1), values)));
    }

    List<Object> values(Condition values) {
      return VALUE
          .matcher(sql)
          .results()
          .map(match -> value(match.group(1), values))
          .collect(Collectors.toList());
    }

    private static Object value(String name, Condition values) {
      return name.equals("label") ? values.label() : values.score();
    }

    /**
     * What becomes of a row.
     *
     * @param dataVersion null for the one that it has
     */
    UnaryOperator<Row> of(Condition values, @Nullable String dataVersion, Model model) {
      Integer greatest =
          model.shown(Schema.HISTORY).stream()
              .map(shown -> shown.row().score())
              .filter(Objects::nonNull)
              .max(Integer::compareTo)
              .orElse(null);
      return row -> {
        String version = dataVersion == null ? row.dataVersion() : dataVersion;
        return switch (this) {
          case LABEL -> row.withContent(values.label(), row.score(), version);
          case NO_LABEL -> row.withContent(null, row.score(), version);
          case SCORE ->
              row.withContent(row.label(), row.score() == null ? null : row.score() + 1, version);
          case GREATEST -> row.withContent(row.label(), greatest, version);
          case BOTH -> row.withContent("z", values.score(), version);
        };
      };
    }
  }

  /** {@code UPDATE active.f}. */
  record Update(Change change, Condition condition, int rank, boolean prepared)
      implements Operation {
    @Override
    public String sql(int number) {
      return sql(number, false);
    }

    private String sql(int number, boolean prepared) {
      return "UPDATE active.f SET %s, metaxy_data_version = %s%s"
          .formatted(
              change.sql(condition, prepared),
              prepared ? "?" : Literal.of(Values.dataVersion(rank, number, 0)),
              condition.sql(prepared));
    }

    @Override
    public void run(Run run, int number) throws SQLException {
      String dataVersion = Values.dataVersion(rank, number, 0);
      List<Object> parameters = new ArrayList<>();
      if (prepared) {
        parameters.addAll(change.values(condition));
        parameters.add(dataVersion);
        parameters.addAll(condition.values());
      }
      run.update(
          connection -> Run.execute(connection, sql(number, prepared), parameters),
          now ->
              run.model().update(condition, change.of(condition, dataVersion, run.model()), now));
    }
  }

  /** {@code UPDATE history.f}: redaction of the rows themselves. */
  record Redact(Change change, Condition condition, boolean prepared) implements Operation {
    @Override
    public String sql(int number) {
      return hard(sql(false));
    }

    private String sql(boolean prepared) {
      return "UPDATE history.f SET " + change.sql(condition, prepared) + condition.sql(prepared);
    }

    @Override
    public void run(Run run, int number) throws SQLException {
      List<Object> parameters = new ArrayList<>();
      if (prepared) {
        parameters.addAll(change.values(condition));
        parameters.addAll(condition.values());
      }
      runHard(
          run,
          sql(prepared),
          parameters,
          now -> run.model().redact(condition, change.of(condition, null, run.model())));
    }
  }

  /** {@code DELETE FROM active.f}, and the restoring of what it deletes. */
  record SoftDelete(Condition condition, boolean restore, boolean prepared) implements Operation {
    @Override
    public String sql(int number) {
      return sql(false);
    }

    private String sql(boolean prepared) {
      return (restore
              ? "UPDATE only_deleted.f SET metaxy_deleted_at = NULL"
              : "DELETE FROM active.f")
          + condition.sql(prepared);
    }

    @Override
    public void run(Run run, int number) throws SQLException {
      run.update(
          connection ->
              Run.execute(connection, sql(prepared), prepared ? condition.values() : List.of()),
          now ->
              restore
                  ? run.model().restore(condition, now)
                  : run.model().deleteSoftly(condition, now));
    }
  }

  /** DELETE under {@code hard_delete}. */
  record HardDelete(Schema schema, Condition condition, boolean prepared) implements Operation {
    @Override
    public String sql(int number) {
      return hard(sql(false));
    }

    private String sql(boolean prepared) {
      return "DELETE FROM " + schema.table() + condition.sql(prepared);
    }

    @Override
    public void run(Run run, int number) throws SQLException {
      runHard(
          run,
          sql(prepared),
          prepared ? condition.values() : List.of(),
          now -> run.model().deletePhysically(schema, condition));
    }
  }

  private static String hard(String sql) {
    return "SET hard_delete = true;\n" + sql + ";\nSET hard_delete = false";
  }

  private static void runHard(
      Run run, String sql, List<Object> parameters, ToLongFunction<Instant> inModel)
      throws SQLException {
    run.set("SET hard_delete = true");
    run.update(connection -> Run.execute(connection, sql, parameters), inModel);
    run.set("SET hard_delete = false");
  }
}
