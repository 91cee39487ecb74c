package org.metaxyjdbc.adapter;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgramBuilder;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Snapshot;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalValues;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.util.SqlString;
import org.apache.calcite.sql2rel.RelDecorrelator;
import org.apache.calcite.tools.RelBuilder;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.store.StoreCapability;
import org.metaxyjdbc.store.StoreDialect;

/**
 * Turns algebra over features into one statement of the store.
 *
 * <p>{@link #optimize} says it in terms of physical rows, with predicates on ids inside the choice
 * of the current version and unread columns left out; {@link #toSql} writes it down. Sub-queries in
 * expressions are treated like the query around them.
 */
public final class StoreSql {
  private StoreSql() {}

  /** The same query or modification over physical tables, still with its {@link RecordVersions}. */
  public static RelNode optimize(RelNode rel, StoreDialect dialect) {
    RelNode result =
        apply(
            MetaxyRules.timeTravel(),
            ConstantRows.in(
                dialect.can(StoreCapability.CORRELATION_IN_FROM) ? rel : withoutLateral(rel)));
    result = apply(MetaxyRules.expanding(), result);
    result = apply(MetaxyRules.pushing(), result);
    if (!isCorrelated(result)) {
      result = new FeatureFieldTrimmer(result).trim(result);
      result = apply(MetaxyRules.pushing(), result);
    }
    return result.accept(
        new SubQueryShuttle() {
          @Override
          RelNode ofSubQuery(RelNode subQuery) {
            return optimize(subQuery, dialect);
          }
        });
  }

  /**
   * The same query where what may be split off stands by itself: without sub-queries in
   * expressions, with predicates, limits and the columns that are read next to the features.
   */
  public static RelNode forSplitting(RelNode rel) {
    RelNode result = apply(MetaxyRules.joiningSubQueries(), apply(MetaxyRules.timeTravel(), rel));
    result =
        RelDecorrelator.decorrelateQuery(
            result, RelFactories.LOGICAL_BUILDER.create(rel.getCluster(), null));
    result = apply(MetaxyRules.pushing(), result);
    result = new FeatureFieldTrimmer(result).trim(result);
    return apply(MetaxyRules.splitting(), result);
  }

  /**
   * The SQL of an {@linkplain #optimize optimized} query or modification.
   *
   * @return the text, and the indexes of the dynamic parameters in their order in it
   */
  public static SqlString toSql(RelNode rel, StoreDialect dialect) {
    RelNode written = withoutRecordVersions(rel, dialect);
    if (!dialect.can(StoreCapability.GROUPING_SETS)) {
      written = apply(MetaxyRules.groupingSets(), written);
    }
    RelNode plain =
        apply(MetaxyRules.merging(), written)
            .accept(new ExactNumbers())
            .accept(new StoreExpressions(dialect));
    SqlNode statement = new StoreSqlConverter(dialect.sqlDialect()).visitRoot(plain).asStatement();
    return dialect
        .respell(requireNonNull(statement.accept(new LongConditions())))
        .toSqlString(
            config ->
                config
                    .withDialect(dialect.sqlDialect())
                    .withQuoteAllIdentifiers(true)
                    .withAlwaysUseParentheses(false)
                    .withSelectListItemsOnSeparateLines(false)
                    .withUpdateSetListNewline(false)
                    .withIndentation(0)
                    .withLineFolding(null)
                    .withClauseStartsLine(false));
  }

  /** Joins in the place of sub-queries in FROM that refer to the row of a query around them. */
  private static RelNode withoutLateral(RelNode rel) {
    return contains(rel, Correlate.class)
        ? RelDecorrelator.decorrelateQuery(
            rel, RelFactories.LOGICAL_BUILDER.create(rel.getCluster(), null))
        : rel;
  }

  private static boolean contains(RelNode rel, Class<?> operator) {
    return operator.isInstance(rel)
        || rel.getInputs().stream().anyMatch(input -> contains(input, operator));
  }

  private static RelNode withoutRecordVersions(RelNode rel, StoreDialect dialect) {
    return rel.accept(
        new SubQueryShuttle() {
          @Override
          public RelNode visit(RelNode other) {
            if (isEmpty(other)) {
              return EmptyRows.of(other);
            }
            if (other instanceof Snapshot) {
              throw MetaxyException.unsupported(
                  "FOR SYSTEM_TIME AS OF is for features; write it after the feature's name");
            }
            RelBuilder builder = RelFactories.LOGICAL_BUILDER.create(rel.getCluster(), null);
            RelNode visited =
                super.visit(
                    RecordsOnly.of(other, builder)
                        .or(() -> MatchingRecords.of(other, dialect, builder))
                        .orElse(other));
            if (visited instanceof RecordVersions versions) {
              return versions.toRel(builder, dialect);
            }
            if (visited instanceof Values values) {
              return withTypedNulls(values, builder);
            }
            if (visited instanceof SetOp operation
                && operation.all
                && !(operation instanceof Union)
                && !dialect.can(StoreCapability.EQUAL_ROWS)) {
              return NumberedRows.of(operation, builder);
            }
            if (visited instanceof ConstantRows rows) {
              return rows.with(value -> typed(value, rel.getCluster().getRexBuilder()));
            }
            return visited instanceof Union ? withTypedParameters(visited) : visited;
          }

          @Override
          RelNode ofSubQuery(RelNode subQuery) {
            return withoutRecordVersions(subQuery, dialect);
          }
        });
  }

  /**
   * Rows with a NULL as projections, where it is written with its type: stores take it for text.
   */
  private static RelNode withTypedNulls(Values values, RelBuilder builder) {
    List<List<RexLiteral>> complete = new ArrayList<>();
    int inputs = 0;
    for (List<RexLiteral> tuple : values.getTuples()) {
      if (tuple.stream().noneMatch(RexLiteral::isNull)) {
        complete.add(tuple);
      } else {
        builder.push(
            LogicalProject.create(
                LogicalValues.createOneRow(values.getCluster()),
                List.of(),
                tuple,
                values.getRowType().getFieldNames(),
                ImmutableSet.of()));
        inputs++;
      }
    }
    if (inputs == 0) {
      return values;
    }
    if (!complete.isEmpty()) {
      builder.values(complete, values.getRowType());
      inputs++;
    }
    return builder.union(true, inputs).convert(values.getRowType(), true).build();
  }

  /** What is computed of no rows is not written: an operator may not take a bare NULL. */
  private static boolean isEmpty(RelNode rel) {
    return rel instanceof Values values
        ? values.getTuples().isEmpty()
        : rel instanceof Project && isEmpty(rel.getInput(0));
  }

  /**
   * Parameters as columns of a UNION, such as rows of parameters, with their types: H2 does not
   * infer them. Without lengths, as a CAST would cut what is too long.
   */
  private static RelNode withTypedParameters(RelNode union) {
    List<RelNode> inputs = new ArrayList<>();
    for (RelNode input : union.getInputs()) {
      if (input instanceof Project project) {
        RexBuilder rexBuilder = union.getCluster().getRexBuilder();
        List<RexNode> projects =
            project.getProjects().stream().map(value -> typed(value, rexBuilder)).toList();
        inputs.add(
            LogicalProject.create(
                project.getInput(),
                project.getHints(),
                projects,
                project.getRowType().getFieldNames(),
                project.getVariablesSet()));
      } else {
        inputs.add(input);
      }
    }
    return union.copy(union.getTraitSet(), inputs);
  }

  private static RexNode typed(RexNode value, RexBuilder rexBuilder) {
    RelDataType type = value.getType();
    return !(value instanceof RexDynamicParam) || !SqlTypeUtil.isAtomic(type)
        ? value
        : rexBuilder.makeAbstractCast(
            SqlTypeUtil.isCharacter(type)
                ? rexBuilder.getTypeFactory().createSqlType(SqlTypeName.VARCHAR)
                : type,
            value,
            false);
  }

  static RelNode apply(List<RelOptRule> rules, RelNode rel) {
    HepPlanner planner = new HepPlanner(new HepProgramBuilder().addRuleCollection(rules).build());
    planner.setRoot(rel);
    return planner.findBestExp();
  }

  /**
   * Whether expressions refer to the row of a query around them, whose columns must then stay where
   * they are.
   */
  private static boolean isCorrelated(RelNode rel) {
    return rel instanceof Correlate
        || !rel.getVariablesSet().isEmpty()
        || rel.getInputs().stream().anyMatch(StoreSql::isCorrelated);
  }
}
