package org.metaxyjdbc.plan;

import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.adapter.FeatureTable;
import org.metaxyjdbc.parser.SqlTransactionControl;
import org.metaxyjdbc.session.SessionSetting;
import org.metaxyjdbc.store.StoreTable;

/** What a statement comes down to. Immutable; the same for every session with the same settings. */
public sealed interface Plan {
  /** The number of {@code ?} in the statement. */
  default int parameterCount() {
    return 0;
  }

  /** A parameter of the store's statement. */
  sealed interface Parameter {
    /**
     * The user's own, numbered from 0.
     *
     * @param type what it is in the statement
     */
    record OfUser(int index, SqlTypeName type) implements Parameter {}

    /** An id of the record that is looked at, numbered from 0. */
    record OfRecord(int index) implements Parameter {}

    /** A value of the session at the time of execution. */
    enum OfSession implements Parameter {
      NOW,
      MATERIALIZATION_ID
    }
  }

  /**
   * A column of a result.
   *
   * @param label its name in the result
   * @param schema the schema of the table it comes from; null where it is computed
   * @param table that table; null where it is computed
   * @param name the column's name there; null where it is computed
   */
  record Column(
      String label, @Nullable String schema, @Nullable String table, @Nullable String name) {}

  /** One statement of the store. */
  record StoreStatement(String sql, List<Parameter> parameters) {}

  /** A query: its result set is read through. */
  record Query(StoreStatement statement, List<Column> columns, int parameterCount)
      implements Plan {}

  /**
   * A change.
   *
   * @param target the physical table that is changed; writers of one table take turns
   * @param countFromResult whether the statement is a query whose only value is the update count
   */
  record Update(
      StoreStatement statement, StoreTable target, boolean countFromResult, int parameterCount)
      implements Plan {}

  /** A change of a feature that has no table yet: nothing matches. */
  record Nothing(int parameterCount) implements Plan {}

  /**
   * An INSERT or UPDATE: rows of the source, completed and appended as versions.
   *
   * @param source a query of the rows
   * @param columns the columns of the feature that the source gives, as the store spells them
   * @param kept those of {@code columns} that are copied from the version before
   * @param copied the same, where the store itself copies them from the row whose id is the
   *     source's last column
   * @param update whether it is an UPDATE
   * @param newer a query of the versions that are not older than now: their ids and their time
   * @param newerOfRecord the same of one record, whose ids are parameters
   */
  record Append(
      StoreStatement source,
      FeatureTable target,
      List<String> columns,
      Set<String> kept,
      Set<String> copied,
      boolean update,
      StoreStatement newer,
      StoreStatement newerOfRecord,
      int parameterCount)
      implements Plan {}

  /** A definition changes what other plans are made from, and is not kept. */
  sealed interface Definition extends Plan {}

  /** {@code CREATE TABLE}. */
  record CreateFeature(FeatureDefinition definition) implements Definition {}

  /** {@code DROP TABLE}. */
  record DropFeature(FeatureTable target) implements Definition {}

  /** {@code SET name = value} or {@code RESET name}; null resets. */
  record Setting(SessionSetting setting, @Nullable String value) implements Plan {}

  /** {@code BEGIN}, {@code COMMIT}, {@code ROLLBACK}. */
  record Transaction(SqlTransactionControl.Kind kind) implements Plan {}

  /** {@code EXPLAIN PLAN FOR}: text. */
  record Explanation(String text, int parameterCount) implements Plan {}
}
