package org.metaxyjdbc.plan;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.adapter.FeatureAppend;
import org.metaxyjdbc.adapter.FeatureTable;
import org.metaxyjdbc.adapter.MetaxySchema;
import org.metaxyjdbc.adapter.Rows;
import org.metaxyjdbc.catalog.SystemColumn;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.parser.SqlLockingQuery;
import org.metaxyjdbc.store.StoreTable;

/**
 * Where the rows of a query are records of one feature: which it is, and which columns of the rows
 * are columns of it. What is done to such a row can be done to its record.
 *
 * @param table the feature's table in {@code active}, with catalog and schema
 * @param idColumns the names of its id columns
 * @param ids where the rows have these, counted from 1
 * @param columns the feature's column of each column of the rows; null where it is computed
 */
public record RecordRows(
    List<String> table, List<String> idColumns, List<Integer> ids, List<@Nullable String> columns) {

  /**
   * Says what the rows of a query are.
   *
   * @param statement the query as it was parsed
   * @throws MetaxyException 0A000 where they are not records of one feature, each of them once, or
   *     cannot be changed; the message says why
   */
  static RecordRows of(SqlNode statement, List<Plan.Column> columns, MetaxySchema schema) {
    requireOneTable(statement);
    Plan.Column origin =
        columns.stream()
            .filter(column -> column.table() != null)
            .findFirst()
            .orElseThrow(() -> no("all of its columns are computed"));
    if (!Rows.ACTIVE.schemaName().equalsIgnoreCase(origin.schema())) {
      throw no("records can only be changed in active, not in %s".formatted(origin.schema()));
    }
    FeatureTable feature =
        schema
            .featureTable(Rows.ACTIVE, String.valueOf(origin.table()))
            .orElseThrow(() -> no("'%s' is no feature".formatted(origin.table())));
    if (feature.storeTable().kind() == StoreTable.Kind.VIEW) {
      throw no("'%s' is a view in this store".formatted(origin.table()));
    }
    List<@Nullable String> names = new ArrayList<>();
    columns.forEach(column -> names.add(column.name()));
    List<Integer> ids = new ArrayList<>();
    for (String id : feature.idColumns()) {
      if (!names.contains(id)) {
        throw no("it does not show the id column '%s'".formatted(id));
      }
      ids.add(names.indexOf(id) + 1);
    }
    return new RecordRows(
        List.of(
            String.valueOf(origin.catalog()),
            Rows.ACTIVE.schemaName(),
            String.valueOf(origin.table())),
        feature.idColumns(),
        ids,
        names);
  }

  /** Whether an UPDATE can set what a column, counted from 1, shows; an INSERT also gives ids. */
  public boolean isWritable(int column) {
    String name = columns.get(column - 1);
    return name != null && SystemColumn.of(name).map(FeatureAppend::isSettable).orElse(true);
  }

  /** A query of one table, of which no row is there twice, left out of a sum or made of several. */
  private static void requireOneTable(SqlNode statement) {
    SqlNode query = statement instanceof SqlLockingQuery locking ? locking.query() : statement;
    if (query instanceof SqlOrderBy ordered) {
      query = ordered.query;
    }
    if (!(query instanceof SqlSelect select)) {
      throw no("it is made of several queries, or of none of a table");
    }
    if (select.isDistinct()) {
      throw no("it has DISTINCT");
    }
    if (select.getGroup() != null) {
      throw no("it has GROUP BY");
    }
    SqlNode from = select.getFrom();
    if (from != null && from.getKind() == SqlKind.AS) {
      from = ((SqlCall) from).operand(0);
    }
    if (!(from instanceof SqlIdentifier)) {
      throw no(
          from == null
              ? "it reads no table"
              : switch (from.getKind()) {
                case JOIN -> "it joins tables";
                case SNAPSHOT -> "it reads the past";
                default -> "it reads something else than a table";
              });
    }
  }

  private static MetaxyException no(String why) {
    return MetaxyException.unsupported(
        "The result set is read only, as its query is not of the records of one feature: " + why);
  }
}
