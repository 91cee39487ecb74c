package org.metaxyjdbc.compute;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Collect;
import org.apache.calcite.rel.core.Match;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.metaxyjdbc.store.StoreDialect;
import org.metaxyjdbc.store.UnsupportedCalls;

/** Which parts of a query or change a store can run. */
public final class StoreAbility {
  private final UnsupportedCalls unsupported;

  private StoreAbility(UnsupportedCalls unsupported) {
    this.unsupported = unsupported;
  }

  /** That of a store. */
  public static StoreAbility of(StoreDialect dialect) {
    return new StoreAbility(dialect.unsupportedCalls());
  }

  /** Whether the store can run it as a whole. */
  public boolean canRunAll(RelNode rel) {
    return canRun(rel) && rel.getInputs().stream().allMatch(this::canRunAll);
  }

  /** Whether it can run an operator, whatever its inputs are. */
  boolean canRun(RelNode rel) {
    if (rel instanceof Match || rel instanceof Collect) {
      return false;
    }
    if (rel instanceof Aggregate aggregate) {
      List<RelDataTypeField> fields = aggregate.getInput().getRowType().getFieldList();
      for (AggregateCall call : aggregate.getAggCallList()) {
        List<RelDataType> types = new ArrayList<>();
        call.rexList.forEach(operand -> types.add(operand.getType()));
        call.getArgList().forEach(i -> types.add(fields.get(i).getType()));
        call.getCollation()
            .getFieldCollations()
            .forEach(order -> types.add(fields.get(order.getFieldIndex()).getType()));
        if (unsupported.contains(call, types)) {
          return false;
        }
      }
    }
    Check check = new Check();
    rel.accept(check);
    return check.can;
  }

  /** Whether it can run an expression with all that is in it. */
  boolean canRun(RexNode expression) {
    Check check = new Check();
    expression.accept(check);
    return check.can;
  }

  /** Looks at every call of the expressions that it visits, and changes none. */
  private final class Check extends RexShuttle {
    private boolean can = true;

    @Override
    public RexNode visitCall(RexCall call) {
      can &= !unsupported.contains(call);
      return can ? super.visitCall(call) : call;
    }

    @Override
    public RexNode visitOver(RexOver over) {
      can &= !unsupported.contains(over);
      return can ? super.visitOver(over) : over;
    }

    @Override
    public RexNode visitSubQuery(RexSubQuery subQuery) {
      can = can && !unsupported.contains(subQuery) && canRunAll(subQuery.rel);
      return can ? super.visitSubQuery(subQuery) : subQuery;
    }
  }
}
