package org.metaxyjdbc.adapter;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rel.core.TableModify;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;
import org.metaxyjdbc.catalog.SystemColumn;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;
import org.metaxyjdbc.store.StoreColumn;
import org.metaxyjdbc.store.StoreTable;

/**
 * What an INSERT, UPDATE or MERGE of {@code active} appends: the rows that its versions are made
 * of, before they are given hashes and a time.
 *
 * @param table the feature
 * @param source the rows
 * @param parts how a version is made of a row: one way, or for a MERGE two, the first for rows
 *     whose last column is NULL, the second for all others
 */
public record FeatureAppend(FeatureTable table, RelNode source, List<Part> parts) {
  /**
   * Columns of the rows side by side that a version is made of.
   *
   * @param first the first of them, counted from 0
   * @param columns the feature's columns that these are, as the store spells them
   * @param kept those of {@code columns} that an UPDATE copies without saying so: where the record
   *     comes from
   * @param copied the user's columns that the store itself copies from the version before; where
   *     there are any, its row id is the column after {@code columns}
   * @param update whether the version is a new one of a record as it is, and gets a data version of
   *     its content
   */
  public record Part(
      int first, List<String> columns, Set<String> kept, Set<String> copied, boolean update) {
    private static Part ofInsert(List<String> columns) {
      return new Part(0, List.copyOf(columns), Set.of(), Set.of(), false);
    }

    private static Part ofUpdate(int first, FeatureTable table, List<String> changed) {
      return new Part(
          first,
          columnsOfUpdate(table, changed),
          keptOfUpdate(table, changed),
          FeatureAppend.copied(table.storeTable(), changed),
          true);
    }
  }

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
        table, builder.project(given, columns, true).build(), List.of(Part.ofInsert(columns)));
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
    Part part = Part.ofUpdate(0, table, changed);
    RelNode source = modify.getInput();
    RelBuilder builder = RelFactories.LOGICAL_BUILDER.create(modify.getCluster(), null);
    builder.push(part.copied().isEmpty() ? source : FeatureModification.withRowId(source));
    List<String> shown = table.columns().stream().map(StoreColumn::name).toList();
    List<RexNode> values = new ArrayList<>();
    for (String column : part.columns()) {
      int change = changed.indexOf(column);
      values.add(
          builder.field(
              change < 0
                  ? shown.indexOf(column)
                  : modify.getTable().getRowType().getFieldCount() + change));
    }
    List<String> names = new ArrayList<>(part.columns());
    if (!part.copied().isEmpty()) {
      names.add(StoreTables.ROW_ID);
      values.add(builder.field(StoreTables.ROW_ID));
    }
    return new FeatureAppend(table, builder.project(values, names, true).build(), List.of(part));
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
   * The rows of a MERGE, given as an INSERT into {@link MergeSchema#VERSIONS}.
   *
   * @param inserted the columns of what it inserts; empty where it does not
   * @param changed the columns that its UPDATE sets; empty where it has none
   */
  public static FeatureAppend ofMerge(
      TableModify modify, FeatureTable table, List<String> inserted, List<String> changed) {
    RelBuilder builder = RelFactories.LOGICAL_BUILDER.create(modify.getCluster(), null);
    builder.push(modify.getInput());
    List<Part> parts = new ArrayList<>();
    List<String> names = new ArrayList<>();
    if (!inserted.isEmpty()) {
      parts.add(Part.ofInsert(inserted));
      names.addAll(inserted);
    }
    if (!changed.isEmpty()) {
      Part part = Part.ofUpdate(names.size(), table, changed);
      parts.add(part);
      part.columns().forEach(column -> names.add(MergeSchema.updated(column)));
      if (!part.copied().isEmpty()) {
        names.add(MergeSchema.ROW_ID);
      }
    }
    if (parts.size() > 1) {
      names.add(MergeSchema.MATCHED);
    }
    List<String> all = modify.getTable().getRowType().getFieldNames();
    List<RexNode> values = new ArrayList<>();
    for (String name : names) {
      values.add(builder.field(all.indexOf(name)));
    }
    RelNode rows = builder.project(values, names, true).build();
    return new FeatureAppend(
        table,
        parts.size() > 1 ? guarded((Project) rows, parts.get(1).first()) : rows,
        List.copyOf(parts));
  }

  /**
   * The rows of a MERGE where each branch is computed only for its own: it may be an error for
   * others.
   *
   * @param second the first column of the second branch; the last one says which it is
   */
  private static RelNode guarded(Project rows, int second) {
    RexBuilder rex = rows.getCluster().getRexBuilder();
    List<RexNode> values = new ArrayList<>(rows.getProjects());
    int last = values.size() - 1;
    for (int i = 0; i < last; i++) {
      RexNode value = values.get(i);
      if (value instanceof RexCall) {
        RexNode isOfBranch =
            rex.makeCall(
                i < second ? SqlStdOperatorTable.IS_NULL : SqlStdOperatorTable.IS_NOT_NULL,
                values.get(last));
        RexNode none =
            rex.makeNullLiteral(
                rex.getTypeFactory().createTypeWithNullability(value.getType(), true));
        values.set(i, rex.makeCall(SqlStdOperatorTable.CASE, isOfBranch, value, none));
      }
    }
    return LogicalProject.create(
        rows.getInput(),
        rows.getHints(),
        values,
        rows.getRowType().getFieldNames(),
        rows.getVariablesSet());
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

  /** Whether an UPDATE can set a system column. */
  public static boolean isSettable(SystemColumn column) {
    return PROVENANCE.contains(column) || DATA_VERSION.contains(column);
  }

  private static void requireSettable(FeatureTable table, String column) {
    if (table.idColumns().contains(column)) {
      throw new MetaxyException(
          SqlState.NOT_ALLOWED,
          "Column '%s' identifies the records of '%s' and cannot be updated; INSERT the record under its new id and DELETE the old one"
              .formatted(column, table.feature().key()));
    }
    SystemColumn system = SystemColumn.of(column).orElse(null);
    if (system != null && !isSettable(system)) {
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
