package org.metaxyjdbc.plan;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.adapter.CurrentCopy;
import org.metaxyjdbc.adapter.FeatureAppend;
import org.metaxyjdbc.adapter.FeatureTable;
import org.metaxyjdbc.compute.ComputedQuery;
import org.metaxyjdbc.parser.SqlTransactionControl;
import org.metaxyjdbc.session.SessionSetting;
import org.metaxyjdbc.store.StoreTable;

/** What a statement comes down to. Immutable; the same for every session with the same settings. */
public sealed interface Plan {
  /** The number of {@code ?} in the statement. */
  default int parameterCount() {
    return 0;
  }

  /** Whether it gives a result set, not an update count. */
  default boolean returnsRows() {
    return false;
  }

  /** A parameter of the store's statement. */
  sealed interface Parameter {
    /**
     * The user's own, numbered from 0.
     *
     * @param type what it is in the statement
     */
    record OfUser(int index, SqlTypeName type) implements Parameter {}

    /**
     * A literal of the statement, numbered from 0; its value is with the statement.
     *
     * @param type of the column that it is compared with
     */
    record OfLiteral(int index, SqlTypeName type) implements Parameter {}

    /** An id of the record that is looked at, numbered from 0. */
    record OfRecord(int index) implements Parameter {}

    /** A value of the session at the time of execution. */
    enum OfSession implements Parameter {
      NOW,
      MATERIALIZATION_ID,
      AS_OF
    }
  }

  /**
   * A column of a result.
   *
   * @param label its name in the result
   * @param catalog the store of the table it comes from; null where it is computed
   * @param schema the schema of that table; null where it is computed
   * @param table that table; null where it is computed
   * @param name the column's name there; null where it is computed
   */
  record Column(
      String label,
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table,
      @Nullable String name) {}

  /** The same plan for a statement that has other literals where this one has parameters. */
  default Plan withLiterals(List<Object> literals) {
    return this;
  }

  /** A query that gives rows to a statement. */
  sealed interface Rows {
    /** The parameters of the user and the session that are in it. */
    List<Parameter> parameters();

    /** The same with other literals. */
    Rows withLiterals(List<Object> others);
  }

  /**
   * One statement of the store.
   *
   * @param literals the values of {@link Parameter.OfLiteral}
   */
  record StoreStatement(String sql, List<Parameter> parameters, List<Object> literals)
      implements Rows {
    @Override
    public StoreStatement withLiterals(List<Object> others) {
      return new StoreStatement(sql, parameters, others);
    }
  }

  /**
   * The same query over copies.
   *
   * @param copies what must be up to date for it
   */
  record CopiedStatement(StoreStatement statement, List<CurrentCopy> copies) {}

  /**
   * A query: its result set is read through.
   *
   * @param copied the same query over copies; null where they would not help
   * @param locked the physical tables that nobody else may write to from then on, until the
   *     transaction ends
   */
  record Query(
      StoreStatement statement,
      @Nullable CopiedStatement copied,
      List<Column> columns,
      List<StoreTable> locked,
      int parameterCount)
      implements Plan {
    @Override
    public boolean returnsRows() {
      return true;
    }

    @Override
    public Plan withLiterals(List<Object> literals) {
      return new Query(
          statement.withLiterals(literals),
          copied == null
              ? null
              : new CopiedStatement(copied.statement.withLiterals(literals), copied.copies),
          columns,
          locked,
          parameterCount);
    }
  }

  /**
   * Rows of which the store gives a part, and the rest is computed here.
   *
   * @param parts what the store runs, by the numbers of {@link ComputedQuery.Source#rows}
   * @param given what the numbers of parameters in the query stand for
   * @param literals the values of {@link Parameter.OfLiteral}
   */
  record ComputedRows(
      ComputedQuery query,
      List<StoreStatement> parts,
      Map<Integer, Parameter> given,
      List<Object> literals)
      implements Rows {
    @Override
    public List<Parameter> parameters() {
      return Stream.concat(
              given.values().stream(), parts.stream().flatMap(part -> part.parameters().stream()))
          .toList();
    }

    @Override
    public ComputedRows withLiterals(List<Object> others) {
      return new ComputedRows(
          query, parts.stream().map(part -> part.withLiterals(others)).toList(), given, others);
    }
  }

  /**
   * A query that the store cannot run as a whole.
   *
   * @param locked as of a {@link Query}
   */
  record Computed(
      ComputedRows rows, List<Column> columns, List<StoreTable> locked, int parameterCount)
      implements Plan {
    @Override
    public boolean returnsRows() {
      return true;
    }

    @Override
    public Plan withLiterals(List<Object> literals) {
      return new Computed(rows.withLiterals(literals), columns, locked, parameterCount);
    }
  }

  /**
   * A change.
   *
   * @param target the physical table that is changed; writers of one table take turns
   * @param countFromResult whether the statement is a query whose only value is the update count
   */
  record Update(
      StoreStatement statement, StoreTable target, boolean countFromResult, int parameterCount)
      implements Plan {
    @Override
    public Plan withLiterals(List<Object> literals) {
      return new Update(statement.withLiterals(literals), target, countFromResult, parameterCount);
    }
  }

  /**
   * A change of records that the store cannot choose: each of them is changed by itself.
   *
   * @param ids the ids of the records
   * @param each changes the one whose ids are parameters, after those of the user
   * @param eachWithNull the same for one with a NULL among its ids
   */
  record UpdateEach(ComputedRows ids, Update each, Update eachWithNull, int parameterCount)
      implements Plan {
    @Override
    public Plan withLiterals(List<Object> literals) {
      return new UpdateEach(ids.withLiterals(literals), each, eachWithNull, parameterCount);
    }
  }

  /** A change of a feature that has no table yet: nothing matches. */
  record Nothing(int parameterCount) implements Plan {}

  /**
   * An INSERT, UPDATE or MERGE: rows, completed and appended as versions.
   *
   * @param rows a query of what the versions are made of
   * @param parts how, as in {@link FeatureAppend}
   * @param given where {@code rows} gives no more than one row of parameters: these, so that it
   *     need not run; else empty
   * @param readsTables whether what {@code rows} gives may depend on what was written before
   * @param onePerRecord whether two rows for one record are an error, as in a MERGE
   * @param newer a query of the versions that are not older than now: their ids and their time
   * @param newerOfRecord the same of one record, whose ids are parameters
   */
  record Append(
      Rows rows,
      List<FeatureAppend.Part> parts,
      List<Parameter.OfUser> given,
      FeatureTable target,
      boolean readsTables,
      boolean onePerRecord,
      StoreStatement newer,
      StoreStatement newerOfRecord,
      int parameterCount)
      implements Plan {
    @Override
    public Plan withLiterals(List<Object> literals) {
      return new Append(
          rows.withLiterals(literals),
          parts,
          given,
          target,
          readsTables,
          onePerRecord,
          newer.withLiterals(literals),
          newerOfRecord.withLiterals(literals),
          parameterCount);
    }
  }

  /** A definition changes what other plans are made from, and is not kept. */
  sealed interface Definition extends Plan {}

  /** {@code CREATE TABLE}. */
  record CreateFeature(FeatureDefinition definition) implements Definition {}

  /** {@code ALTER TABLE … ADD COLUMN}. */
  record AddColumn(FeatureTable target, FeatureDefinition.Column column) implements Definition {}

  /** {@code DROP TABLE}. */
  record DropFeature(FeatureTable target) implements Definition {}

  /** What is about the session alone, and is not kept. */
  sealed interface SessionChange extends Plan {}

  /** {@code SET name = value} or {@code RESET name}; null resets. */
  record Setting(SessionSetting setting, @Nullable String value) implements SessionChange {}

  /** {@code BEGIN}, {@code COMMIT}, {@code ROLLBACK}. */
  record Transaction(SqlTransactionControl.Kind kind) implements SessionChange {}

  /** {@code EXPLAIN PLAN FOR}: text. */
  record Explanation(String text, int parameterCount) implements Plan {
    @Override
    public boolean returnsRows() {
      return true;
    }
  }
}
