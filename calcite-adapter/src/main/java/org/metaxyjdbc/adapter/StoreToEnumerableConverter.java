package org.metaxyjdbc.adapter;

import java.util.List;
import java.util.function.ToIntBiFunction;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.adapter.enumerable.JavaRowFormat;
import org.apache.calcite.adapter.enumerable.PhysType;
import org.apache.calcite.adapter.enumerable.PhysTypeImpl;
import org.apache.calcite.adapter.java.JavaTypeFactory;
import org.apache.calcite.adapter.jdbc.JdbcCorrelationDataContextBuilderImpl;
import org.apache.calcite.linq4j.tree.BlockBuilder;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.plan.ConventionTraitDef;
import org.apache.calcite.plan.RelOptCost;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.plan.hep.HepRelVertex;
import org.apache.calcite.plan.volcano.RelSubset;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.convert.ConverterImpl;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.runtime.Bindable;
import org.apache.calcite.runtime.Hook;
import org.apache.calcite.util.BuiltInMethod;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;

/**
 * Runs what is below it as one statement of the store. The plan shows that statement's SQL.
 *
 * <p>Calcite's own converter for JDBC is no choice here: it cannot bind a timestamp, and reads
 * values as each driver gives them.
 */
final class StoreToEnumerableConverter extends ConverterImpl implements EnumerableRel {
  private static final double COST_OF_TRANSFER = 0.1;

  StoreToEnumerableConverter(RelTraitSet traits, RelNode input) {
    super(input.getCluster(), ConventionTraitDef.INSTANCE, traits, input);
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
    return new StoreToEnumerableConverter(traits, inputs.get(0));
  }

  @Override
  public @Nullable RelOptCost computeSelfCost(RelOptPlanner planner, RelMetadataQuery mq) {
    RelOptCost cost = super.computeSelfCost(planner, mq);
    return cost == null ? null : cost.multiplyBy(COST_OF_TRANSFER);
  }

  @Override
  public Result implement(EnumerableRelImplementor implementor, Prefer pref) {
    JavaTypeFactory typeFactory = implementor.getTypeFactory();
    BlockBuilder builder = new BlockBuilder(false);
    PhysType physType = PhysTypeImpl.of(typeFactory, getRowType(), JavaRowFormat.ARRAY);
    JdbcCorrelationDataContextBuilderImpl context =
        new JdbcCorrelationDataContextBuilderImpl(implementor, builder, DataContext.ROOT);
    Bindable<Object> statement =
        statement(
            (id, field) ->
                context.add(id, field.getIndex(), typeFactory.getJavaClass(field.getType())));
    builder.add(
        Expressions.return_(
            null,
            Expressions.call(
                implementor.stash(statement, Bindable.class),
                BuiltInMethod.BINDABLE_BIND.method,
                context.build())));
    return implementor.result(physType, builder.toBlock());
  }

  /**
   * The store's statement. What is not allowed is refused when the statement is run: Calcite would
   * show a failure at this point with its plan in the place of our message.
   */
  private Bindable<Object> statement(ToIntBiFunction<CorrelationId, RelDataTypeField> index) {
    try {
      MountedStatement statement = plan(index);
      Hook.QUERY_PLAN.run(statement.sql());
      return statement;
    } catch (MetaxyException e) {
      return context -> {
        throw e;
      };
    }
  }

  @Override
  public void explain(RelWriter writer) {
    if (input instanceof RelSubset || input instanceof HepRelVertex) {
      super.explain(writer);
    } else {
      explainTerms(writer).item("sql", sql()).done(this);
    }
  }

  private MountedStatement plan(ToIntBiFunction<CorrelationId, RelDataTypeField> index) {
    MetaxyConvention convention = (MetaxyConvention) input.getConvention();
    return MountedStatement.of(CorrelationParameters.replaceIn(input, index), convention.store());
  }

  private @Nullable String sql() {
    try {
      return plan((id, field) -> 0).sql();
    } catch (MetaxyException e) {
      return e.getMessage();
    }
  }
}
