package org.metaxyjdbc.compute;

import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlValidatorUtil;

/**
 * The parts of expressions that the store can run, as columns of rows below them. What a CASE, AND
 * or OR may leave out is not computed before: it may fail.
 */
final class StoreExpressionsBelow {
  /** Calls that are no values by themselves. */
  private static final Set<SqlKind> HELPERS =
      EnumSet.of(SqlKind.JSON_VALUE_EXPRESSION, SqlKind.ROW, SqlKind.DESCRIPTOR);

  private final RelNode input;
  private final StoreAbility ability;
  private final List<RexNode> columns = new ArrayList<>();

  StoreExpressionsBelow(RelNode input, StoreAbility ability) {
    this.input = input;
    this.ability = ability;
  }

  /** Makes all columns of the rows the first ones. */
  void addInputs() {
    RexBuilder builder = input.getCluster().getRexBuilder();
    for (int i = 0; i < input.getRowType().getFieldCount(); i++) {
      columns.add(builder.makeInputRef(input, i));
    }
  }

  /** Whether there are columns beyond those of the rows. */
  boolean hasAdded() {
    return columns.size() > input.getRowType().getFieldCount();
  }

  /** An expression of the rows, as one of {@link #rows}. */
  RexNode replace(RexNode expression) {
    return expression.accept(new Replacing(true));
  }

  /** The rows with the parts of what was replaced as columns. */
  RelNode rows() {
    if (RexUtil.isIdentity(columns, input.getRowType())
        || (columns.isEmpty() && input instanceof Values)) {
      return input;
    }
    List<RexNode> values =
        columns.isEmpty() ? List.of(input.getCluster().getRexBuilder().makeLiteral(true)) : columns;
    List<String> names = new ArrayList<>();
    for (RexNode value : values) {
      names.add(
          value instanceof RexInputRef ref
              ? input.getRowType().getFieldNames().get(ref.getIndex())
              : "E" + names.size());
    }
    return LogicalProject.create(
        input, List.of(), values, SqlValidatorUtil.uniquify(names, false), ImmutableSet.of());
  }

  private final class Replacing extends RexShuttle {
    private final boolean isAlways;

    Replacing(boolean isAlways) {
      this.isAlways = isAlways;
    }

    private RexNode column(RexNode expression) {
      int known = columns.indexOf(expression);
      if (known < 0) {
        known = columns.size();
        columns.add(expression);
      }
      return new RexInputRef(known, expression.getType());
    }

    @Override
    public RexNode visitInputRef(RexInputRef ref) {
      return column(ref);
    }

    @Override
    public RexNode visitCall(RexCall call) {
      if (isAlways && isWorthwhile(call)) {
        return column(call);
      }
      return switch (call.getKind()) {
        case CASE, AND, OR, COALESCE -> call.clone(call.getType(), replaceSome(call.getOperands()));
        default -> super.visitCall(call);
      };
    }

    private List<RexNode> replaceSome(List<RexNode> operands) {
      Replacing rest = new Replacing(false);
      List<RexNode> replaced = new ArrayList<>();
      for (RexNode operand : operands) {
        replaced.add(operand.accept(replaced.isEmpty() ? this : rest));
      }
      return replaced;
    }

    @Override
    public RexNode visitOver(RexOver over) {
      return isAlways && ability.canRun(over) ? column(over) : super.visitOver(over);
    }

    /** What is made of constants alone is, where it says what time it is, the store's too. */
    private boolean isWorthwhile(RexCall call) {
      return ability.canRun(call)
          && !HELPERS.contains(call.getKind())
          && !SqlTypeName.INTERVAL_TYPES.contains(call.getType().getSqlTypeName())
          && !(call.isA(SqlKind.CAST) && isGiven(call.getOperands().get(0)));
    }

    private static boolean isGiven(RexNode value) {
      return value instanceof RexLiteral || value instanceof RexDynamicParam;
    }
  }
}
