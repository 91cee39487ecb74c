package org.metaxyjdbc.plan;

import java.sql.SQLException;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.sql.SqlExplain;

/** {@code EXPLAIN PLAN FOR}: the SQL that the store will run, and the algebra behind it. */
final class Explainer {
  /** A planned statement and its algebra. */
  record Explained(Plan plan, RelNode algebra) {}

  private final StatementPlanner planner;

  Explainer(StatementPlanner planner) {
    this.planner = planner;
  }

  Plan explain(SqlExplain explain) throws SQLException {
    Explained explained = planner.explain(explain.getExplicandum());
    String text =
        "StoreSql(["
            + sql(explained.plan())
            + "])\n"
            + copied(explained.plan())
            + StatementPlanner.algebraText(explained.algebra()).indent(2);
    return new Plan.Explanation(text.stripTrailing(), explained.plan().parameterCount());
  }

  /** What the store runs instead as long as its copies of the current versions are up to date. */
  private static String copied(Plan plan) {
    return plan instanceof Plan.Query query && query.copied() != null
        ? "StoreSqlOfCopies([" + query.copied().statement().sql() + "])\n"
        : "";
  }

  private static String sql(Plan plan) {
    if (plan instanceof Plan.Query query) {
      return query.statement().sql();
    }
    if (plan instanceof Plan.Update update) {
      return update.statement().sql();
    }
    if (plan instanceof Plan.Append append) {
      return append.rows().sql();
    }
    return "";
  }
}
