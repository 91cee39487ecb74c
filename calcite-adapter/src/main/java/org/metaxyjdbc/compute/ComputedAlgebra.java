package org.metaxyjdbc.compute;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Collect;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalCorrelate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalIntersect;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalMinus;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rel.logical.LogicalUnion;
import org.apache.calcite.rel.logical.LogicalValues;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.metaxyjdbc.error.MetaxyException;

/** What is computed here, in a cluster of its own and over rows with opaque values. */
final class ComputedAlgebra {
  private final RelOptCluster cluster;
  private final OpaqueExpressions expressions;
  private final List<RelNode> queries = new ArrayList<>();

  ComputedAlgebra(RelOptCluster cluster) {
    this.cluster = cluster;
    this.expressions = new OpaqueExpressions(cluster.getRexBuilder());
  }

  /** What the store runs, in the order of the numbers of {@link StoreRowsScan}. */
  List<RelNode> queries() {
    return queries;
  }

  /** What the parameters that are used here are in SQL, by their numbers. */
  Map<Integer, RelDataType> parameterTypes() {
    return expressions.parameterTypes();
  }

  RelNode translate(RelNode rel) {
    if (rel instanceof StoreRows rows) {
      queries.add(rows.query());
      return new StoreRowsScan(cluster, queries.size() - 1, expressions.typeOf(rows.getRowType()));
    }
    if (rel instanceof Values values) {
      return values(values);
    }
    if (rel instanceof Correlate correlate) {
      return correlate(correlate);
    }
    List<RelNode> inputs = rel.getInputs().stream().map(this::translate).toList();
    if (rel instanceof Filter filter) {
      return LogicalFilter.create(
          inputs.get(0),
          expressions.value(filter.getCondition()),
          ImmutableSet.copyOf(filter.getVariablesSet()));
    }
    if (rel instanceof Project project) {
      return project(inputs.get(0), project.getProjects(), project.getRowType());
    }
    if (rel instanceof Aggregate aggregate) {
      return aggregate(aggregate, inputs.get(0));
    }
    if (rel instanceof Join join) {
      return LogicalJoin.create(
          inputs.get(0),
          inputs.get(1),
          List.of(),
          expressions.value(join.getCondition()),
          join.getVariablesSet(),
          join.getJoinType());
    }
    if (rel instanceof Sort sort) {
      return LogicalSort.create(inputs.get(0), sort.getCollation(), sort.offset, sort.fetch);
    }
    if (rel instanceof SetOp operation) {
      return switch (operation.kind) {
        case UNION -> LogicalUnion.create(inputs, operation.all);
        case INTERSECT -> LogicalIntersect.create(inputs, operation.all);
        default -> LogicalMinus.create(inputs, operation.all);
      };
    }
    if (rel instanceof Collect collect) {
      return collect(collect, inputs.get(0));
    }
    throw MetaxyException.unsupported(
        "The store cannot run this statement, and %s cannot be computed here"
            .formatted(rel.getRelTypeName().replace("Logical", "")));
  }

  private RelNode project(RelNode input, List<RexNode> values, RelDataType rowType) {
    return LogicalProject.create(
        input,
        List.of(),
        values.stream().map(expressions::value).toList(),
        rowType.getFieldNames(),
        ImmutableSet.of());
  }

  /** Rows with a value that is opaque are one projection each. */
  private RelNode values(Values values) {
    if (values.getRowType().getFieldList().stream()
        .noneMatch(field -> OpaqueFunctions.isOpaque(field.getType()))) {
      return LogicalValues.create(cluster, values.getRowType(), values.getTuples());
    }
    List<RelNode> rows = new ArrayList<>();
    for (ImmutableList<RexLiteral> tuple : values.getTuples()) {
      rows.add(
          project(LogicalValues.createOneRow(cluster), List.copyOf(tuple), values.getRowType()));
    }
    return rows.size() == 1 ? rows.get(0) : LogicalUnion.create(rows, true);
  }

  private RelNode correlate(Correlate correlate) {
    RelNode left = translate(correlate.getLeft());
    expressions.correlate(correlate.getCorrelationId(), left.getRowType());
    return LogicalCorrelate.create(
        left,
        translate(correlate.getRight()),
        List.of(),
        correlate.getCorrelationId(),
        correlate.getRequiredColumns(),
        correlate.getJoinType());
  }

  private RelNode collect(Collect collect, RelNode input) {
    if (collect.getCollectionType() != SqlTypeName.ARRAY) {
      throw MetaxyException.unsupported(
          "There are no values of type %s; use an ARRAY".formatted(collect.getCollectionType()));
    }
    return wrapped(
        Collect.create(input, SqlKind.ARRAY_QUERY_CONSTRUCTOR, collect.getFieldName()),
        collect.getRowType());
  }

  private RelNode aggregate(Aggregate aggregate, RelNode input) {
    RelNode rows = input;
    List<AggregateCall> calls = new ArrayList<>();
    for (AggregateCall call : aggregate.getAggCallList()) {
      List<Integer> operands = call.getArgList();
      boolean isList = call.getAggregation().getKind() == SqlKind.ARRAY_AGG;
      if (isList) {
        rows = withElement(rows, operands.get(0));
        operands = List.of(rows.getRowType().getFieldCount() - 1);
      }
      calls.add(
          AggregateCall.create(
              call.getParserPosition(),
              call.getAggregation(),
              call.isDistinct(),
              call.isApproximate(),
              call.ignoreNulls(),
              call.rexList,
              operands,
              call.filterArg,
              call.distinctKeys,
              call.collation,
              aggregate.getGroupSet().isEmpty(),
              rows,
              isList ? null : expressions.typeOf(call.getAggregation(), call.getType()),
              call.getName()));
    }
    LogicalAggregate result =
        LogicalAggregate.create(
            rows, List.of(), aggregate.getGroupSet(), aggregate.getGroupSets(), calls);
    return wrapped(result, aggregate.getRowType());
  }

  private RelNode withElement(RelNode rows, int column) {
    RexBuilder builder = cluster.getRexBuilder();
    List<RexNode> columns = new ArrayList<>();
    for (int i = 0; i < rows.getRowType().getFieldCount(); i++) {
      columns.add(builder.makeInputRef(rows, i));
    }
    columns.add(expressions.element(columns.get(column)));
    List<String> names = new ArrayList<>(rows.getRowType().getFieldNames());
    names.add("element");
    return LogicalProject.create(
        rows, List.of(), columns, SqlValidatorUtil.uniquify(names, false), ImmutableSet.of());
  }

  /** Rows that an operator gave, with opaque values where they are to be. */
  private RelNode wrapped(RelNode rel, RelDataType named) {
    List<RexNode> columns = new ArrayList<>();
    for (RelDataTypeField field : rel.getRowType().getFieldList()) {
      columns.add(expressions.wrapped(cluster.getRexBuilder().makeInputRef(rel, field.getIndex())));
    }
    return LogicalProject.create(rel, List.of(), columns, named.getFieldNames(), ImmutableSet.of());
  }
}
