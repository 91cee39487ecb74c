package org.metaxyjdbc.property;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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
  record Merge(List<Values> values) implements Operation {
    @Override
    public String sql(int number) {
      return """
          MERGE INTO active.f AS t USING (VALUES %s) AS s (a, b, label, score, version)
          ON t.a = s.a AND t.b = s.b
          WHEN MATCHED THEN UPDATE SET label = s.label, metaxy_data_version = s.version
          WHEN NOT MATCHED THEN INSERT (%s) VALUES (s.a, s.b, s.label, s.score, s.version)"""
          .formatted(
              rows(number).stream().map(Merge::literals).collect(Collectors.joining(", ")),
              Values.COLUMNS);
    }

    private static String literals(Row row) {
      return "(%s, %s, CAST(%s AS VARCHAR), CAST(%s AS INTEGER), %s)"
          .formatted(Values.parameters(row).stream().map(Literal::of).toArray());
    }

    private List<Row> rows(int number) {
      return IntStream.range(0, values.size()).mapToObj(i -> values.get(i).row(number, i)).toList();
    }

    @Override
    public void run(Run run, int number) throws SQLException {
      List<Row> rows = rows(number);
      Run.Work work = connection -> Run.execute(connection, sql(number), List.of());
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
    BOTH("score = {score}, label = 'z'");

    private final String sql;

    Change(String sql) {
      this.sql = sql;
    }

    String sql(Condition values) {
      return sql.replace("{label}", Literal.of(values.label()))
          .replace("{score}", Literal.of(values.score()));
    }

    Row apply(Row row, Condition values, String dataVersion) {
      return switch (this) {
        case LABEL -> row.withContent(values.label(), row.score(), dataVersion);
        case NO_LABEL -> row.withContent(null, row.score(), dataVersion);
        case SCORE ->
            row.withContent(row.label(), row.score() == null ? null : row.score() + 1, dataVersion);
        case BOTH -> row.withContent("z", values.score(), dataVersion);
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
              change.sql(condition),
              prepared ? "?" : Literal.of(Values.dataVersion(rank, number, 0)),
              condition.sql(prepared));
    }

    @Override
    public void run(Run run, int number) throws SQLException {
      String dataVersion = Values.dataVersion(rank, number, 0);
      List<Object> parameters = new ArrayList<>();
      if (prepared) {
        parameters.add(dataVersion);
        parameters.addAll(condition.values());
      }
      run.update(
          connection -> Run.execute(connection, sql(number, prepared), parameters),
          now ->
              run.model().update(condition, row -> change.apply(row, condition, dataVersion), now));
    }
  }

  /** {@code UPDATE history.f}: redaction of the rows themselves. */
  record Redact(Change change, Condition condition, boolean prepared) implements Operation {
    @Override
    public String sql(int number) {
      return hard(sql(false));
    }

    private String sql(boolean prepared) {
      return "UPDATE history.f SET " + change.sql(condition) + condition.sql(prepared);
    }

    @Override
    public void run(Run run, int number) throws SQLException {
      runHard(
          run,
          sql(prepared),
          prepared ? condition.values() : List.of(),
          now ->
              run.model()
                  .redact(condition, row -> change.apply(row, condition, row.dataVersion())));
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

  /** {@code SET feature_version}. */
  record Look(String view) implements Operation {
    @Override
    public String sql(int number) {
      return "SET feature_version = '" + view + "'";
    }

    @Override
    public void run(Run run, int number) throws SQLException {
      run.set(sql(number));
      run.model().look(view);
    }
  }

  /** {@code SET materialization_id}. */
  record Materialize(String id) implements Operation {
    @Override
    public String sql(int number) {
      return "SET materialization_id = '" + id + "'";
    }

    @Override
    public void run(Run run, int number) throws SQLException {
      run.set(sql(number));
      run.model().materialize(id);
    }
  }

  /** Somebody pushes another definition of the feature. */
  record Push(FeatureDefinition definition) implements Operation {
    @Override
    public String sql(int number) {
      return "-- by others\n" + PropertyStore.pushSql(definition, number);
    }

    @Override
    public void run(Run run, int number) throws SQLException {
      run.store().push(definition);
      run.model().push(definition);
    }
  }

  /** Statements that are committed or rolled back together. */
  record Transaction(List<Operation> operations, boolean commit) implements Operation {
    @Override
    public String sql(int number) {
      List<String> lines = new ArrayList<>();
      lines.add("BEGIN");
      for (int i = 0; i < operations.size(); i++) {
        lines.add(operations.get(i).sql(number + i + 1));
      }
      lines.add(commit ? "COMMIT" : "ROLLBACK");
      return String.join(";\n", lines);
    }

    @Override
    public void run(Run run, int number) throws SQLException {
      List<Row> before = List.copyOf(run.model().rows());
      Connection connection = run.store().connection();
      connection.setAutoCommit(false);
      for (int i = 0; i < operations.size(); i++) {
        operations.get(i).run(run, number + i + 1);
      }
      if (commit) {
        connection.commit();
      } else {
        connection.rollback();
        run.model().restore(before);
      }
      connection.setAutoCommit(true);
      run.compareStored(run.store().stored());
    }
  }
}
