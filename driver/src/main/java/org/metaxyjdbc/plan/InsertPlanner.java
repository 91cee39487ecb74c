package org.metaxyjdbc.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rel.core.TableModify;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.tools.RelBuilder;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.adapter.FeatureTable;
import org.metaxyjdbc.adapter.Rows;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;

/** Plans an INSERT: a query of the rows, and which columns of the feature it gives. */
final class InsertPlanner {
  private InsertPlanner() {}

  static Plan plan(
      SqlInsert insert,
      TableModify modify,
      Function<RelNode, Plan.StoreStatement> toStore,
      int parameterCount) {
    FeatureTable table = modify.getTable().unwrap(FeatureTable.class);
    if (table == null || table.rows() != Rows.ACTIVE) {
      throw new MetaxyException(
          SqlState.NOT_ALLOWED,
          "INSERT is possible in the schema active only, not into '%s'"
              .formatted(String.join(".", modify.getTable().getQualifiedName())));
    }
    List<String> all = modify.getTable().getRowType().getFieldNames();
    List<String> given = columns(insert.getTargetColumnList(), all);
    RelNode input = modify.getInput();
    RelBuilder builder = RelFactories.LOGICAL_BUILDER.create(input.getCluster(), null);
    builder.push(input);
    RelNode source =
        builder
            .project(
                given.stream()
                    .map(name -> (org.apache.calcite.rex.RexNode) builder.field(all.indexOf(name)))
                    .toList(),
                given,
                true)
            .build();
    return new Plan.Insert(toStore.apply(source), table, given, parameterCount);
  }

  private static List<String> columns(@Nullable SqlNodeList list, List<String> all) {
    if (list == null) {
      return all;
    }
    List<String> names = new ArrayList<>();
    for (SqlNode node : list) {
      String name = ((SqlIdentifier) node).names.get(((SqlIdentifier) node).names.size() - 1);
      names.add(
          all.stream()
              .filter(name::equals)
              .findFirst()
              .or(() -> all.stream().filter(name::equalsIgnoreCase).findFirst())
              .orElseThrow());
    }
    return names;
  }
}
