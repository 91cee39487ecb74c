package org.metaxyjdbc.plan;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlAvgAggFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserUtil;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql2rel.SqlRexContext;
import org.apache.calcite.sql2rel.SqlRexConvertlet;
import org.apache.calcite.sql2rel.SqlRexConvertletTable;
import org.apache.calcite.sql2rel.StandardConvertletTable;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.store.MetaxyTypeSystem;
import org.metaxyjdbc.store.StoreOperators;

/**
 * Calcite's own conversion of expressions to algebra, but for what it would cut: intervals, which
 * it counts in milliseconds, and the mean over a window, to which it gives the digits of the
 * values.
 */
final class StoreConvertlets implements SqlRexConvertletTable {
  static final SqlRexConvertletTable INSTANCE = new StoreConvertlets();

  private static final Pattern MICROSECONDS = Pattern.compile("\\.\\d{3}(\\d{1,3})$");

  private StoreConvertlets() {}

  @Override
  public @Nullable SqlRexConvertlet get(SqlCall call) {
    if (call.getOperator() instanceof SqlAvgAggFunction
        || call.getOperator().equals(SqlStdOperatorTable.SQRT)) {
      return (context, mean) -> StandardConvertletTable.INSTANCE.convertCall(context, mean);
    }
    SqlRexConvertlet standard = StandardConvertletTable.INSTANCE.get(call);
    if (call.getKind() == SqlKind.TIMESTAMP_ADD && call.operandCount() == 3) {
      return (context, add) -> timestampAdd(context, add, standard);
    }
    if (call.getKind() == SqlKind.TIMESTAMP_DIFF && call.operandCount() == 3) {
      return (context, difference) -> timestampDiff(context, difference);
    }
    if (call.getOperator().equals(SqlStdOperatorTable.CURRENT_CATALOG)) {
      return (context, catalog) -> name(context, 0);
    }
    if (call.getOperator().equals(SqlStdOperatorTable.CURRENT_SCHEMA)) {
      return (context, schema) -> name(context, 1);
    }
    if (call.getKind() == SqlKind.DIVIDE && standard != null) {
      return (context, division) -> divide(context, division, standard);
    }
    return isArithmetic(call) ? StoreConvertlets::plusInterval : standard;
  }

  /** The catalog or schema in which a name is looked for first. */
  private static RexNode name(SqlRexContext context, int part) {
    return context
        .getRexBuilder()
        .makeLiteral(
            context.getValidator().getCatalogReader().getSchemaPaths().get(0).get(part),
            context.getTypeFactory().createSqlType(SqlTypeName.VARCHAR, 2000),
            true);
  }

  private static RexNode timestampDiff(SqlRexContext context, SqlCall call) {
    RexBuilder builder = context.getRexBuilder();
    TimeUnit unit = context.getValidator().validateTimeFrame(call.operand(0)).unit();
    if (unit == null) {
      throw MetaxyException.unsupported("There is no unit %s".formatted(call.operand(0)));
    }
    RelDataType type = context.getValidator().getValidatedNodeType(call);
    RexNode difference =
        builder.makeCall(
            StoreOperators.WHOLE_UNITS_BETWEEN,
            builder.makeLiteral(unit.name()),
            timestamp(builder, context.convertExpression(call.operand(1))),
            timestamp(builder, context.convertExpression(call.operand(2))));
    return builder.makeCast(type, difference);
  }

  private static RexNode timestamp(RexBuilder builder, RexNode time) {
    return time.getType().getSqlTypeName() == SqlTypeName.DATE
        ? builder.makeCast(
            builder
                .getTypeFactory()
                .createTypeWithNullability(
                    builder
                        .getTypeFactory()
                        .createSqlType(SqlTypeName.TIMESTAMP, MetaxyTypeSystem.TIMESTAMP_PRECISION),
                    time.getType().isNullable()),
            time)
        : time;
  }

  /** Not every store divides integers as integers unless it is told to. */
  private static RexNode divide(
      SqlRexContext context, SqlCall division, SqlRexConvertlet standard) {
    RexNode quotient = standard.convertCall(context, division);
    return quotient instanceof RexCall call
            && call.isA(SqlKind.DIVIDE)
            && call.getOperands().stream().allMatch(o -> SqlTypeUtil.isIntType(o.getType()))
        ? context
            .getRexBuilder()
            .makeCall(call.getType(), StoreOperators.DIVIDE_INTEGERS, call.getOperands())
        : quotient;
  }

  private static RexNode timestampAdd(
      SqlRexContext context, SqlCall call, @Nullable SqlRexConvertlet standard) {
    SqlIntervalQualifier unit = call.operand(0);
    if (context.getValidator().validateTimeFrame(unit).unit() == TimeUnit.MICROSECOND) {
      RexBuilder builder = context.getRexBuilder();
      return plusMicroseconds(
          builder,
          builder.ensureType(
              context.getValidator().getValidatedNodeType(call),
              context.convertExpression(call.operand(2)),
              true),
          context.convertExpression(call.operand(1)));
    }
    if (standard == null) {
      throw new IllegalStateException("no conversion of " + call.getOperator());
    }
    return standard.convertCall(context, call);
  }

  private static boolean isArithmetic(SqlCall call) {
    return (call.getKind() == SqlKind.PLUS || call.getKind() == SqlKind.MINUS)
        && call.operandCount() == 2
        && microseconds(call.operand(1)) != null;
  }

  /** A timestamp plus or minus an interval that has microseconds. */
  private static RexNode plusInterval(SqlRexContext context, SqlCall call) {
    BigDecimal microseconds = microseconds(call.operand(1));
    if (microseconds == null) {
      throw new IllegalStateException("no microseconds in " + call);
    }
    RexBuilder builder = context.getRexBuilder();
    return plusMicroseconds(
        builder,
        context.convertExpression(call.operand(0)),
        builder.makeExactLiteral(
            call.getKind() == SqlKind.PLUS ? microseconds : microseconds.negate()));
  }

  private static RexNode plusMicroseconds(RexBuilder builder, RexNode timestamp, RexNode count) {
    return builder.makeCall(StoreOperators.PLUS_MICROSECONDS, timestamp, count);
  }

  /** The microseconds of an interval; null where it has none besides its milliseconds. */
  private static @Nullable BigDecimal microseconds(SqlNode node) {
    if (!(node instanceof SqlIntervalLiteral literal)) {
      return null;
    }
    SqlIntervalLiteral.IntervalValue value =
        literal.getValueAs(SqlIntervalLiteral.IntervalValue.class);
    String text = value.getIntervalLiteral().strip();
    Matcher matcher = MICROSECONDS.matcher(text);
    if (!matcher.find()) {
      return null;
    }
    long beyondMillis = Long.parseLong((matcher.group(1) + "00").substring(0, 3));
    long micros =
        SqlParserUtil.intervalToMillis(value) * 1_000
            + (text.startsWith("-") ? -beyondMillis : beyondMillis);
    return BigDecimal.valueOf(value.getSign() * micros);
  }
}
