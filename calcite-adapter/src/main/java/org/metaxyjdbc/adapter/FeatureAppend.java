package org.metaxyjdbc.adapter;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rel.core.TableModify;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;
import org.metaxyjdbc.catalog.SystemColumn;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;
import org.metaxyjdbc.store.StoreColumn;
import org.metaxyjdbc.store.StoreTable;

/**
 * What an INSERT or UPDATE of {@code active} appends: the rows that its versions are made of,
 * before they are given hashes and a time.
 *
 * @param table the feature
 * @param source the rows, with the columns {@code columns}
 * @param columns the feature's columns that the source gives
 * @param kept those of them that an UPDATE copies without saying so: where the record comes from
 * @param copied the user's columns that the store copies from the version before; where there are
 *     any, the source's last column is the row id of that
 * @param update whether it is an UPDATE, which gives the record a data version of its content
 */
public record FeatureAppend(
    FeatureTable table,
    RelNode source,
    List<String> columns,
    Set<String> kept,
    Set<String> copied,
    boolean update) {
  private static final List<SystemColumn> PROVENANCE =
      List.of(SystemColumn.METAXY_PROVENANCE_BY_FIELD, SystemColumn.METAXY_PROVENANCE);
  private static final List<SystemColumn> DATA_VERSION =
      List.of(SystemColumn.METAXY_DATA_VERSION_BY_FIELD, SystemColumn.METAXY_DATA_VERSION);

  /**
   * The rows of an INSERT.
   *
   * @param columns the columns that the statement gives
   */
  public static FeatureAppend ofInsert(TableModify modify, List<String> columns) {
    FeatureTable table = writable(modify.getTable(), "INSERT");
    RelBuilder builder = RelFactories.LOGICAL_BUILDER.create(modify.getCluster(), null);
    builder.push(modify.getInput());
    List<String> all = modify.getTable().getRowType().getFieldNames();
    List<RexNode> given = new ArrayList<>();
    for (String column : columns) {
      given.add(builder.field(all.indexOf(column)));
    }
    return new FeatureAppend(
        table,
        builder.project(given, columns, true).build(),
        List.copyOf(columns),
        Set.of(),
        Set.of(),
        false);
  }

  /**
   * The rows of an UPDATE: what the record holds, with the changes.
   *
   * @throws MetaxyException 42501 for a column that cannot be set
   */
  public static FeatureAppend ofUpdate(TableModify modify) {
    FeatureTable table = writable(modify.getTable(), "UPDATE");
    List<String> changed = modify.getUpdateColumnList();
    if (changed == null) {
      throw new IllegalStateException("an UPDATE without columns");
    }
    Set<String> copied = copied(table.storeTable(), changed);
    RelNode source = modify.getInput();
    RelBuilder builder = RelFactories.LOGICAL_BUILDER.create(modify.getCluster(), null);
    builder.push(copied.isEmpty() ? source : FeatureModification.withRowId(source));
    List<String> shown = table.columns().stream().map(StoreColumn::name).toList();
    List<String> columns = columnsOfUpdate(table, changed);
    List<RexNode> values = new ArrayList<>();
    for (String column : columns) {
      int change = changed.indexOf(column);
      values.add(
          builder.field(
              change < 0
                  ? shown.indexOf(column)
                  : modify.getTable().getRowType().getFieldCount() + change));
    }
    List<String> names = new ArrayList<>(columns);
    if (!copied.isEmpty()) {
      names.add(StoreTables.ROW_ID);
      values.add(builder.field(StoreTables.ROW_ID));
    }
    return new FeatureAppend(
        table,
        builder.project(values, names, true).build(),
        columns,
        keptOfUpdate(table, changed),
        copied,
        true);
  }

  /** Values that would not come back unchanged from the store are not taken out of it. */
  private static Set<String> copied(StoreTable table, List<String> changed) {
    return table.rowId().isEmpty()
        ? Set.of()
        : table.columns().stream()
            .filter(column -> !table.dialect().types().canGiveBack(column))
            .map(StoreColumn::name)
            .filter(name -> SystemColumn.of(name).isEmpty() && !changed.contains(name))
            .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * The rows of a MERGE's UPDATE, given as an INSERT of all {@link #columnsOfUpdate}.
   *
   * @param changed the columns that it sets
   */
  public static FeatureAppend ofMatched(TableModify modify, List<String> changed) {
    FeatureTable table = writable(modify.getTable(), "MERGE");
    FeatureAppend rows = ofInsert(modify, columnsOfUpdate(table, changed));
    return new FeatureAppend(
        table, rows.source(), rows.columns(), keptOfUpdate(table, changed), Set.of(), true);
  }

  /**
   * What a version that an UPDATE appends is made of: the user's columns, the system columns that
   * are set, and those that are copied.
   *
   * @param changed the columns that it sets, as the table spells them
   * @throws MetaxyException 42501 for a column that cannot be set
   */
  public static List<String> columnsOfUpdate(FeatureTable table, List<String> changed) {
    for (String column : changed) {
      requireSettable(table, column);
    }
    Set<String> kept = keptOfUpdate(table, changed);
    return table.columns().stream()
        .map(StoreColumn::name)
        .filter(
            name ->
                SystemColumn.of(name)
                    .map(system -> changed.contains(name) || kept.contains(system.columnName()))
                    .orElse(true))
        .toList();
  }

  private static Set<String> keptOfUpdate(FeatureTable table, List<String> changed) {
    Set<String> kept = new LinkedHashSet<>();
    for (StoreColumn column : table.columns()) {
      SystemColumn.of(column.name())
          .filter(system -> !changed.contains(column.name()) && keeps(system, changed))
          .ifPresent(system -> kept.add(system.columnName()));
    }
    return Set.copyOf(kept);
  }

  /** The hash of hashes is not kept where these change. */
  private static boolean keeps(SystemColumn column, List<String> changed) {
    return PROVENANCE.contains(column)
        && changed.stream()
            .noneMatch(SystemColumn.METAXY_PROVENANCE_BY_FIELD.columnName()::equalsIgnoreCase);
  }

  private static void requireSettable(FeatureTable table, String column) {
    if (table.idColumns().contains(column)) {
      throw new MetaxyException(
          SqlState.NOT_ALLOWED,
          "Column '%s' identifies the records of '%s' and cannot be updated; INSERT the record under its new id and DELETE the old one"
              .formatted(column, table.feature().key()));
    }
    SystemColumn system = SystemColumn.of(column).orElse(null);
    if (system != null && !PROVENANCE.contains(system) && !DATA_VERSION.contains(system)) {
      throw new MetaxyException(
          SqlState.NOT_ALLOWED,
          system == SystemColumn.METAXY_DELETED_AT
              ? "metaxy_deleted_at cannot be updated in active; DELETE the record, or restore it with UPDATE only_deleted.%s SET metaxy_deleted_at = NULL"
                  .formatted(table.feature().tableName())
              : "'%s' is set by the store and cannot be updated".formatted(column));
    }
  }

  /**
   * A feature that versions can be appended to.
   *
   * @param statement the statement that does, for messages
   * @throws MetaxyException 42501 for another table or schema, 0A000 for a view of the store
   */
  public static FeatureTable writable(RelOptTable target, String statement) {
    FeatureTable table = target.unwrap(FeatureTable.class);
    if (table == null) {
      throw new MetaxyException(
          SqlState.NOT_ALLOWED,
          "'%s' can be read but not changed"
              .formatted(String.join(".", target.getQualifiedName())));
    }
    if (table.rows() != Rows.ACTIVE) {
      throw new MetaxyException(
          SqlState.NOT_ALLOWED,
          "%s is not possible in %s; use active.%s"
              .formatted(statement, table.rows().schemaName(), table.feature().tableName()));
    }
    if (table.storeTable().kind() == StoreTable.Kind.VIEW) {
      throw MetaxyException.unsupported(
          "Feature '%s' is a view in this store: it can be read but not changed"
              .formatted(table.feature().key()));
    }
    return table;
  }

  /** Ids and time of all versions that are not older than now. */
  public RelNode newerVersions(RexNode now) {
    RelBuilder builder = versionsSince(now);
    return idsAndTime(builder);
  }

  /**
   * The same of one record.
   *
   * @param ids makes the value of an id column, numbered from 0, none of them NULL
   */
  public RelNode newerVersionsOfRecord(RexNode now, IntFunction<RexNode> ids) {
    RelBuilder builder = versionsSince(now);
    List<String> idColumns = table.idColumns();
    for (int i = 0; i < idColumns.size(); i++) {
      RexNode column = builder.field(idColumns.get(i));
      RelDataType type = column.getType();
      builder.filter(
          builder.call(
              SqlStdOperatorTable.EQUALS,
              column,
              builder.getRexBuilder().makeAbstractCast(type, ids.apply(i), false)));
    }
    return idsAndTime(builder);
  }

  private RelBuilder versionsSince(RexNode now) {
    RelBuilder builder = RelFactories.LOGICAL_BUILDER.create(source.getCluster(), null);
    builder.push(StoreTables.scan(source.getCluster(), table.storeTable()));
    return builder.filter(
        builder.call(SqlStdOperatorTable.GREATER_THAN_OR_EQUAL, VersionOrder.time(builder), now));
  }

  private RelNode idsAndTime(RelBuilder builder) {
    List<RexNode> columns = new ArrayList<>();
    table.idColumns().forEach(id -> columns.add(builder.field(id)));
    columns.add(builder.alias(VersionOrder.time(builder), "metaxy_time"));
    return builder.project(columns).build();
  }
}
