package org.metaxyjdbc.store;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * The functions and operators of this SQL that a store cannot run, in any words: Calcite computes
 * them from rows of the store. What is not among them the store runs.
 *
 * <p>Each is given by its name, or by the name of its {@link org.apache.calcite.sql.SqlKind}.
 */
public final class UnsupportedCalls {
  private final Map<String, Predicate<RexCall>> calls = new HashMap<>();
  private final Map<String, BiPredicate<AggregateCall, List<RelDataType>>> aggregates =
      new HashMap<>();
  private Predicate<RexOver> windows = over -> false;

  /** What no store can run, or only with another meaning. */
  UnsupportedCalls() {
    with("DIFFERENCE");
    with("SINGLE_VALUE", "COLLECT", "ARRAY_QUERY_CONSTRUCTOR", "MULTISET_QUERY_CONSTRUCTOR");
    with("JSON_QUERY", "JSON_DEPTH", "JSON_KEYS", "JSON_LENGTH", "JSON_TYPE", "JSON_PRETTY");
    with("JSON_INSERT", "JSON_REPLACE", "JSON_SET", "JSON_REMOVE", "JSON_STORAGE_SIZE");
    withAggregate("JSON_ARRAYAGG", (call, types) -> !call.getCollation().getKeys().isEmpty());
  }

  /** Functions, operators and aggregates by their names. */
  UnsupportedCalls with(String... names) {
    for (String name : names) {
      with(name, call -> true);
      aggregates.put(name, (call, types) -> true);
    }
    return this;
  }

  /** {@code IS JSON} and the like. */
  UnsupportedCalls withJsonPredicates() {
    for (String kind : List.of("VALUE", "OBJECT", "ARRAY", "SCALAR")) {
      with("IS JSON " + kind, "IS NOT JSON " + kind);
    }
    return this;
  }

  /** Whether the first operand of a call is a time of day. */
  static boolean isOfTimeOfDay(RexCall call) {
    return call.getOperands().get(0).getType().getSqlTypeName() == SqlTypeName.TIME;
  }

  /** Some calls of a function or operator. */
  UnsupportedCalls with(String name, Predicate<RexCall> which) {
    calls.merge(name, which, Predicate::or);
    return this;
  }

  /** Calls of a function with another operand than a text literal for which it has words. */
  UnsupportedCalls withoutLiteral(String name, int operand, Predicate<String> words) {
    return with(
        name,
        call ->
            call.getOperands().size() > operand
                && !(call.getOperands().get(operand) instanceof RexLiteral literal
                    && literal.getTypeName() == SqlTypeName.CHAR
                    && !literal.isNull()
                    && words.test(requireNonNull(literal.getValueAs(String.class)))));
  }

  /** Some calls of an aggregate, by that and the types of its operands. */
  UnsupportedCalls withAggregate(String name, BiPredicate<AggregateCall, List<RelDataType>> which) {
    aggregates.merge(name, which, BiPredicate::or);
    return this;
  }

  /** Some functions over a window. */
  UnsupportedCalls withWindow(Predicate<RexOver> which) {
    windows = windows.or(which);
    return this;
  }

  /** Whether the store cannot run a call, whatever its operands are. */
  public boolean contains(RexCall call) {
    SqlOperator operator = call.getOperator();
    return isOneOf(calls.get(name(operator)), call)
        || isOneOf(calls.get(operator.getKind().name()), call)
        || (call instanceof RexOver over && windows.test(over));
  }

  private static boolean isOneOf(@Nullable Predicate<RexCall> which, RexCall call) {
    return which != null && which.test(call);
  }

  /**
   * Whether the store cannot run an aggregate.
   *
   * @param operands the types of its operands
   */
  public boolean contains(AggregateCall call, List<RelDataType> operands) {
    SqlOperator operator = call.getAggregation();
    return isOneOf(aggregates.get(name(operator)), call, operands)
        || isOneOf(aggregates.get(operator.getKind().name()), call, operands);
  }

  private static boolean isOneOf(
      @Nullable BiPredicate<AggregateCall, List<RelDataType>> which,
      AggregateCall call,
      List<RelDataType> operands) {
    return which != null && which.test(call, operands);
  }

  private static String name(SqlOperator operator) {
    return operator.getName().toUpperCase(Locale.ROOT);
  }
}
