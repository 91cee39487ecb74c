package org.metaxyjdbc.adapter;

import java.math.BigDecimal;
import java.util.List;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.metaxyjdbc.store.MetaxyTypeSystem;
import org.metaxyjdbc.store.StoreCapability;
import org.metaxyjdbc.store.StoreDialect;
import org.metaxyjdbc.store.StoreOperators;

/**
 * Expressions whose SQL means different things in different stores, in such as mean one thing:
 * Calcite's. What depends on the types of operands is done here, where they are known; the rest is
 * spelled by each store.
 */
final class StoreExpressions extends RelHomogeneousShuttle {
  private static final BigDecimal MILLIS_OF_DAY = BigDecimal.valueOf(86_400_000);

  private final StoreDialect dialect;

  StoreExpressions(StoreDialect dialect) {
    this.dialect = dialect;
  }

  @Override
  public RelNode visit(RelNode other) {
    RelNode visited = super.visit(other);
    return visited.accept(new Rewriting(visited.getCluster().getRexBuilder()));
  }

  private final class Rewriting extends RexShuttle {
    private final RexBuilder builder;

    Rewriting(RexBuilder builder) {
      this.builder = builder;
    }

    @Override
    public RexNode visitSubQuery(RexSubQuery subQuery) {
      RexSubQuery visited = (RexSubQuery) super.visitSubQuery(subQuery);
      return visited.clone(visited.rel.accept(new StoreExpressions(dialect)));
    }

    /**
     * {@code 1e0} is an exact number in some stores. A unit such as QUARTER has its value in months
     * or milliseconds.
     */
    @Override
    public RexNode visitLiteral(RexLiteral literal) {
      SqlTypeName type = literal.getType().getSqlTypeName();
      if (SqlTypeName.APPROX_TYPES.contains(type)
          && literal.getTypeName() != SqlTypeName.SARG
          && !literal.isNull()) {
        return builder.makeAbstractCast(literal.getType(), literal, false);
      }
      SqlIntervalQualifier unit = literal.getType().getIntervalQualifier();
      BigDecimal value = unit == null ? null : literal.getValueAs(BigDecimal.class);
      return value == null
          ? literal
          : switch (unit.getStartUnit()) {
            case QUARTER, DECADE, CENTURY, MILLENNIUM ->
                interval(value, TimeUnit.MONTH, BigDecimal.ONE);
            case WEEK -> interval(value, TimeUnit.DAY, MILLIS_OF_DAY);
            default -> literal;
          };
    }

    private RexLiteral interval(BigDecimal value, TimeUnit unit, BigDecimal unitValue) {
      int digits = value.divide(unitValue).toBigInteger().abs().toString().length();
      return builder.makeIntervalLiteral(
          value, new SqlIntervalQualifier(unit, Math.max(2, digits), null, -1, SqlParserPos.ZERO));
    }

    @Override
    public RexNode visitCall(RexCall call) {
      if (call.getKind() == SqlKind.CAST && call.getOperands().get(0) instanceof RexLiteral) {
        return cast(call);
      }
      RexCall visited = (RexCall) super.visitCall(call);
      return switch (call.getKind()) {
        case CAST -> cast(visited);
        case CEIL -> visited.getOperands().size() == 2 ? ceil(visited) : visited;
        case FLOOR, PLUS, MINUS, PLUS_PREFIX, TIMES ->
            call.getType().getSqlTypeName() == SqlTypeName.DATE ? date(visited) : ofTime(visited);
        case DIVIDE ->
            call.getType().getSqlTypeName() == SqlTypeName.DECIMAL
                ? builder.makeCall(
                    call.getType(), StoreOperators.DIVIDE_DECIMALS, visited.getOperands())
                : visited;
        case MOD ->
            SqlTypeUtil.isIntType(call.getType())
                ? visited
                : builder.makeCall(
                    call.getType(), StoreOperators.MOD_DECIMALS, visited.getOperands());
        default ->
            call.getOperator().equals(SqlStdOperatorTable.OCTET_LENGTH)
                ? octetLength(visited)
                : visited;
      };
    }

    /** Calcite takes a text for bytes, which not every text is the text of. */
    private RexNode octetLength(RexCall length) {
      RexNode bytes = length.getOperands().get(0);
      return bytes.isA(SqlKind.CAST)
              && SqlTypeUtil.isCharacter(((RexCall) bytes).getOperands().get(0).getType())
          ? builder.makeCall(
              length.getType(), StoreOperators.BYTES_OF_TEXT, ((RexCall) bytes).getOperands())
          : length;
    }

    /** TRUE is text in capitals. A half is rounded away from zero, whatever the number's type. */
    private RexNode cast(RexCall cast) {
      RexNode operand = cast.getOperands().get(0);
      RelDataType from = operand.getType();
      RelDataType to = cast.getType();
      if (from.getSqlTypeName() == SqlTypeName.BOOLEAN && SqlTypeUtil.isCharacter(to)) {
        return builder.makeCall(to, SqlStdOperatorTable.UPPER, List.of(text(cast)));
      }
      if (SqlTypeUtil.isApproximateNumeric(from) && SqlTypeUtil.isIntType(to)) {
        return builder.makeAbstractCast(
            to,
            builder.makeCall(from, SqlStdOperatorTable.ROUND, List.of(operand.accept(this))),
            false);
      }
      return text(cast);
    }

    private RexNode text(RexCall cast) {
      return dialect.can(StoreCapability.TEXT_LENGTHS)
              || !isCut(cast.getOperands().get(0).getType(), cast.getType())
          ? cast
          : cut(cast);
    }

    private static boolean isCut(RelDataType from, RelDataType to) {
      return SqlTypeUtil.isCharacter(to)
          && to.getPrecision() >= 0
          && !(SqlTypeUtil.isCharacter(from)
              && from.getPrecision() >= 0
              && from.getPrecision() <= to.getPrecision());
    }

    private RexNode cut(RexCall cast) {
      RelDataType text =
          builder
              .getTypeFactory()
              .createTypeWithNullability(
                  builder.getTypeFactory().createSqlType(SqlTypeName.VARCHAR),
                  cast.getType().isNullable());
      return builder.makeCall(
          cast.getType(),
          SqlLibraryOperators.LEFT,
          List.of(
              builder.makeAbstractCast(text, cast.getOperands().get(0), false),
              builder.makeExactLiteral(BigDecimal.valueOf(cast.getType().getPrecision()))));
    }

    /** A date plus an interval is a date, also where the store makes it a timestamp. */
    private RexNode date(RexCall call) {
      return builder.makeAbstractCast(call.getType(), call, false);
    }

    /** A timestamp that comes from a date has its hours before they are added to. */
    private RexNode ofTime(RexCall call) {
      return call.getType().getSqlTypeName() == SqlTypeName.TIMESTAMP
              && call.getOperands().get(0).getType().getSqlTypeName() == SqlTypeName.DATE
          ? call.clone(
              call.getType(),
              List.of(timestamp(call.getOperands().get(0)), call.getOperands().get(1)))
          : call;
    }

    private RexNode timestamp(RexNode time) {
      return time.getType().getSqlTypeName() == SqlTypeName.DATE
          ? builder.makeAbstractCast(
              builder
                  .getTypeFactory()
                  .createTypeWithNullability(
                      builder
                          .getTypeFactory()
                          .createSqlType(
                              SqlTypeName.TIMESTAMP, MetaxyTypeSystem.TIMESTAMP_PRECISION),
                      time.getType().isNullable()),
              time,
              false)
          : time;
    }

    /** The floor of what is a unit later, less the smallest step. */
    private RexNode ceil(RexCall ceil) {
      TimeUnitRange unit = ((RexLiteral) ceil.getOperands().get(1)).getValueAs(TimeUnitRange.class);
      if (unit == null || unit.startUnit == TimeUnit.MICROSECOND) {
        return ceil.getOperands().get(0);
      }
      RexNode time = timestamp(ceil.getOperands().get(0));
      RexNode later =
          builder.makeCall(
              time.getType(),
              SqlStdOperatorTable.DATETIME_PLUS,
              List.of(time, step(unit.startUnit)));
      RexNode before =
          builder.makeCall(
              time.getType(),
              StoreOperators.PLUS_MICROSECONDS,
              List.of(later, builder.makeExactLiteral(BigDecimal.ONE.negate())));
      RexCall floor =
          (RexCall)
              builder.makeCall(
                  time.getType(),
                  SqlStdOperatorTable.FLOOR,
                  List.of(before, ceil.getOperands().get(1)));
      return ceil.getType().getSqlTypeName() == SqlTypeName.DATE
          ? builder.makeAbstractCast(ceil.getType(), floor, false)
          : floor;
    }

    private RexLiteral step(TimeUnit unit) {
      return unit.yearMonth
          ? interval(unit.multiplier, TimeUnit.MONTH, BigDecimal.ONE)
          : unit == TimeUnit.WEEK || unit == TimeUnit.DAY
              ? interval(unit.multiplier, TimeUnit.DAY, MILLIS_OF_DAY)
              : interval(unit.multiplier, TimeUnit.SECOND, BigDecimal.valueOf(1000));
    }
  }
}
