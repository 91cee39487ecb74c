package org.metaxyjdbc.compute;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.adapter.enumerable.EnumerableInterpretable;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRules;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.plan.ConventionTraitDef;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptRules;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgramBuilder;
import org.apache.calcite.plan.volcano.VolcanoPlanner;
import org.apache.calcite.rel.RelCollationTraitDef;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.rules.CoreRules;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.runtime.Bindable;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.adapter.StoreSql;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;
import org.metaxyjdbc.store.StoreValues;
import org.metaxyjdbc.store.ValueKind;

/**
 * A query that the store cannot run as a whole: what it runs of it, and the rest compiled by
 * Calcite. Immutable; can be executed by several threads.
 */
public final class ComputedQuery {
  /** A column of the result. */
  public record Column(String name, ValueKind kind, int size, int scale) {
    static Column of(RelDataTypeField field) {
      RelDataType type = field.getType();
      return new Column(
          field.getName(),
          ComputedValues.kindOf(type),
          type.getPrecision() < 0 ? 0 : type.getPrecision(),
          type.getScale() < 0 ? 0 : type.getScale());
    }
  }

  /** Rows of the store, and what is closed with them. */
  public interface Rows extends AutoCloseable {
    boolean next() throws SQLException;

    /** The values of the current row. */
    StoreValues values();

    @Override
    void close() throws SQLException;
  }

  /** Where an execution has its rows and parameters from. */
  public interface Source {
    /** Runs the store's query of that number of {@link Parts#storeQueries}. */
    Rows rows(int query) throws SQLException;

    /**
     * The value of a parameter as {@link org.metaxyjdbc.store.StoreTypes#read} gives one of a kind;
     * null for NULL.
     */
    @Nullable Object parameter(int index, ValueKind kind) throws SQLException;
  }

  /**
   * A query in parts.
   *
   * @param storeQueries what the store runs, over features still
   */
  public record Parts(ComputedQuery query, List<RelNode> storeQueries) {}

  private final List<List<RelDataType>> storeTypes;
  private final Map<Integer, RelDataType> parameterTypes;
  private final String explanation;
  private final RelDataType rowType;
  private final Map<String, Object> constants = new ConcurrentHashMap<>();
  private final Bindable<Object> compiled;

  private ComputedQuery(RelDataType rowType, ComputedAlgebra computed, EnumerableRel physical) {
    this.rowType = rowType;
    this.storeTypes =
        computed.queries().stream().map(q -> ComputedValues.types(q.getRowType())).toList();
    this.parameterTypes = Map.copyOf(computed.parameterTypes());
    this.explanation = RelOptUtil.toString(physical).stripTrailing();
    @SuppressWarnings("unchecked")
    Bindable<Object> bindable =
        EnumerableInterpretable.toBindable(constants, null, physical, EnumerableRel.Prefer.ARRAY);
    this.compiled = bindable;
  }

  private static VolcanoPlanner planner() {
    VolcanoPlanner planner = new VolcanoPlanner();
    planner.addRelTraitDef(ConventionTraitDef.INSTANCE);
    planner.addRelTraitDef(RelCollationTraitDef.INSTANCE);
    EnumerableRules.rules().forEach(planner::addRule);
    planner.addRule(CoreRules.AGGREGATE_REDUCE_FUNCTIONS);
    planner.addRule(CoreRules.AGGREGATE_EXPAND_DISTINCT_AGGREGATES);
    planner.addRule(CoreRules.PROJECT_TO_LOGICAL_PROJECT_AND_WINDOW);
    return planner;
  }

  private static EnumerableRel physical(RelNode logical, VolcanoPlanner planner) {
    RelTraitSet wanted = logical.getTraitSet().replace(EnumerableConvention.INSTANCE);
    planner.setRoot(
        logical.getTraitSet().equals(wanted) ? logical : planner.changeTraits(logical, wanted));
    HepPlanner calculations =
        new HepPlanner(new HepProgramBuilder().addRuleCollection(RelOptRules.CALC_RULES).build());
    calculations.setRoot(planner.findBestExp());
    return (EnumerableRel) calculations.findBestExp();
  }

  /**
   * The query in parts.
   *
   * @param rel the algebra of a query over features, which the store cannot run as a whole
   * @throws MetaxyException 0A000 where Calcite has no execution for the rest
   */
  public static Parts of(RelNode rel, StoreAbility ability) {
    try {
      RelNode split = new QuerySplit(ability).split(StoreSql.forSplitting(rel));
      VolcanoPlanner planner = planner();
      RelOptCluster cluster =
          RelOptCluster.create(planner, new RexBuilder(rel.getCluster().getTypeFactory()));
      cluster.setMetadataQuerySupplier(rel.getCluster().getMetadataQuerySupplier());
      ComputedAlgebra computed = new ComputedAlgebra(cluster);
      EnumerableRel physical = physical(computed.translate(split), planner);
      return new Parts(
          new ComputedQuery(rel.getRowType(), computed, physical), List.copyOf(computed.queries()));
    } catch (MetaxyException e) {
      throw e;
    } catch (RuntimeException | AssertionError | LinkageError e) {
      // Calcite says in many ways, errors of compilers among them, what it has no execution for.
      throw new MetaxyException(
          SqlState.FEATURE_NOT_SUPPORTED,
          "The store cannot run this statement, and it cannot be computed here; leave out what the store cannot do",
          e);
    }
  }

  /** The numbers of the parameters that are used here, and not by the store. */
  public Set<Integer> parameters() {
    return parameterTypes.keySet();
  }

  /** The columns of the result. */
  public List<Column> columns() {
    return rowType.getFieldList().stream().map(Column::of).toList();
  }

  List<RelDataType> storeTypes(int query) {
    return storeTypes.get(query);
  }

  RelDataType parameterType(int index) {
    return requireNonNull(parameterTypes.get(index));
  }

  Map<String, Object> constants() {
    return constants;
  }

  /** What is computed here; for people. */
  public String explain() {
    return explanation;
  }

  /**
   * Runs it.
   *
   * @return the rows one by one, values as {@link org.metaxyjdbc.store.StoreTypes#read} gives them;
   *     closed by the caller. Its methods throw {@link org.metaxyjdbc.error.MetaxyException}.
   */
  public Enumerator<@Nullable Object[]> run(Source source) {
    try {
      return new ComputedRows(
          compiled.bind(new ComputedContext(this, source)).enumerator(),
          ComputedValues.types(rowType));
    } catch (RuntimeException e) {
      throw ComputeErrors.of(e);
    }
  }
}
