package org.metaxyjdbc.plan;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.validate.SqlValidator;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.store.MetaxyTypeFactory;
import org.metaxyjdbc.store.MetaxyTypeSystem;

/**
 * The parameters of a statement as its algebra numbers them: the user's from 0, then the literals,
 * then those that the session gives, then the ids of a record.
 */
final class StatementParameters {
  private static final List<Plan.Parameter.OfSession> OF_SESSION =
      List.of(Plan.Parameter.OfSession.values());

  private final int userCount;
  private final int literalCount;
  private final RexBuilder rexBuilder = new RexBuilder(MetaxyTypeFactory.INSTANCE);
  private final Map<Integer, SqlTypeName> types = new HashMap<>();

  private StatementParameters(int userCount, int literalCount) {
    this.userCount = userCount;
    this.literalCount = literalCount;
  }

  /**
   * Those of a statement; their types are known when it is validated.
   *
   * @param literalCount how many literals it may have parameters in the place of
   */
  static StatementParameters of(SqlNode statement, int literalCount) {
    int[] count = {0};
    forEach(statement, parameter -> count[0] = Math.max(count[0], parameter.getIndex() + 1));
    return new StatementParameters(count[0], literalCount);
  }

  private static void forEach(SqlNode statement, Consumer<SqlDynamicParam> consumer) {
    statement.accept(
        new SqlBasicVisitor<@Nullable Void>() {
          @Override
          public @Nullable Void visit(SqlDynamicParam param) {
            consumer.accept(param);
            return null;
          }
        });
  }

  /** The number of {@code ?} in the statement. */
  int userCount() {
    return userCount;
  }

  /** Learns what the parameters are in the statement. */
  void setTypes(SqlNode validated, SqlValidator validator) {
    forEach(
        validated,
        parameter ->
            types.put(
                parameter.getIndex(), validator.getValidatedNodeType(parameter).getSqlTypeName()));
  }

  /** Those of the replaced literals that are compared with columns of fitting types. */
  BitSet safeLiterals(LiteralText text, BitSet replaced) {
    BitSet safe = new BitSet();
    replaced.stream()
        .filter(
            i ->
                LiteralParameters.isSafe(
                    text.literals().get(i).kind(),
                    types.getOrDefault(userCount + i, SqlTypeName.ANY)))
        .forEach(safe::set);
    return safe;
  }

  /** A value of the session in the algebra. */
  RexNode ofSession(Plan.Parameter.OfSession value) {
    RelDataType type =
        switch (value) {
          case NOW, AS_OF ->
              MetaxyTypeFactory.INSTANCE.createSqlType(
                  SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE, MetaxyTypeSystem.TIMESTAMP_PRECISION);
          case MATERIALIZATION_ID -> MetaxyTypeFactory.INSTANCE.createSqlType(SqlTypeName.VARCHAR);
        };
    return rexBuilder.makeAbstractCast(
        type,
        rexBuilder.makeDynamicParam(type, userCount + literalCount + OF_SESSION.indexOf(value)),
        false);
  }

  /** An id of the record that is looked at, numbered from 0. */
  RexNode ofRecord(int id) {
    return rexBuilder.makeDynamicParam(
        MetaxyTypeFactory.INSTANCE.createSqlType(SqlTypeName.ANY),
        userCount + literalCount + OF_SESSION.size() + id);
  }

  /** What a number in the algebra stands for. */
  Plan.Parameter get(int index) {
    if (index < userCount) {
      return new Plan.Parameter.OfUser(index, type(index));
    }
    if (index < userCount + literalCount) {
      return new Plan.Parameter.OfLiteral(index - userCount, type(index));
    }
    int i = index - userCount - literalCount;
    return i < OF_SESSION.size()
        ? OF_SESSION.get(i)
        : new Plan.Parameter.OfRecord(i - OF_SESSION.size());
  }

  private SqlTypeName type(int index) {
    return types.getOrDefault(index, SqlTypeName.ANY);
  }
}
