package org.metaxyjdbc.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.util.Util;
import org.metaxyjdbc.adapter.FeatureAppend;
import org.metaxyjdbc.adapter.Rows;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;

/** Plans what {@code INSERT}, {@code UPDATE} and {@code MERGE} of {@code active} append. */
final class AppendPlanner {
  private final StatementParameters parameters;
  private final Function<RelNode, Plan.StoreStatement> toStore;
  private final Function<RelNode, Plan.Rows> toRows;
  private final Supplier<RelNode> algebra;

  /**
   * Creates a planner.
   *
   * @param toStore writes a query down for the store
   * @param toRows does the same, or plans how to compute what the store cannot run
   * @param algebra gives the query that was written down last, as the store has it
   */
  AppendPlanner(
      StatementParameters parameters,
      Function<RelNode, Plan.StoreStatement> toStore,
      Function<RelNode, Plan.Rows> toRows,
      Supplier<RelNode> algebra) {
    this.parameters = parameters;
    this.toStore = toStore;
    this.toRows = toRows;
    this.algebra = algebra;
  }

  /**
   * Plans it.
   *
   * @param onePerRecord whether two rows for one record are an error
   */
  Plan.Append plan(FeatureAppend append, boolean onePerRecord) {
    RexNode now = parameters.ofSession(Plan.Parameter.OfSession.NOW);
    Plan.StoreStatement newer = toStore.apply(append.newerVersions(now));
    Plan.StoreStatement newerOfRecord =
        toStore.apply(append.newerVersionsOfRecord(now, parameters::ofRecord));
    return new Plan.Append(
        toRows.apply(append.source()),
        append.parts(),
        givenParameters(algebra.get()),
        append.table(),
        readsTables(algebra.get()),
        onePerRecord,
        newer,
        newerOfRecord,
        parameters.userCount());
  }

  /** The columns of a row of parameters; empty where they are more than that. */
  private List<Plan.Parameter.OfUser> givenParameters(RelNode source) {
    List<Plan.Parameter.OfUser> given = new ArrayList<>();
    if (source instanceof Project project
        && project.getInput() instanceof Values values
        && values.getTuples().size() == 1) {
      for (RexNode column : project.getProjects()) {
        if (!(column instanceof RexDynamicParam parameter)
            || !(parameters.get(parameter.getIndex()) instanceof Plan.Parameter.OfUser user)) {
          return List.of();
        }
        given.add(user);
      }
    }
    return List.copyOf(given);
  }

  /** Not so where a query is of constants and parameters only. */
  private static boolean readsTables(RelNode source) {
    return !(source instanceof Values)
        && !(source instanceof Project project
            && !RexUtil.SubQueryFinder.containsSubQuery(project)
            && !readsTables(project.getInput()));
  }

  /**
   * Says that a statement is not for the other schemas, before Calcite misses the columns that
   * these add.
   *
   * @throws MetaxyException 42501 for the name of a feature in one of them
   */
  static void requireActive(String statement, SqlIdentifier target) {
    List<String> names = target.names;
    String schema = names.size() < 2 ? Rows.ACTIVE.schemaName() : names.get(names.size() - 2);
    for (Rows rows : Rows.values()) {
      if (rows != Rows.ACTIVE && rows.schemaName().equalsIgnoreCase(schema)) {
        throw new MetaxyException(
            SqlState.NOT_ALLOWED,
            "%s is not possible in %s; use active.%s"
                .formatted(statement, rows.schemaName(), Util.last(names)));
      }
    }
  }

  /**
   * The columns that an INSERT gives: without a list, the first ones, as many as the source has.
   *
   * @param all the columns of its target
   * @param count the number of columns of its source
   */
  static List<String> givenColumns(SqlInsert insert, List<String> all, int count) {
    SqlNodeList list = insert.getTargetColumnList();
    if (list == null) {
      return all.subList(0, Math.min(count, all.size()));
    }
    List<String> names = new ArrayList<>();
    for (SqlNode node : list) {
      names.add(spelled((SqlIdentifier) node, all));
    }
    return names;
  }

  /**
   * A column as the table spells it.
   *
   * @throws MetaxyException 42S22 where there is none of that name
   */
  static String spelled(SqlIdentifier column, List<String> all) {
    String name = Util.last(column.names);
    return all.stream()
        .filter(name::equals)
        .findFirst()
        .or(() -> all.stream().filter(name::equalsIgnoreCase).findFirst())
        .orElseThrow(
            () ->
                new MetaxyException(
                    SqlState.COLUMN_NOT_FOUND,
                    "Column '%s' not found (line %d, column %d)%s"
                        .formatted(
                            name,
                            column.getParserPosition().getLineNum(),
                            column.getParserPosition().getColumnNum(),
                            DidYouMean.of(name, all))));
  }
}
