package org.metaxyjdbc.adapter;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.catalog.SystemColumn;
import org.metaxyjdbc.store.StoreTable;

/**
 * A query that reads copies of current versions instead of choosing these among all versions.
 *
 * @param rel the query
 * @param copies what must be up to date for that
 */
public record CopiedQuery(RelNode rel, List<CurrentCopy> copies) {
  /** An {@linkplain StoreSql#optimize optimized} query over copies; empty where none would help. */
  public static Optional<CopiedQuery> of(RelNode query) {
    Set<CurrentCopy> copies = new LinkedHashSet<>();
    RelNode rel = rewrite(query, copies);
    return copies.isEmpty()
        ? Optional.empty()
        : Optional.of(new CopiedQuery(rel, List.copyOf(copies)));
  }

  private static RelNode rewrite(RelNode query, Set<CurrentCopy> copies) {
    RelNode copied =
        query.accept(
            new SubQueryShuttle() {
              @Override
              public RelNode visit(RelNode other) {
                RelNode copied =
                    other instanceof CurrentVersion current ? copied(current, copies) : null;
                return copied != null ? copied : super.visit(other);
              }

              @Override
              RelNode ofSubQuery(RelNode subQuery) {
                return rewrite(subQuery, copies);
              }
            });
    return StoreSql.apply(MetaxyRules.pushing(), copied);
  }

  /** Null where this is one record, or not all records of a feature version. */
  private static @Nullable RelNode copied(CurrentVersion current, Set<CurrentCopy> copies) {
    Versions versions = Versions.of(current.getInput());
    if (versions == null || FixedColumns.of(current.getInput()).contains(current.idColumns())) {
      return null;
    }
    List<String> ids = current.idColumns().asList().stream().map(versions::name).toList();
    String featureVersion = null;
    List<RexNode> onIds = new ArrayList<>();
    for (RexNode conjunct : versions.conjuncts) {
      String version = versions.featureVersion(conjunct);
      if (version != null && featureVersion == null) {
        featureVersion = version;
      } else if (versions.namesOf(conjunct).stream().allMatch(ids::contains)) {
        onIds.add(conjunct);
      } else {
        return null;
      }
    }
    CurrentCopy copy = CurrentCopy.of(versions.table, ids, featureVersion);
    copies.add(copy);
    return versions.over(copy, onIds);
  }

  /** Rows of a table, some of them, some of their columns. */
  private static final class Versions {
    private final TableScan scan;
    private final StoreTable table;
    private final List<Integer> columns;
    private final List<RexNode> conjuncts;

    private Versions(
        TableScan scan, StoreTable table, List<Integer> columns, List<RexNode> conjuncts) {
      this.scan = scan;
      this.table = table;
      this.columns = columns;
      this.conjuncts = conjuncts;
    }

    static @Nullable Versions of(RelNode rel) {
      if (rel instanceof TableScan scan) {
        StoreTable table = scan.getTable().unwrap(StoreTable.class);
        return table == null || table.kind() != StoreTable.Kind.TABLE
            ? null
            : new Versions(
                scan,
                table,
                ImmutableBitSet.range(scan.getRowType().getFieldCount()).asList(),
                List.of());
      }
      Versions below = rel instanceof Filter || rel instanceof Project ? of(rel.getInput(0)) : null;
      if (below == null) {
        return null;
      }
      if (rel instanceof Filter filter) {
        List<RexNode> conjuncts = new ArrayList<>(below.conjuncts);
        for (RexNode conjunct : RelOptUtil.conjunctions(filter.getCondition())) {
          conjuncts.add(below.ofScan(conjunct));
        }
        return new Versions(below.scan, below.table, below.columns, conjuncts);
      }
      List<Integer> columns = new ArrayList<>();
      for (RexNode expression : ((Project) rel).getProjects()) {
        if (!(expression instanceof RexInputRef column)) {
          return null;
        }
        columns.add(below.columns.get(column.getIndex()));
      }
      return new Versions(below.scan, below.table, columns, below.conjuncts);
    }

    private RexNode ofScan(RexNode expression) {
      return expression.accept(
          new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef column) {
              return new RexInputRef(columns.get(column.getIndex()), column.getType());
            }
          });
    }

    /** The name of a column in the table. */
    String name(int column) {
      return nameInScan(columns.get(column));
    }

    private String nameInScan(int column) {
      return scan.getRowType().getFieldNames().get(column);
    }

    List<String> namesOf(RexNode conjunct) {
      return RelOptUtil.InputFinder.bits(conjunct).asList().stream().map(this::nameInScan).toList();
    }

    /** The feature version of {@code metaxy_feature_version = '…'}; null of another predicate. */
    @Nullable String featureVersion(RexNode conjunct) {
      return conjunct instanceof RexCall call
              && call.getKind() == SqlKind.EQUALS
              && call.getOperands().get(0) instanceof RexInputRef column
              && SystemColumn.METAXY_FEATURE_VERSION
                  .columnName()
                  .equalsIgnoreCase(nameInScan(column.getIndex()))
              && call.getOperands().get(1) instanceof RexLiteral literal
          ? literal.getValueAs(String.class)
          : null;
    }

    /** The same columns of a copy, of the records with such ids. There are no row ids in it. */
    RelNode over(CurrentCopy copy, List<RexNode> onIds) {
      RelBuilder builder = RelFactories.LOGICAL_BUILDER.create(scan.getCluster(), null);
      RexBuilder rexBuilder = builder.getRexBuilder();
      RelNode rows = StoreTables.physical(scan.getCluster(), copy.table());
      builder.push(rows);
      RexShuttle ofCopy =
          new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef column) {
              return builder.field(nameInScan(column.getIndex()));
            }
          };
      builder.filter(ofCopy.apply(onIds));
      List<RexNode> fields = new ArrayList<>();
      for (int column : columns) {
        boolean isRowId = column == 0 && table.rowId().isPresent();
        fields.add(
            isRowId
                ? rexBuilder.makeExactLiteral(
                    BigDecimal.ZERO, scan.getRowType().getFieldList().get(0).getType())
                : builder.field(nameInScan(column)));
      }
      return builder.project(fields).build();
    }
  }
}
