package org.metaxyjdbc.plan;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDelete;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlMerge;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUpdate;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/** Visits the names of tables in a statement that was parsed and not validated. */
abstract class TableReferences extends SqlBasicVisitor<@Nullable Void> {
  /** What stands in FROM and has no table as its first operand. */
  private static final Set<SqlKind> WITHOUT_TABLE =
      EnumSet.of(SqlKind.JOIN, SqlKind.UNNEST, SqlKind.COLLECTION_TABLE);

  /** The names that WITH gives to queries where the visit is, the innermost last. */
  private final List<String> commonTables = new ArrayList<>();

  /**
   * A name of a table.
   *
   * @param commonTable the name in WITH that it means, in its own case; null where it means none
   */
  abstract void table(SqlIdentifier name, @Nullable String commonTable);

  @Override
  public @Nullable Void visit(SqlCall call) {
    if (call instanceof SqlWith with) {
      visitWith(with);
      return null;
    }
    if (call instanceof SqlSelect select) {
      table(select.getFrom());
    } else if (call instanceof SqlJoin join) {
      table(join.getLeft());
      table(join.getRight());
    } else if (call instanceof SqlInsert insert) {
      table(insert.getTargetTable());
    } else if (call instanceof SqlUpdate update) {
      table(update.getTargetTable());
    } else if (call instanceof SqlDelete delete) {
      table(delete.getTargetTable());
    } else if (call instanceof SqlMerge merge) {
      table(merge.getTargetTable());
      table(merge.getSourceTableRef());
    } else if (call.getKind() == SqlKind.EXPLICIT_TABLE) {
      table(call.operand(0));
    }
    return super.visit(call);
  }

  /** A name is known to the queries after its own, and to its own if that is recursive. */
  private void visitWith(SqlWith with) {
    int outside = commonTables.size();
    for (SqlNode node : with.withList) {
      SqlWithItem item = (SqlWithItem) node;
      String name = item.name.getSimple();
      if (item.recursive.booleanValue()) {
        commonTables.add(name);
        item.query.accept(this);
      } else {
        item.query.accept(this);
        commonTables.add(name);
      }
    }
    with.body.accept(this);
    commonTables.subList(outside, commonTables.size()).clear();
  }

  private void table(@Nullable SqlNode node) {
    if (node instanceof SqlIdentifier name) {
      table(name, name.isSimple() ? commonTable(name.getSimple()) : null);
    } else if (node instanceof SqlCall call
        && !call.isA(SqlKind.QUERY)
        && !WITHOUT_TABLE.contains(call.getKind())
        && call.operandCount() > 0) {
      table(call.operand(0));
    }
  }

  /** That of the same case if there is one, else in any. */
  private @Nullable String commonTable(String name) {
    String found = null;
    for (String commonTable : commonTables) {
      if (commonTable.equals(name)) {
        return name;
      }
      if (commonTable.equalsIgnoreCase(name)) {
        found = commonTable;
      }
    }
    return found;
  }
}
