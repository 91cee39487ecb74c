package org.metaxyjdbc.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.function.IntConsumer;
import org.h2.tools.SimpleResultSet;
import org.h2.tools.SimpleRowSource;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.plan.Plan;

/** The values of parameters as rows, one a set of values, in place of a query that gives them. */
final class ParameterRows implements SimpleRowSource {
  private final List<Plan.Parameter.OfUser> columns;
  private final List<List<ParameterBinding>> executions;
  private final IntConsumer progress;
  private int next;

  private ParameterRows(
      List<Plan.Parameter.OfUser> columns,
      List<List<ParameterBinding>> executions,
      IntConsumer progress) {
    this.columns = columns;
    this.executions = executions;
    this.progress = progress;
  }

  /**
   * The rows, to be read as those of {@link org.metaxyjdbc.store.StoreTypes#IN_MEMORY}.
   *
   * @param progress is told which one is being read
   */
  static ResultSet of(
      List<Plan.Parameter.OfUser> columns,
      List<List<ParameterBinding>> executions,
      IntConsumer progress) {
    SimpleResultSet rows = new SimpleResultSet(new ParameterRows(columns, executions, progress));
    columns.forEach(column -> rows.addColumn("", Types.OTHER, "", 0, 0));
    return rows;
  }

  /** Whether all values are known without asking the store. */
  static boolean areKnown(List<List<ParameterBinding>> executions) {
    for (List<ParameterBinding> values : executions) {
      for (ParameterBinding value : values) {
        if (!value.hasValue()) {
          return false;
        }
      }
    }
    return true;
  }

  @Override
  public @Nullable Object @Nullable [] readRow() throws SQLException {
    if (next == executions.size()) {
      return null;
    }
    progress.accept(next);
    List<ParameterBinding> values = executions.get(next++);
    @Nullable Object[] row = new @Nullable Object[columns.size()];
    for (int i = 0; i < row.length; i++) {
      Plan.Parameter.OfUser column = columns.get(i);
      row[i] = values.get(column.index()).value(column.type());
    }
    return row;
  }

  @Override
  public void close() {}

  @Override
  public void reset() {
    next = 0;
  }
}
