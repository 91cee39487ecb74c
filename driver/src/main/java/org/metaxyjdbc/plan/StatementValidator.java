package org.metaxyjdbc.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSnapshot;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlQuantifyOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlValidatorCatalogReader;
import org.apache.calcite.sql.validate.SqlValidatorImpl;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.jspecify.annotations.Nullable;

/** Calcite's validator. */
final class StatementValidator extends SqlValidatorImpl {
  private final Set<SqlCall> inferred = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Integer> untyped = new HashSet<>();

  StatementValidator(
      SqlOperatorTable operators,
      SqlValidatorCatalogReader catalogReader,
      RelDataTypeFactory typeFactory,
      Config config) {
    super(operators, catalogReader, typeFactory, config);
  }

  /** Gives the time of {@code FOR SYSTEM_TIME AS OF} a type that can be checked. */
  @Override
  protected @Nullable SqlNode performUnconditionalRewrites(
      @Nullable SqlNode node, boolean underFrom) {
    if (node instanceof SqlSnapshot snapshot) {
      snapshot.setOperand(1, SnapshotTime.typed(snapshot.getPeriod()));
    }
    return super.performUnconditionalRewrites(node, underFrom);
  }

  /**
   * A function that is written without parentheses. Each name of a column may be one; all of them
   * are of the SQL standard, so that no name takes Calcite's libraries to be read.
   */
  @Override
  public @Nullable SqlCall makeNullaryCall(SqlIdentifier name) {
    List<SqlOperator> standard = new ArrayList<>();
    SqlStdOperatorTable.instance()
        .lookupOperatorOverloads(
            name, null, SqlSyntax.FUNCTION, standard, getCatalogReader().nameMatcher());
    return standard.isEmpty() ? null : super.makeNullaryCall(name);
  }

  /** Whether nothing in the statement says what a parameter is, as in {@code SELECT ?}. */
  boolean isUntyped(SqlDynamicParam parameter) {
    return untyped.contains(parameter.getIndex());
  }

  /**
   * A parameter that nothing gives a type is text, as in PostgreSQL.
   *
   * <p>Before Calcite asks for the type of a sum, as in {@code size + ? > 7}, its parameters need
   * one.
   */
  @Override
  protected void inferUnknownTypes(
      RelDataType inferredType, SqlValidatorScope scope, SqlNode node) {
    SqlDynamicParam array = quantified(node);
    if (array != null) {
      SqlNode value = ((SqlCall) node).operand(0);
      inferUnknownTypes(unknownType, scope, value);
      super.inferUnknownTypes(
          typeFactory.createArrayType(deriveType(scope, value), -1), scope, array);
      return;
    }
    if (node instanceof SqlCall call) {
      for (SqlNode operand : call.getOperandList()) {
        if (operand instanceof SqlCall inner
            && SqlKind.BINARY_ARITHMETIC.contains(inner.getKind())
            && inferred.add(inner)) {
          inferUnknownTypes(unknownType, scope, inner);
        }
      }
    }
    if (node instanceof SqlDynamicParam parameter && inferredType.equals(unknownType)) {
      untyped.add(parameter.getIndex());
      super.inferUnknownTypes(typeFactory.createSqlType(SqlTypeName.VARCHAR), scope, node);
    } else {
      super.inferUnknownTypes(inferredType, scope, node);
    }
  }

  /** The parameter of {@code x = ANY (?)}, which is an array; null where a node is no such. */
  private static @Nullable SqlDynamicParam quantified(SqlNode node) {
    return node instanceof SqlCall call
            && call.getOperator() instanceof SqlQuantifyOperator
            && call.operand(1) instanceof SqlNodeList list
            && list.size() == 1
            && list.get(0) instanceof SqlDynamicParam parameter
        ? parameter
        : null;
  }
}
