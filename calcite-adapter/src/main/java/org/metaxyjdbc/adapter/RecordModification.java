package org.metaxyjdbc.adapter;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rel.core.TableModify;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.tools.RelBuilder;
import org.metaxyjdbc.error.MetaxyException;

/**
 * A DELETE or UPDATE whose predicate the store cannot run: the ids of the records that it is for,
 * and the same statement for one of them.
 */
public final class RecordModification {
  private RecordModification() {}

  /**
   * A query of the ids of the records that a statement changes.
   *
   * @throws MetaxyException 0A000 where it is for rows, which no ids tell apart
   */
  public static RelNode ids(TableModify modify) {
    FeatureTable table = table(modify);
    RelNode rows = rows(modify.getInput());
    RelBuilder builder = RelFactories.LOGICAL_BUILDER.create(modify.getCluster(), null);
    builder.push(rows);
    return builder.project(ids(builder, table)).build();
  }

  /**
   * The same statement for the record whose ids are given.
   *
   * @param same compares ids
   */
  public static TableModify ofRecord(
      TableModify modify, SqlOperator same, IntFunction<RexNode> given) {
    return (TableModify)
        modify.copy(
            modify.getTraitSet(),
            List.of(restricted(modify.getInput(), table(modify), same, given)));
  }

  private static FeatureTable table(TableModify modify) {
    FeatureTable table = modify.getTable().unwrap(FeatureTable.class);
    if (table == null || table.rows() == Rows.HISTORY) {
      throw MetaxyException.unsupported(
          "The store cannot run the predicate of this statement, and in history it is not computed here; SELECT the rows first, and name them by their ids and times");
    }
    return table;
  }

  private static List<RexNode> ids(RelBuilder builder, FeatureTable table) {
    List<RexNode> ids = new ArrayList<>();
    table.idColumns().forEach(id -> ids.add(builder.field(id)));
    return ids;
  }

  /** The rows of the feature that match, below what an UPDATE computes of them. */
  private static RelNode rows(RelNode source) {
    return source instanceof Filter || source instanceof FeatureScan
        ? source
        : rows(source.getInput(0));
  }

  private static RelNode restricted(
      RelNode source, FeatureTable table, SqlOperator same, IntFunction<RexNode> given) {
    if (source instanceof Filter || source instanceof FeatureScan) {
      RelNode scan = source instanceof Filter filter ? filter.getInput() : source;
      RelBuilder builder = RelFactories.LOGICAL_BUILDER.create(source.getCluster(), null);
      RexBuilder rexBuilder = builder.getRexBuilder();
      builder.push(scan);
      List<RexNode> ids = ids(builder, table);
      List<RexNode> equal = new ArrayList<>();
      for (int i = 0; i < ids.size(); i++) {
        RexNode value = rexBuilder.makeAbstractCast(ids.get(i).getType(), given.apply(i), false);
        equal.add(rexBuilder.makeCall(same, ids.get(i), value));
      }
      return builder.filter(equal).build();
    }
    return source.copy(
        source.getTraitSet(), List.of(restricted(source.getInput(0), table, same, given)));
  }
}
