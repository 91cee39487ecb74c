package org.metaxyjdbc.plan;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.validate.SqlValidator;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.store.MetaxyRexBuilder;
import org.metaxyjdbc.store.MetaxyTypeFactory;
import org.metaxyjdbc.store.MetaxyTypeSystem;

/**
 * The parameters of a statement as its algebra numbers them: the user's from 0, then those that the
 * session gives, then the ids of a record.
 */
final class StatementParameters {
  private static final List<Plan.Parameter.OfSession> OF_SESSION =
      List.of(Plan.Parameter.OfSession.values());

  private final int userCount;
  private final RexBuilder rexBuilder = new MetaxyRexBuilder();
  private final Map<Integer, SqlTypeName> userTypes = new HashMap<>();

  private StatementParameters(int userCount) {
    this.userCount = userCount;
  }

  /** Those of a statement; the types of the user's are known when it is validated. */
  static StatementParameters of(SqlNode statement) {
    int[] count = {0};
    statement.accept(
        new SqlBasicVisitor<@Nullable Void>() {
          @Override
          public @Nullable Void visit(SqlDynamicParam param) {
            count[0] = Math.max(count[0], param.getIndex() + 1);
            return null;
          }
        });
    return new StatementParameters(count[0]);
  }

  /** The number of {@code ?} in the statement. */
  int userCount() {
    return userCount;
  }

  /** Notes what the user's parameters are in a statement that was validated. */
  void setUserTypes(SqlNode validated, SqlValidator validator) {
    validated.accept(
        new SqlBasicVisitor<@Nullable Void>() {
          @Override
          public @Nullable Void visit(SqlDynamicParam param) {
            RelDataType type = validator.getValidatedNodeTypeIfKnown(param);
            if (type != null) {
              userTypes.put(param.getIndex(), type.getSqlTypeName());
            }
            return null;
          }
        });
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
        type, rexBuilder.makeDynamicParam(type, userCount + value.ordinal()), false);
  }

  /** An id of the record that is looked at, numbered from 0. */
  RexNode ofRecord(int id) {
    return rexBuilder.makeDynamicParam(
        MetaxyTypeFactory.INSTANCE.createSqlType(SqlTypeName.ANY),
        userCount + OF_SESSION.size() + id);
  }

  /** What a number in the algebra stands for. */
  Plan.Parameter get(int index) {
    if (index < userCount) {
      return new Plan.Parameter.OfUser(
          index, userTypes.getOrDefault(index, SqlTypeName.ANY));
    }
    int i = index - userCount;
    return i < OF_SESSION.size()
        ? OF_SESSION.get(i)
        : new Plan.Parameter.OfRecord(i - OF_SESSION.size());
  }
}
