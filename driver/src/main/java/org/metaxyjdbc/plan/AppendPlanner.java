package org.metaxyjdbc.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.util.Util;
import org.metaxyjdbc.adapter.FeatureAppend;
import org.metaxyjdbc.adapter.Rows;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;

/** Plans what {@code INSERT} and {@code UPDATE} of {@code active} append. */
final class AppendPlanner {
  private final StatementParameters parameters;
  private final Function<RelNode, Plan.StoreStatement> toStore;

  /**
   * Creates a planner.
   *
   * @param toStore writes a query down for the store
   */
  AppendPlanner(
      StatementParameters parameters, Function<RelNode, Plan.StoreStatement> toStore) {
    this.parameters = parameters;
    this.toStore = toStore;
  }

  Plan.Append plan(FeatureAppend append) {
    RexNode now = parameters.ofSession(Plan.Parameter.OfSession.NOW);
    Plan.StoreStatement newer = toStore.apply(append.newerVersions(now));
    Plan.StoreStatement newerOfRecord =
        toStore.apply(append.newerVersionsOfRecord(now, parameters::ofRecord));
    Plan.Source source =
        new Plan.Source(
            toStore.apply(append.source()), append.columns(), append.kept(), append.update());
    return new Plan.Append(
        List.of(source), append.table(), false, newer, newerOfRecord, parameters.userCount());
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
