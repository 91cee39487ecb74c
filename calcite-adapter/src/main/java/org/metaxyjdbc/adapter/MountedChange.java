package org.metaxyjdbc.adapter;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.List;
import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.linq4j.Linq4j;
import org.apache.calcite.rex.RexDynamicParam;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.store.StoreTable;

/** A change of a mounted store's table; its only row is the update count. */
final class MountedChange extends MountedStatement {
  private final @Nullable StoreTable target;
  private final boolean countFromResult;

  /**
   * Creates a change.
   *
   * @param countFromResult whether the statement is a query whose only value is the update count
   */
  MountedChange(
      MountedStore store,
      String sql,
      List<RexDynamicParam> parameters,
      @Nullable StoreTable target,
      boolean countFromResult) {
    super(store, sql, parameters);
    this.target = target;
    this.countFromResult = countFromResult;
  }

  /** A change of a feature that has no table yet: nothing matches. */
  static MountedChange ofNothing(MountedStore store) {
    return new MountedChange(store, "", List.of(), null, false);
  }

  @Override
  public Enumerable<Object> bind(DataContext context) {
    return new AbstractEnumerable<>() {
      @Override
      public Enumerator<Object> enumerator() {
        return Linq4j.singletonEnumerator(execute(context));
      }
    };
  }

  private long execute(DataContext context) {
    if (target == null) {
      return 0;
    }
    return store()
        .write(
            target,
            connection -> {
              try (PreparedStatement statement = prepare(connection, context)) {
                if (!countFromResult) {
                  return (long) statement.executeUpdate();
                }
                try (ResultSet count = statement.executeQuery()) {
                  count.next();
                  return count.getLong(1);
                }
              }
            });
  }
}
