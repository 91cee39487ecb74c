package org.metaxyjdbc.compute;

import com.google.common.collect.ImmutableList;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeFactoryImpl;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.util.TimeString;
import org.apache.calcite.util.TimestampString;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.store.StoreOperators;

/**
 * Expressions over rows in which some types are {@linkplain OpaqueValue opaque}. What only passes a
 * value on, chooses or compares, takes it as it is; a function gets what Calcite makes of it.
 */
final class OpaqueExpressions {
  /** Aggregates whose value is one of their first operand's. */
  private static final Set<String> CHOOSING =
      Set.of(
          "MIN",
          "MAX",
          "ANY_VALUE",
          "SINGLE_VALUE",
          "FIRST_VALUE",
          "LAST_VALUE",
          "NTH_VALUE",
          "LAG",
          "LEAD",
          "ARG_MIN",
          "ARG_MAX",
          "MODE");

  private final RexBuilder builder;
  private final RelDataTypeFactory types;

  /** Always nullable, as Calcite finds nothing in common of two Java types that differ in that. */
  private final RelDataType opaqueType;

  private final Map<CorrelationId, RelDataType> correlated = new HashMap<>();
  private final Map<Integer, RelDataType> parameterTypes = new HashMap<>();

  OpaqueExpressions(RexBuilder builder) {
    this.builder = builder;
    this.types = builder.getTypeFactory();
    this.opaqueType =
        types.createTypeWithNullability(types.createJavaType(OpaqueValue.class), true);
  }

  /** The type of the rows here of what has another type in SQL. */
  RelDataType typeOf(RelDataType type) {
    if (!type.isStruct()) {
      return OpaqueFunctions.isOpaque(type) ? opaqueType : type;
    }
    RelDataTypeFactory.Builder row = types.builder();
    for (RelDataTypeField field : type.getFieldList()) {
      row.add(field.getName(), typeOf(field.getType()));
    }
    return row.build();
  }

  private static boolean isOpaque(RexNode value) {
    return OpaqueFunctions.isOpaque(value.getType());
  }

  /** What the parameters of the expressions so far are in SQL, by their numbers. */
  Map<Integer, RelDataType> parameterTypes() {
    return parameterTypes;
  }

  /** Says what a row of a query around this one has here. */
  void correlate(CorrelationId id, RelDataType rowType) {
    correlated.put(id, rowType);
  }

  /** A value as the rows have it. */
  RexNode value(RexNode expression) {
    RexNode expanded = RexUtil.expandSearch(builder, null, expression);
    return isOpaque(expanded) ? opaque(expanded) : plain(expanded);
  }

  /** A value, NULL too, as an element of a list: Calcite leaves out what is NULL. */
  RexNode element(RexNode value) {
    return builder.makeCall(
        types.createTypeWithNullability(opaqueType, false),
        OpaqueFunctions.ELEMENT,
        List.of(value));
  }

  /** The type here of what an aggregate gives. */
  RelDataType typeOf(SqlOperator aggregate, RelDataType type) {
    return OpaqueFunctions.isOpaque(type) && isChoosing(aggregate) ? opaqueType : type;
  }

  private static boolean isChoosing(SqlOperator aggregate) {
    return CHOOSING.contains(aggregate.getName().toUpperCase(Locale.ROOT));
  }

  /** A value that an aggregate gave, as the rows have it. */
  RexNode wrapped(RexNode value) {
    return isOpaque(value) && !(value.getType() instanceof RelDataTypeFactoryImpl.JavaType)
        ? wrap(value, value.getType())
        : value;
  }

  private RexNode wrap(RexNode value, RelDataType type) {
    return builder.makeCall(opaqueType, OpaqueFunctions.to(type), List.of(value));
  }

  /** An opaque value of an expression of an opaque type. */
  private RexNode opaque(RexNode expression) {
    if (expression instanceof RexInputRef ref) {
      return new RexInputRef(ref.getIndex(), opaqueType);
    }
    if (expression instanceof RexDynamicParam parameter) {
      parameterTypes.put(parameter.getIndex(), parameter.getType());
      return builder.makeDynamicParam(opaqueType, parameter.getIndex());
    }
    if (expression instanceof RexFieldAccess access
        && access.getReferenceExpr() instanceof RexCorrelVariable) {
      return access(access);
    }
    if (expression instanceof RexLiteral literal) {
      return literal.isNull() ? builder.makeNullLiteral(opaqueType) : literal(literal);
    }
    if (expression instanceof RexOver over) {
      RexNode plain = over(over);
      return isChoosing(over.getAggOperator()) ? plain : wrap(plain, over.getType());
    }
    if (expression instanceof RexCall call) {
      if (call.getKind() == SqlKind.CASE) {
        return builder.makeCall(opaqueType, call.getOperator(), branches(call));
      }
      SqlFunction addition = addition(call);
      if (addition != null) {
        RexNode added = plain(call.getOperands().get(1));
        return builder.makeCall(
            opaqueType,
            addition,
            List.of(
                opaque(call.getOperands().get(0)),
                call.getKind() == SqlKind.MINUS
                    ? builder.makeCall(
                        added.getType(), SqlStdOperatorTable.UNARY_MINUS, List.of(added))
                    : added));
      }
      SqlFunction ofText = OpaqueFunctions.ofText(call.getType());
      if (call.getKind() == SqlKind.CAST
          && ofText != null
          && SqlTypeUtil.isCharacter(call.getOperands().get(0).getType())) {
        return builder.makeCall(opaqueType, ofText, List.of(plain(call.getOperands().get(0))));
      }
      if (call.getKind() == SqlKind.CAST
          && call.getOperands().get(0).getType().getSqlTypeName()
              == call.getType().getSqlTypeName()) {
        return opaque(call.getOperands().get(0));
      }
    }
    return wrap(plain(expression), expression.getType());
  }

  /** What adds to a timestamp; null where a call does not do that. */
  private static @Nullable SqlFunction addition(RexCall call) {
    RexNode time = call.getOperands().isEmpty() ? call : call.getOperands().get(0);
    if (time.getType().getSqlTypeName() != call.getType().getSqlTypeName()) {
      return null;
    }
    if (call.getOperator().equals(StoreOperators.PLUS_MICROSECONDS)) {
      return OpaqueFunctions.PLUS_MICROSECONDS;
    }
    if (!call.getOperator().equals(SqlStdOperatorTable.DATETIME_PLUS)
        && !call.getOperator().equals(SqlStdOperatorTable.MINUS_DATE)) {
      return null;
    }
    return SqlTypeName.YEAR_INTERVAL_TYPES.contains(
            call.getOperands().get(1).getType().getSqlTypeName())
        ? OpaqueFunctions.PLUS_MONTHS
        : OpaqueFunctions.PLUS_MILLISECONDS;
  }

  /** By its text, as Calcite's literals of times are cut to milliseconds where they are run. */
  private RexNode literal(RexLiteral literal) {
    SqlFunction function = OpaqueFunctions.ofText(literal.getType());
    return function == null
        ? wrap(literal, literal.getType())
        : builder.makeCall(opaqueType, function, List.of(builder.makeLiteral(textOf(literal))));
  }

  private static String textOf(RexLiteral literal) {
    return String.valueOf(
        literal.getType().getSqlTypeName() == SqlTypeName.TIME
            ? literal.getValueAs(TimeString.class)
            : literal.getValueAs(TimestampString.class));
  }

  private List<RexNode> branches(RexCall call) {
    List<RexNode> operands = new ArrayList<>();
    int last = call.getOperands().size() - 1;
    for (int i = 0; i <= last; i++) {
      RexNode operand = call.getOperands().get(i);
      operands.add(i % 2 == 0 && i < last ? plain(operand) : ofBranch(operand));
    }
    return operands;
  }

  private RexNode ofBranch(RexNode operand) {
    return operand.getType().getSqlTypeName() == SqlTypeName.NULL
        ? builder.makeNullLiteral(opaqueType)
        : opaque(operand);
  }

  private RexNode access(RexFieldAccess access) {
    CorrelationId id = ((RexCorrelVariable) access.getReferenceExpr()).id;
    return builder.makeFieldAccess(
        builder.makeCorrel(correlated.get(id), id), access.getField().getIndex());
  }

  /** What Calcite's functions take in the place of an expression. */
  private RexNode plain(RexNode expression) {
    return expression.accept(
        new RexShuttle() {
          private RexNode unwrapped(RexNode value) {
            return isOpaque(value)
                ? builder.makeCall(
                    value.getType(), OpaqueFunctions.from(value.getType()), List.of(opaque(value)))
                : value;
          }

          @Override
          public RexNode visitInputRef(RexInputRef ref) {
            return unwrapped(ref);
          }

          @Override
          public RexNode visitDynamicParam(RexDynamicParam parameter) {
            parameterTypes.put(parameter.getIndex(), parameter.getType());
            return unwrapped(parameter);
          }

          @Override
          public RexNode visitFieldAccess(RexFieldAccess access) {
            if (!(access.getReferenceExpr() instanceof RexCorrelVariable)) {
              return super.visitFieldAccess(access);
            }
            return isOpaque(access) ? unwrapped(access) : access(access);
          }

          @Override
          public RexNode visitOver(RexOver over) {
            return isOpaque(over) ? unwrapped(over) : OpaqueExpressions.this.over(over);
          }

          @Override
          public RexNode visitCall(RexCall call) {
            if (call.getOperator().equals(StoreOperators.DIVIDE_INTEGERS)) {
              return builder.makeCall(
                  call.getType(), SqlStdOperatorTable.DIVIDE, visitList(call.getOperands()));
            }
            if (call.getOperator().equals(StoreOperators.WHOLE_UNITS_BETWEEN)) {
              return builder.makeCall(
                  call.getType(),
                  OpaqueFunctions.WHOLE_UNITS_BETWEEN,
                  call.getOperands().stream().map(OpaqueExpressions.this::value).toList());
            }
            if (call.getOperands().stream().noneMatch(OpaqueExpressions::isOpaque)) {
              return super.visitCall(call);
            }
            return switch (call.getKind()) {
              case EQUALS,
                  NOT_EQUALS,
                  IS_DISTINCT_FROM,
                  IS_NOT_DISTINCT_FROM,
                  IS_NULL,
                  IS_NOT_NULL ->
                  call.clone(
                      call.getType(),
                      call.getOperands().stream().map(OpaqueExpressions.this::ofBranch).toList());
              case LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL ->
                  builder.makeCall(
                      call.getOperator(),
                      builder.makeCall(
                          types.createTypeWithNullability(
                              types.createSqlType(SqlTypeName.INTEGER),
                              call.getType().isNullable()),
                          OpaqueFunctions.COMPARE,
                          call.getOperands().stream()
                              .map(OpaqueExpressions.this::ofBranch)
                              .toList()),
                      builder.makeExactLiteral(BigDecimal.ZERO));
              case CASE -> isOpaque(call) ? unwrapped(call) : super.visitCall(call);
              case CAST ->
                  SqlTypeUtil.isCharacter(call.getType())
                      ? builder.makeAbstractCast(
                          call.getType(),
                          builder.makeCall(
                              types.createTypeWithNullability(
                                  types.createSqlType(SqlTypeName.VARCHAR),
                                  call.getType().isNullable()),
                              OpaqueFunctions.TEXT,
                              List.of(opaque(call.getOperands().get(0)))),
                          false)
                      : super.visitCall(call);
              default -> super.visitCall(call);
            };
          }
        });
  }

  /** Calcite's execution takes no notice of these words in a window. */
  private RexNode over(RexOver over) {
    if (over.isDistinct() || over.ignoreNulls()) {
      throw MetaxyException.unsupported(
          "The store has no %s within a window, and it cannot be computed here"
              .formatted(over.isDistinct() ? "DISTINCT" : "IGNORE NULLS"));
    }
    return builder.makeOver(
        typeOf(over.getAggOperator(), over.getType()),
        over.getAggOperator(),
        over.getOperands().stream().map(this::value).toList(),
        over.getWindow().partitionKeys.stream().map(this::value).toList(),
        ImmutableList.copyOf(
            over.getWindow().orderKeys.stream()
                .map(key -> new RexFieldCollation(value(key.left), key.right))
                .toList()),
        over.getWindow().getLowerBound(),
        over.getWindow().getUpperBound(),
        over.getWindow().getExclude(),
        over.getWindow().isRows(),
        true,
        false,
        over.isDistinct(),
        over.ignoreNulls());
  }
}
