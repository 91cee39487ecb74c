package org.metaxyjdbc.plan;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSnapshot;
import org.apache.calcite.sql.validate.SqlValidatorCatalogReader;
import org.apache.calcite.sql.validate.SqlValidatorImpl;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.jspecify.annotations.Nullable;

/** Calcite's validator. */
final class StatementValidator extends SqlValidatorImpl {
  private final Set<SqlCall> inferred = Collections.newSetFromMap(new IdentityHashMap<>());

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
   * Before Calcite asks for the type of a sum, as in {@code size + ? > 7}, its parameters need one.
   */
  @Override
  protected void inferUnknownTypes(
      RelDataType inferredType, SqlValidatorScope scope, SqlNode node) {
    if (node instanceof SqlCall call) {
      for (SqlNode operand : call.getOperandList()) {
        if (operand instanceof SqlCall inner
            && SqlKind.BINARY_ARITHMETIC.contains(inner.getKind())
            && inferred.add(inner)) {
          inferUnknownTypes(unknownType, scope, inner);
        }
      }
    }
    super.inferUnknownTypes(inferredType, scope, node);
  }
}
