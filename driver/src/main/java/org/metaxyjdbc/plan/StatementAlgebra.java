package org.metaxyjdbc.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.config.CalciteConnectionProperty;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.schema.Schema;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.adapter.MetaxySchema;
import org.metaxyjdbc.store.MetaxyTypeFactory;

/**
 * One statement in Calcite's hands: names and types by its validator, and relational algebra by its
 * converter.
 */
final class StatementAlgebra {
  private final StatementParameters parameters;
  private final StatementValidator validator;
  private final StoreCatalogReader catalogReader;
  private final RelOptCluster cluster;

  /**
   * Creates it.
   *
   * @param defaultSchema where a name without a schema is looked up
   */
  StatementAlgebra(MetaxySchema schema, String defaultSchema, StatementParameters parameters) {
    this.parameters = parameters;
    CalciteSchema root = CalciteSchema.createRootSchema(false, false);
    root.add(schema.storeName(), schema);
    Properties properties = new Properties();
    properties.setProperty(CalciteConnectionProperty.CASE_SENSITIVE.camelName(), "false");
    this.catalogReader =
        new StoreCatalogReader(
            root,
            List.of(schema.storeName(), defaultSchema),
            new CalciteConnectionConfigImpl(properties));
    this.validator =
        new StatementValidator(
            StatementOperators.INSTANCE,
            catalogReader,
            MetaxyTypeFactory.INSTANCE,
            SqlValidator.Config.DEFAULT
                .withIdentifierExpansion(true)
                .withTypeCoercionFactory(StoreTypeCoercion::new)
                .withConformance(StatementConformance.INSTANCE));
    HepPlanner planner = new HepPlanner(HepProgram.builder().build());
    planner.setExecutor((rexBuilder, constants, reduced) -> reduced.addAll(constants));
    this.cluster = RelOptCluster.create(planner, new RexBuilder(MetaxyTypeFactory.INSTANCE));
    cluster.setMetadataQuerySupplier(LazyMetadataHandlers::newQuery);
  }

  SqlValidator validator() {
    return validator;
  }

  /** Names and types resolved. */
  SqlNode validate(SqlNode statement) {
    return validator.validate(statement);
  }

  /** The names of the columns of a statement, validated before or not. */
  List<String> columnsOf(SqlNode statement) {
    return validator.getValidatedNodeType(statement).getFieldNames();
  }

  /** A table by its name; null where there is none. */
  @Nullable RelOptTable table(SqlIdentifier name) {
    return catalogReader.getTable(name.names);
  }

  /** Adds tables of this statement alone. */
  void add(String name, Schema tables) {
    catalogReader.getRootSchema().add(name, tables);
  }

  /** The algebra of a validated statement. */
  RelRoot convert(SqlNode validated) {
    parameters.setTypes(validated, validator);
    SqlToRelConverter.Config config =
        SqlToRelConverter.config()
            .withExpand(false)
            .withTrimUnusedFields(false)
            .withInSubQueryThreshold(Integer.MAX_VALUE);
    SqlToRelConverter converter =
        new SqlToRelConverter(
            (type, sql, schemaPath, viewPath) -> {
              throw new UnsupportedOperationException("views");
            },
            validator,
            catalogReader,
            cluster,
            StoreConvertlets.INSTANCE,
            config) {
          @Override
          protected @Nullable RexNode convertExtendedExpression(SqlNode node, Blackboard scope) {
            return node instanceof SqlDynamicParam parameter
                    && StatementAlgebra.this.validator.isUntyped(parameter)
                ? rexBuilder.makeAbstractCast(
                    validator.getValidatedNodeType(node), convertDynamicParam(parameter), false)
                : super.convertExtendedExpression(node, scope);
          }
        };
    return converter.convertQuery(validated, false, true);
  }

  /** The columns of the rows of a validated query. */
  List<Plan.Column> columns(SqlNode validated) {
    List<String> labels = columnsOf(validated);
    List<? extends @Nullable List<String>> origins = validator.getFieldOrigins(validated);
    List<Plan.Column> columns = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      List<String> origin = i < origins.size() ? origins.get(i) : null;
      columns.add(
          origin == null || origin.size() < 4
              ? new Plan.Column(labels.get(i), null, null, null, null)
              : new Plan.Column(
                  labels.get(i),
                  origin.get(origin.size() - 4),
                  origin.get(origin.size() - 3),
                  origin.get(origin.size() - 2),
                  origin.get(origin.size() - 1)));
    }
    return List.copyOf(columns);
  }
}
