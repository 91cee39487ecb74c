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
    Plan plan = explained.plan();
    if (plan instanceof Plan.Computed computed) {
      return explanation(plan, text(computed.rows()));
    }
    if (plan instanceof Plan.UpdateEach update) {
      return explanation(
          plan, text(update.ids()) + "StoreSqlOfEach([" + update.each().statement().sql() + "])");
    }
    if (plan instanceof Plan.Append append && append.rows() instanceof Plan.ComputedRows rows) {
      return explanation(plan, text(rows));
    }
    String text =
        "StoreSql(["
            + sql(plan)
            + "])\n"
            + copied(plan)
            + StatementPlanner.algebraText(explained.algebra()).indent(2);
    return explanation(plan, text);
  }

  private static Plan explanation(Plan plan, String text) {
    return new Plan.Explanation(text.stripTrailing(), plan.parameterCount());
  }

  /** What is computed here, and the queries of the store that it numbers. */
  private static String text(Plan.ComputedRows rows) {
    StringBuilder text = new StringBuilder("Computed\n");
    text.append(rows.query().explain().indent(2));
    for (int i = 0; i < rows.parts().size(); i++) {
      text.append("StoreSql(%d, [%s])\n".formatted(i + 1, rows.parts().get(i).sql()));
    }
    return text.toString();
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
    return plan instanceof Plan.Append append && append.rows() instanceof Plan.StoreStatement rows
        ? rows.sql()
        : "";
  }
}
