package org.metaxyjdbc.plan;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
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
import org.metaxyjdbc.adapter.MetaxySchema;

/** The catalogs that a statement reads and writes, told by its text alone. */
public final class StatementCatalogs extends SqlBasicVisitor<@Nullable Void> {
  /** What stands in FROM and has no table as its first operand. */
  private static final Set<SqlKind> WITHOUT_TABLE =
      EnumSet.of(SqlKind.JOIN, SqlKind.UNNEST, SqlKind.COLLECTION_TABLE);

  private final String current;
  private final Set<String> named = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

  /** The names that WITH gives to queries where the visit is; Calcite minds their case. */
  private final Set<String> commonTables = new HashSet<>();

  private StatementCatalogs(String current) {
    this.current = current;
  }

  /**
   * The catalogs of a statement's tables, in no case: the first part of names that have a schema of
   * features as second, and the current one if there is a table that names none.
   *
   * @throws org.metaxyjdbc.error.MetaxyException 42000 where it is no statement
   */
  public static Set<String> of(String sql, String current) {
    StatementCatalogs catalogs = new StatementCatalogs(current);
    StatementParser.statement(sql).accept(catalogs);
    return catalogs.named;
  }

  @Override
  public @Nullable Void visit(SqlIdentifier name) {
    if (hasCatalog(name)) {
      named.add(name.names.get(0));
    }
    return null;
  }

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
    Set<String> outside = Set.copyOf(commonTables);
    for (SqlNode node : with.withList) {
      SqlWithItem item = (SqlWithItem) node;
      if (item.recursive.booleanValue()) {
        commonTables.add(item.name.getSimple());
      }
      item.query.accept(this);
      commonTables.add(item.name.getSimple());
    }
    with.body.accept(this);
    commonTables.clear();
    commonTables.addAll(outside);
  }

  private void table(@Nullable SqlNode node) {
    if (node instanceof SqlIdentifier name) {
      if (!hasCatalog(name) && !(name.isSimple() && commonTables.contains(name.getSimple()))) {
        named.add(current);
      }
    } else if (node instanceof SqlCall call
        && !call.isA(SqlKind.QUERY)
        && !WITHOUT_TABLE.contains(call.getKind())
        && call.operandCount() > 0) {
      table(call.operand(0));
    }
  }

  private static boolean hasCatalog(SqlIdentifier name) {
    return name.names.size() >= 3 && MetaxySchema.isSchema(name.names.get(1));
  }
}
