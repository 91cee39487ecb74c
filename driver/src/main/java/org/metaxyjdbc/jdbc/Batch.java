package org.metaxyjdbc.jdbc;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.metaxyjdbc.plan.Plan;
import org.metaxyjdbc.session.Session;

/**
 * One execution of a batch, whose changes are all kept or none, in a transaction and without one:
 * where a statement fails, {@link BatchUpdateException#getUpdateCounts} has {@link
 * Statement#EXECUTE_FAILED} for every one. A batch that has others than changes among its
 * statements, as settings or DDL, runs one by one up to the first failure; the exception then has
 * the counts of those before it, which are kept.
 */
final class Batch {
  /** The plan of a statement of the batch, as the statements before it leave things. */
  @FunctionalInterface
  interface Plans {
    Plan of(int statement) throws SQLException;
  }

  private final StatementRunner runner;
  private final Plans plans;
  private final List<List<ParameterBinding>> values;
  private final long[] counts;
  private int current;

  private Batch(StatementRunner runner, Plans plans, List<List<ParameterBinding>> values) {
    this.runner = runner;
    this.plans = plans;
    this.values = values;
    this.counts = new long[values.size()];
  }

  /** Different statements without parameters. */
  static long[] run(StatementRunner runner, int size, Plans plans) throws SQLException {
    Batch batch = new Batch(runner, plans, Collections.nCopies(size, List.of()));
    return batch.hasOnlyChanges() ? batch.together(batch::each) : batch.oneByOne();
  }

  /** One statement with each set of values. */
  static long[] run(StatementRunner runner, Plan plan, List<List<ParameterBinding>> values)
      throws SQLException {
    Batch batch = new Batch(runner, statement -> plan, values);
    return plan instanceof Plan.Append append && !append.readsTables()
        ? batch.together(() -> batch.append(append))
        : isChange(plan) ? batch.together(batch::each) : batch.oneByOne();
  }

  /** A statement that returns rows or cannot be planned fails when its turn comes. */
  private boolean hasOnlyChanges() {
    for (int i = 0; i < counts.length; i++) {
      try {
        if (!isChange(plans.of(i))) {
          return false;
        }
      } catch (SQLException e) {
        return true;
      }
    }
    return true;
  }

  private static boolean isChange(Plan plan) {
    return !(plan instanceof Plan.Setting
        || plan instanceof Plan.Transaction
        || plan instanceof Plan.Definition);
  }

  private long[] together(Session.Work<long[]> work) throws SQLException {
    if (counts.length == 0) {
      return counts;
    }
    try {
      return runner.allOrNothing(work);
    } catch (SQLException e) {
      long[] failed = new long[counts.length];
      Arrays.fill(failed, Statement.EXECUTE_FAILED);
      throw failure("None of the statements of the batch is kept, as %s failed: %s", failed, e);
    }
  }

  private long[] oneByOne() throws SQLException {
    try {
      return each();
    } catch (SQLException e) {
      throw failure(
          "The batch ended, with the statements before it kept, as %s failed: %s",
          Arrays.copyOf(counts, current), e);
    }
  }

  private BatchUpdateException failure(String message, long[] counts, SQLException e) {
    String which = e instanceof BatchUpdateException ? "one" : "number " + (current + 1);
    return new BatchUpdateException(
        message.formatted(which, e.getMessage()), e.getSQLState(), e.getErrorCode(), counts, e);
  }

  private long[] each() throws SQLException {
    for (current = 0; current < counts.length; current++) {
      Plan plan = plans.of(current);
      if (plan.returnsRows()) {
        throw MetaxyStatement.sequenceError("A batch cannot have statements that return rows");
      }
      counts[current] = runner.run(plan, values.get(current)).updateCount();
    }
    return counts;
  }

  private long[] append(Plan.Append plan) throws SQLException {
    return runner.append(plan, values, statement -> current = statement);
  }
}
