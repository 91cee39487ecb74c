package org.metaxyjdbc.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.util.Util;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.adapter.FeatureTable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;
import org.metaxyjdbc.parser.SqlLockingQuery;
import org.metaxyjdbc.store.StoreTable;

/**
 * The tables that {@code SELECT … FOR UPDATE} locks: those in FROM, also of sub-queries there, as
 * in PostgreSQL. Not those that only a condition reads, nor those of WITH.
 */
final class LockedTables {
  private final Function<SqlIdentifier, @Nullable RelOptTable> find;
  private final List<String> named = new ArrayList<>();
  private final Map<String, StoreTable> tables = new LinkedHashMap<>();
  private final List<String> aliases = new ArrayList<>();
  private final List<String> locals = new ArrayList<>();

  private LockedTables(
      SqlLockingQuery statement, Function<SqlIdentifier, @Nullable RelOptTable> find) {
    this.find = find;
    statement.tables().forEach(table -> named.add(table.getSimple()));
  }

  /**
   * The physical tables behind the features that a query locks, in an order that is the same for
   * all queries.
   *
   * @param find finds a table by its name; gives null where there is none
   * @throws MetaxyException 0A000 where the query would not wait for them, 42S02 where it says
   *     {@code OF} what it does not read
   */
  static List<StoreTable> of(
      SqlLockingQuery statement, Function<SqlIdentifier, @Nullable RelOptTable> find) {
    if (statement.waiting() != SqlLockingQuery.Waiting.WAIT) {
      throw MetaxyException.unsupported(
          "%s is not possible: a lock is of a whole feature, and is waited for; leave it out"
              .formatted(statement.waiting().name().replace('_', ' ')));
    }
    LockedTables locked = new LockedTables(statement, find);
    locked.add(statement.query(), null);
    for (String name : locked.named) {
      if (locked.aliases.stream().noneMatch(name::equalsIgnoreCase)) {
        throw new MetaxyException(
            SqlState.TABLE_NOT_FOUND,
            "'%s' in FOR UPDATE OF is no table of the query; its tables are %s"
                .formatted(name, locked.aliases));
      }
    }
    return locked.tables.values().stream()
        .sorted(Comparator.comparing(table -> String.join(".", table.path())))
        .toList();
  }

  /**
   * Adds what a query or a table in FROM reads.
   *
   * @param alias its name outside; null where it has none of its own
   */
  private void add(@Nullable SqlNode node, @Nullable String alias) {
    if (node instanceof SqlOrderBy ordered) {
      add(ordered.query, alias);
    } else if (node instanceof SqlWith with) {
      with.withList.forEach(item -> locals.add(((SqlWithItem) item).name.getSimple()));
      add(with.body, alias);
    } else if (node instanceof SqlSelect select) {
      add(select.getFrom(), alias);
    } else if (node instanceof SqlJoin join) {
      add(join.getLeft(), alias);
      add(join.getRight(), alias);
    } else if (node instanceof SqlIdentifier table) {
      addTable(table, alias == null ? Util.last(table.names) : alias);
    } else if (node instanceof SqlCall call) {
      if (call.getKind() == SqlKind.AS) {
        add(call.operand(0), alias == null ? ((SqlIdentifier) call.operand(1)).getSimple() : alias);
      } else if (SqlKind.SET_QUERY.contains(call.getKind())) {
        call.getOperandList().forEach(operand -> add(operand, alias));
      } else if (call.operandCount() > 0) {
        // LATERAL, TABLE, TABLESAMPLE, FOR SYSTEM_TIME and others have the table first.
        add(call.operand(0), alias);
      }
    }
  }

  private void addTable(SqlIdentifier name, String alias) {
    if (name.isSimple() && locals.stream().anyMatch(name.getSimple()::equalsIgnoreCase)) {
      return;
    }
    aliases.add(alias);
    RelOptTable table = find.apply(name);
    FeatureTable feature = table == null ? null : table.unwrap(FeatureTable.class);
    if (feature != null && (named.isEmpty() || named.stream().anyMatch(alias::equalsIgnoreCase))) {
      StoreTable locked = feature.storeTable();
      tables.put(String.join(".", locked.path()), locked);
    }
  }
}
