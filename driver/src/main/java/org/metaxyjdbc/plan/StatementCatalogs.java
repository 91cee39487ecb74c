package org.metaxyjdbc.plan;

import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.sql.SqlIdentifier;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.adapter.MetaxySchema;

/** The catalogs that a statement reads and writes, told by its text alone. */
public final class StatementCatalogs extends TableReferences {
  private final String current;
  private final Set<String> named = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

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

  /** Of columns too, which may name their table in full. */
  @Override
  public @Nullable Void visit(SqlIdentifier name) {
    if (hasCatalog(name)) {
      named.add(name.names.get(0));
    }
    return null;
  }

  @Override
  void table(SqlIdentifier name, @Nullable String commonTable) {
    if (commonTable == null && !hasCatalog(name)) {
      named.add(current);
    }
  }

  private static boolean hasCatalog(SqlIdentifier name) {
    return name.names.size() >= 3 && MetaxySchema.isSchema(name.names.get(1));
  }
}
