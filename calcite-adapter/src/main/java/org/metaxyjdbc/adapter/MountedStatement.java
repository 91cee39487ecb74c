package org.metaxyjdbc.adapter;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.DataContext;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableModify;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.runtime.Bindable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlString;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.store.MetaxyTypeFactory;
import org.metaxyjdbc.store.MetaxyTypeSystem;
import org.metaxyjdbc.store.StoreTable;

/** One statement of a mounted store, which gets its parameters when Calcite runs it. */
abstract class MountedStatement implements Bindable<Object> {
  /**
   * The number of the parameter that is the time of the statement; those of the user count from 0,
   * and Calcite's own, of correlated rows, from a number beyond.
   */
  private static final int NOW = 1 << 30;

  private final MountedStore store;
  private final String sql;
  private final List<RexDynamicParam> parameters;

  MountedStatement(MountedStore store, String sql, List<RexDynamicParam> parameters) {
    this.store = store;
    this.sql = sql;
    this.parameters = List.copyOf(parameters);
  }

  /**
   * Plans a query or a change as the driver does.
   *
   * @param plan in the store's convention
   * @throws MetaxyException 42501 for what the schema does not allow, 0A000 for what the store
   *     cannot do
   */
  static MountedStatement of(RelNode plan, MountedStore store) {
    RelNode rel = ToStoreAlgebra.convert(plan);
    if (!(rel instanceof TableModify modify)) {
      Text text = Text.of(rel, store);
      return new MountedQuery(store, text.sql(), text.parameters(), plan.getRowType());
    }
    if (modify.getInput() instanceof Values none && none.getTuples().isEmpty()) {
      return MountedChange.ofNothing(store);
    }
    requireChange(modify);
    FeatureModification.Result change = FeatureModification.rewrite(modify, session(modify, store));
    if (change.target().kind() == StoreTable.Kind.ABSENT) {
      return MountedChange.ofNothing(store);
    }
    Text text = Text.of(change.rel(), store);
    boolean counts = !change.countedBy().isEmpty();
    String sql =
        counts ? store.dialect().countingRecords(text.sql(), change.countedBy()) : text.sql();
    return new MountedChange(store, sql, text.parameters(), change.target(), counts);
  }

  /** To append a version takes hashes and a time that no single statement of the store can give. */
  private static void requireChange(TableModify modify) {
    FeatureTable table = modify.getTable().unwrap(FeatureTable.class);
    if (table != null
        && (modify.isInsert() || (modify.isUpdate() && table.rows() == Rows.ACTIVE))) {
      throw MetaxyException.unsupported(
          "%s cannot append versions of '%s' through a mounted schema, which can read and DELETE; connect to the store with a jdbc:metaxy: URL"
              .formatted(modify.getOperation(), table.feature().key()));
    }
  }

  private static FeatureModification.Session session(TableModify modify, MountedStore store) {
    RexBuilder rexBuilder = modify.getCluster().getRexBuilder();
    RelDataType time =
        MetaxyTypeFactory.INSTANCE.createSqlType(
            SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE, MetaxyTypeSystem.TIMESTAMP_PRECISION);
    RelDataType text = rexBuilder.getTypeFactory().createSqlType(SqlTypeName.VARCHAR);
    RexNode now = rexBuilder.makeAbstractCast(time, rexBuilder.makeDynamicParam(time, NOW), false);
    RexNode none =
        rexBuilder.makeNullLiteral(
            rexBuilder.getTypeFactory().createTypeWithNullability(text, true));
    return new FeatureModification.Session(store.hardDelete(), false, now, none);
  }

  /** What the store is sent; for people. */
  final String sql() {
    return sql;
  }

  final MountedStore store() {
    return store;
  }

  /** The store's statement, ready to run; closed by the caller. */
  final PreparedStatement prepare(Connection connection, DataContext context) throws SQLException {
    Instant now = Instant.now();
    PreparedStatement statement = connection.prepareStatement(sql);
    boolean done = false;
    try {
      for (int i = 0; i < parameters.size(); i++) {
        RexDynamicParam parameter = parameters.get(i);
        if (parameter.getIndex() == NOW) {
          CalciteValues.bind(statement, i + 1, now);
        } else {
          CalciteValues.bind(
              statement, i + 1, context.get(parameter.getName()), parameter.getType());
        }
      }
      if (context.get(DataContext.Variable.TIMEOUT.camelName) instanceof Long milliseconds) {
        statement.setQueryTimeout(Math.toIntExact((milliseconds + 999) / 1000));
      }
      done = true;
      return statement;
    } finally {
      if (!done) {
        statement.close();
      }
    }
  }

  /** A statement's SQL, and its parameters in their order in it. */
  private record Text(String sql, List<RexDynamicParam> parameters) {
    static Text of(RelNode rel, MountedStore store) {
      RelNode optimized = StoreSql.optimize(rel, store.dialect());
      SqlString sql = StoreSql.toSql(optimized, store.dialect());
      List<RexDynamicParam> parameters = new ArrayList<>();
      List<Integer> indexes = sql.getDynamicParameters();
      if (indexes != null) {
        List<RexDynamicParam> known = parametersOf(optimized);
        for (int index : indexes) {
          parameters.add(
              known.stream().filter(p -> p.getIndex() == index).findFirst().orElseThrow());
        }
      }
      return new Text(sql.getSql(), parameters);
    }

    private static List<RexDynamicParam> parametersOf(RelNode rel) {
      List<RexDynamicParam> parameters = new ArrayList<>();
      RexShuttle collector =
          new RexShuttle() {
            @Override
            public RexNode visitDynamicParam(RexDynamicParam parameter) {
              parameters.add(parameter);
              return parameter;
            }
          };
      rel.accept(
          new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode other) {
              super.visit(other).accept(collector);
              return other;
            }
          });
      return parameters;
    }
  }
}
