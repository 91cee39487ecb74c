package org.metaxyjdbc.adapter;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rel.core.TableModify;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalTableModify;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;
import org.apache.calcite.util.mapping.Mappings;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.catalog.Feature;
import org.metaxyjdbc.catalog.SystemColumn;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;
import org.metaxyjdbc.store.StoreCapability;
import org.metaxyjdbc.store.StoreColumn;
import org.metaxyjdbc.store.StoreDialect;
import org.metaxyjdbc.store.StoreOperators;
import org.metaxyjdbc.store.StoreTable;

/**
 * What a DELETE on a feature does to physical rows: it appends tombstones, or removes rows where
 * the session says {@code hard_delete}.
 *
 * <p>The records are chosen by the statement's own predicate over what the schema shows, so a
 * predicate applies after the current version is chosen. A hard delete then removes <em>all</em>
 * versions of these records within the session's feature version, so that no older one comes back.
 */
public final class FeatureModification {
  /**
   * What the statement gets from the session.
   *
   * @param hardDelete the setting {@code hard_delete}
   * @param appendOnly whether the store is declared to take appended rows only
   * @param now the time of the statement; a timestamp with time zone
   * @param materializationId the setting {@code materialization_id}; text
   */
  public record Session(
      boolean hardDelete, boolean appendOnly, RexNode now, RexNode materializationId) {}

  /**
   * The rewritten statement.
   *
   * @param rel an INSERT or a DELETE on the physical table
   * @param target the physical table
   * @param countedBy the columns that identify a record, where the update count is of the records
   *     that the removed rows belonged to; empty where it is of rows
   */
  public record Result(RelNode rel, StoreTable target, List<String> countedBy) {}

  private final FeatureTable table;
  private final TableModify modify;
  private final StoreTable target;
  private final RelNode source;
  private final Session session;
  private final RelOptCluster cluster;
  private final RelBuilder builder;

  private FeatureModification(FeatureTable table, TableModify modify, Session session) {
    this.table = table;
    this.modify = modify;
    this.target = table.storeTable();
    this.source = modify.getInput();
    this.session = session;
    this.cluster = source.getCluster();
    this.builder = RelFactories.LOGICAL_BUILDER.create(cluster, null);
  }

  /**
   * Rewrites a statement on a feature.
   *
   * @throws MetaxyException 42501 for what the schema does not allow, 0A000 for what the store
   *     cannot do
   */
  public static Result rewrite(TableModify modify, Session session) {
    FeatureTable table = modify.getTable().unwrap(FeatureTable.class);
    if (table == null) {
      throw notAllowed(
          "'%s' can be read but not changed"
              .formatted(String.join(".", modify.getTable().getQualifiedName())));
    }
    FeatureModification modification = new FeatureModification(table, modify, session);
    if (table.storeTable().kind() == StoreTable.Kind.VIEW) {
      throw MetaxyException.unsupported(
          "Feature '%s' is a view in this store: it can be read but not changed"
              .formatted(table.feature().key()));
    }
    return modify.isDelete() ? modification.delete() : modification.update();
  }

  private Result update() {
    return switch (table.rows()) {
      case ONLY_DELETED -> restore();
      case HISTORY -> redact();
      default ->
          throw notAllowed(
              "UPDATE is not possible in %s; use active.%s"
                  .formatted(table.rows().schemaName(), table.feature().tableName()));
    };
  }

  private Result delete() {
    if (!session.hardDelete()) {
      return switch (table.rows()) {
        case ACTIVE -> appendTombstones();
        case INCLUDE_DELETED, ONLY_DELETED, HISTORY ->
            throw notAllowed(
                "DELETE on %s removes rows physically; SET hard_delete = true first, or delete from active.%s to append tombstones"
                    .formatted(table.rows().schemaName(), table.feature().tableName()));
      };
    }
    requireHardDelete();
    return table.rows() == Rows.HISTORY ? removeRows() : removeRecords();
  }

  private void requireHardDelete() {
    if (session.appendOnly()
        || !target.dialect().can(StoreCapability.HARD_DELETE)
        || target.rowId().isEmpty()) {
      throw MetaxyException.unsupported(
          "This store (%s) is append-only and cannot change rows of '%s' physically; SET hard_delete = false to append versions instead"
              .formatted(target.dialect().productName(), table.feature().key()));
    }
  }

  /**
   * Copies each matching current version, marked as deleted, strictly after the version it follows.
   */
  private Result appendTombstones() {
    return appendCopies(this::ofTombstone);
  }

  private Result appendCopies(BiFunction<SystemColumn, RexNode, RexNode> ofSystemColumn) {
    builder.push(source);
    RelDataType row = source.getRowType();
    List<RexNode> values = new ArrayList<>();
    for (StoreColumn column : target.columns()) {
      int i = row.getFieldNames().indexOf(column.name());
      RexNode copied = builder.field(i);
      values.add(
          SystemColumn.of(column.name())
              .map(system -> ofSystemColumn.apply(system, copied))
              .orElse(copied));
    }
    return new Result(append(values), target, List.of());
  }

  /** {@code UPDATE only_deleted.f SET metaxy_deleted_at = NULL}: a live copy of each tombstone. */
  private Result restore() {
    List<RexNode> values = newValues();
    if (!updatedColumns().equals(List.of(SystemColumn.METAXY_DELETED_AT))
        || !RexUtil.isNullLiteral(values.get(0), true)) {
      throw notAllowed(
          "In only_deleted, UPDATE can restore records (SET metaxy_deleted_at = NULL) and nothing else; restore them first, then UPDATE active.%s"
              .formatted(table.feature().tableName()));
    }
    return appendCopies(this::ofRestored);
  }

  /** What an UPDATE sets, over the columns of the feature: it comes after these in the source. */
  private List<RexNode> newValues() {
    List<RexNode> projects = ((Project) source).getProjects();
    return projects.subList(modify.getTable().getRowType().getFieldCount(), projects.size());
  }

  private List<@Nullable SystemColumn> updatedColumns() {
    List<@Nullable SystemColumn> columns = new ArrayList<>();
    for (String name : requireNonNull(modify.getUpdateColumnList())) {
      columns.add(SystemColumn.of(name).orElse(null));
    }
    return columns;
  }

  private RexNode ofRestored(SystemColumn column, RexNode copied) {
    return switch (column) {
      case METAXY_DELETED_AT -> builder.getRexBuilder().makeNullLiteral(copied.getType());
      case METAXY_CREATED_AT, METAXY_UPDATED_AT -> after(VersionOrder.time(builder));
      default -> ofTombstone(column, copied);
    };
  }

  /** {@code UPDATE history.f}: the matching rows themselves. */
  private Result redact() {
    if (!session.hardDelete()) {
      throw notAllowed(
          "UPDATE on history rewrites rows in place; SET hard_delete = true first, or UPDATE active.%s to append versions"
              .formatted(table.feature().tableName()));
    }
    requireHardDelete();
    List<String> changed = requireNonNull(modify.getUpdateColumnList());
    for (String column : changed) {
      if (table.idColumns().contains(column) || target.column(column).isEmpty()) {
        throw notAllowed(
            "Column '%s' of history.%s cannot be updated"
                .formatted(column, table.feature().tableName()));
      }
    }
    RelNode matching = withRowId(source);
    RelDataType row = matching.getRowType();
    builder.push(matching);
    List<RexNode> columns = new ArrayList<>();
    columns.add(builder.field(row.getFieldCount() - 1));
    RelNode rowIds = builder.project(columns).build();

    RelNode rows = rowsWith(rowIds);
    builder.push(rows);
    List<String> physical = rows.getRowType().getFieldNames();
    List<String> names = modify.getTable().getRowType().getFieldNames();
    List<RexNode> values = new ArrayList<>();
    for (RexNode value : newValues()) {
      values.add(
          RexUtil.apply(
              Mappings.target(i -> physical.indexOf(names.get(i)), names.size(), physical.size()),
              value));
    }
    List<RexNode> all = new ArrayList<>(builder.fields());
    all.addAll(values);
    RelNode input = builder.project(all, List.of(), true).build();
    return new Result(
        LogicalTableModify.create(
            rows.getInput(0).getTable(),
            modify.getCatalogReader(),
            input,
            TableModify.Operation.UPDATE,
            changed,
            values,
            false),
        target,
        List.of());
  }

  private RexNode ofTombstone(SystemColumn column, RexNode copied) {
    Feature feature = table.feature();
    return switch (column) {
      case METAXY_DELETED_AT -> after(VersionOrder.time(builder));
      case METAXY_MATERIALIZATION_ID -> session.materializationId();
      case METAXY_FEATURE_VERSION -> written(table.view().versionToWrite(feature), copied);
      case METAXY_PROJECT_VERSION ->
          table.view().versionToWrite(feature) == null
              ? copied
              : written(feature.projectVersion().orElse(null), copied);
      default -> copied;
    };
  }

  private RexNode written(@Nullable String version, RexNode copied) {
    return version == null
        ? copied
        : builder.cast(builder.literal(version), copied.getType().getSqlTypeName());
  }

  /** The statement's time, or the microsecond after {@code time} where a clock ran behind. */
  private RexNode after(RexNode time) {
    RexBuilder rexBuilder = builder.getRexBuilder();
    return rexBuilder.makeCall(
        SqlStdOperatorTable.CASE,
        builder.call(SqlStdOperatorTable.GREATER_THAN_OR_EQUAL, time, session.now()),
        rexBuilder.makeCall(StoreOperators.MICROSECOND_AFTER, time),
        session.now());
  }

  private RelNode append(List<RexNode> values) {
    List<String> names = target.columns().stream().map(StoreColumn::name).toList();
    RelNode rows = builder.project(values, names, true).build();
    return LogicalTableModify.create(
        StoreTables.insertTarget(cluster, target),
        modify.getCatalogReader(),
        rows,
        TableModify.Operation.INSERT,
        null,
        null,
        false);
  }

  /** {@code history}: exactly the matching rows. */
  private Result removeRows() {
    RelNode matching = withRowId(source);
    builder.push(matching).project(builder.field(matching.getRowType().getFieldCount() - 1));
    return new Result(removeByRowId(builder.build()), target, List.of());
  }

  /** Every version, within the session's feature version, of each matching record. */
  private Result removeRecords() {
    List<String> ids = table.idColumns();
    builder.push(StoreTables.scan(cluster, target));
    FeatureScan.ofFeatureVersion(builder, table);
    for (RexNode predicate : predicatesOnIds()) {
      builder.filter(predicate);
    }
    builder.push(source);
    builder.project(ids.stream().map(id -> (RexNode) builder.field(id)).toList());
    List<RexNode> sameIds = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      sameIds.add(
          builder
              .getRexBuilder()
              .makeCall(
                  StoreOperators.SAME_ID, builder.field(2, 0, ids.get(i)), builder.field(2, 1, i)));
    }
    builder.join(JoinRelType.INNER, builder.and(sameIds));
    builder.project(builder.field(StoreTables.ROW_ID));
    return new Result(removeByRowId(builder.build()), target, ids);
  }

  private RelNode removeByRowId(RelNode rowIds) {
    RelNode rows = rowsWith(rowIds);
    return LogicalTableModify.create(
        rows.getInput(0).getTable(),
        modify.getCatalogReader(),
        rows,
        TableModify.Operation.DELETE,
        null,
        null,
        false);
  }

  /** The physical rows with the row ids that a query gives. */
  private RelNode rowsWith(RelNode rowIds) {
    builder.push(StoreTables.physical(cluster, target));
    RexNode condition = RexSubQuery.in(rowIds, ImmutableList.of(builder.field(rowId().name())));
    return LogicalFilter.create(builder.build(), condition);
  }

  private StoreDialect.RowId rowId() {
    return target.rowId().orElseThrow();
  }

  /** The statement's source with the row id of its target as a last column. */
  static RelNode withRowId(RelNode source) {
    if (source instanceof FeatureScan scan) {
      return scan.withRowId();
    }
    RelNode input = withRowId(source.getInput(0));
    if (source instanceof Filter filter) {
      return filter.copy(filter.getTraitSet(), input, filter.getCondition());
    }
    Project project = (Project) source;
    RelBuilder builder = RelFactories.LOGICAL_BUILDER.create(source.getCluster(), null);
    builder.push(input);
    List<RexNode> projects = new ArrayList<>(project.getProjects());
    projects.add(builder.field(input.getRowType().getFieldCount() - 1));
    return builder.project(projects, List.of(), true).build();
  }

  /**
   * Those predicates of the statement that hold for all versions of a record or for none, over the
   * physical table.
   */
  private List<RexNode> predicatesOnIds() {
    RelNode rel = source;
    while (rel instanceof Project) {
      rel = rel.getInput(0);
    }
    List<RexNode> result = new ArrayList<>();
    if (rel instanceof Filter filter && filter.getInput() instanceof FeatureScan scan) {
      List<String> shown = scan.getRowType().getFieldNames();
      ImmutableBitSet ids =
          ImmutableBitSet.of(table.idColumns().stream().map(shown::indexOf).toList());
      List<String> physical = builder.peek().getRowType().getFieldNames();
      for (RexNode conjunct : RelOptUtil.conjunctions(filter.getCondition())) {
        if (FilterRecordVersionsTransposeRule.isOfRecord(conjunct, ids)
            && RexUtil.SubQueryFinder.find(conjunct) == null) {
          result.add(
              RexUtil.apply(
                  Mappings.target(
                      i -> physical.indexOf(shown.get(i)), shown.size(), physical.size()),
                  conjunct));
        }
      }
    }
    return result;
  }

  private static MetaxyException notAllowed(String message) {
    return new MetaxyException(SqlState.NOT_ALLOWED, message);
  }
}
