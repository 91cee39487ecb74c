package org.metaxyjdbc.filter;

import com.google.common.collect.Lists;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;

/** From the tree of a filter to that of a condition: one walk, collecting values as it goes. */
final class FilterTranslator {
  private static final SqlParserPos POS = SqlParserPos.ZERO;

  /** A longer list becomes a join with a sub-query, which H2 cannot do over parameters. */
  private static final int IN_LIST = 100;

  /** A side of a comparison. */
  private sealed interface Operand {
    record Column(FilterColumn column) implements Operand {
      SqlNode node() {
        return new SqlIdentifier(List.of(column.name()), POS);
      }
    }

    /** A {@link Boolean}, {@link BigDecimal} or {@link String}, or null for NULL. */
    record Value(@Nullable Object value) implements Operand {}
  }

  private final FilterColumns columns;
  private final List<Object> values = new ArrayList<>();
  private boolean namesColumn;

  FilterTranslator(FilterColumns columns) {
    this.columns = columns;
  }

  Filter translate(SqlNode expression) {
    SqlNode condition = condition(expression);
    return new Filter(condition, values, namesColumn);
  }

  private SqlNode condition(SqlNode node) {
    return switch (node.getKind()) {
      case AND, OR, NOT -> {
        SqlCall call = (SqlCall) node;
        List<SqlNode> operands = call.getOperandList().stream().map(this::condition).toList();
        yield call.getOperator().createCall(POS, operands);
      }
      case IDENTIFIER, LITERAL -> booleanOperand(node);
      case IS_NULL, IS_NOT_NULL -> {
        SqlCall call = (SqlCall) node;
        yield call.getOperator().createCall(POS, column(call).node());
      }
      case IS_TRUE, IS_NOT_FALSE -> booleanColumn(column((SqlCall) node));
      case IS_FALSE, IS_NOT_TRUE -> not(booleanColumn(column((SqlCall) node)));
      case EQUALS, NOT_EQUALS, LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL ->
          comparison((SqlCall) node);
      case IN, NOT_IN -> in((SqlCall) node);
      case BETWEEN -> between((SqlCall) node);
      case LIKE -> like((SqlCall) node);
      default -> throw unsupported(node);
    };
  }

  private static SqlNode not(SqlNode condition) {
    return SqlStdOperatorTable.NOT.createCall(POS, condition);
  }

  /** A boolean column, TRUE, FALSE or NULL where a condition is expected. */
  private SqlNode booleanOperand(SqlNode node) {
    Operand operand = operand(node);
    if (operand instanceof Operand.Column column) {
      return booleanColumn(column);
    }
    Object value = ((Operand.Value) operand).value();
    if (value == null) {
      return SqlLiteral.createUnknown(POS);
    }
    if (value instanceof Boolean) {
      return (SqlLiteral) node;
    }
    throw syntaxError("%s is a value, not a condition".formatted(FilteredStatement.text(node)));
  }

  private static SqlNode booleanColumn(Operand.Column operand) {
    FilterColumn column = operand.column();
    if (column.type() != ValueType.BOOLEAN) {
      throw new MetaxyException(
          SqlState.DATA_EXCEPTION,
          "Column '%s' is not boolean and no condition by itself; compare it with %s"
              .formatted(column.name(), column.type().comparableWith()));
    }
    return operand.node();
  }

  private SqlNode comparison(SqlCall call) {
    Operand left = operand(call.operand(0));
    Operand right = operand(call.operand(1));
    if (left instanceof Operand.Column a && right instanceof Operand.Column b) {
      requireComparable(a.column(), b.column());
      return call.getOperator().createCall(POS, a.node(), b.node());
    }
    if (left instanceof Operand.Column column) {
      return withNull(call, column, (Operand.Value) right)
          .orElseGet(
              () ->
                  call.getOperator()
                      .createCall(POS, column.node(), parameter(column, (Operand.Value) right)));
    }
    if (right instanceof Operand.Column column) {
      return withNull(call, column, (Operand.Value) left)
          .orElseGet(
              () ->
                  call.getOperator()
                      .createCall(POS, parameter(column, (Operand.Value) left), column.node()));
    }
    return constant(call, ((Operand.Value) left).value(), ((Operand.Value) right).value());
  }

  /** {@code = NULL} and {@code != NULL} mean what IS means; other comparisons match nothing. */
  private static Optional<SqlNode> withNull(
      SqlCall call, Operand.Column column, Operand.Value value) {
    if (value.value() != null) {
      return Optional.empty();
    }
    return Optional.of(
        switch (call.getKind()) {
          case EQUALS -> SqlStdOperatorTable.IS_NULL.createCall(POS, column.node());
          case NOT_EQUALS -> SqlStdOperatorTable.IS_NOT_NULL.createCall(POS, column.node());
          default -> SqlLiteral.createUnknown(POS);
        });
  }

  private static void requireComparable(FilterColumn a, FilterColumn b) {
    if (!a.type().isComparableWith(b.type())) {
      throw new MetaxyException(
          SqlState.DATA_EXCEPTION,
          "Columns '%s' and '%s' cannot be compared with each other: '%s' can be compared with %s"
              .formatted(a.name(), b.name(), a.name(), a.type().comparableWith()));
    }
  }

  private static SqlNode constant(SqlCall call, @Nullable Object left, @Nullable Object right) {
    if (left == null || right == null) {
      return SqlLiteral.createUnknown(POS);
    }
    int order = order(left, right).orElseThrow(() -> unsupported(call));
    boolean result =
        switch (call.getKind()) {
          case EQUALS -> order == 0;
          case NOT_EQUALS -> order != 0;
          case LESS_THAN -> order < 0;
          case LESS_THAN_OR_EQUAL -> order <= 0;
          case GREATER_THAN -> order > 0;
          default -> order >= 0;
        };
    return SqlLiteral.createBoolean(result, POS);
  }

  private static Optional<Integer> order(Object left, Object right) {
    if (left instanceof BigDecimal a && right instanceof BigDecimal b) {
      return Optional.of(a.compareTo(b));
    }
    if (left instanceof String a && right instanceof String b) {
      return Optional.of(a.compareTo(b));
    }
    if (left instanceof Boolean a && right instanceof Boolean b) {
      return Optional.of(a.compareTo(b));
    }
    return Optional.empty();
  }

  private SqlNode in(SqlCall call) {
    if (!(call.operand(1) instanceof SqlNodeList list)) {
      throw unsupported(call);
    }
    Operand.Column column = column(call);
    List<SqlNode> parameters = new ArrayList<>();
    for (SqlNode item : list) {
      Operand operand = operand(item);
      if (!(operand instanceof Operand.Value value)) {
        throw syntaxError(
            "IN takes values, not columns: %s".formatted(FilteredStatement.text(item)));
      }
      if (value.value() != null) {
        parameters.add(parameter(column, value));
      }
    }
    if (parameters.isEmpty()) {
      SqlOperator ofNothing =
          call.getKind() == SqlKind.IN
              ? SqlStdOperatorTable.NOT_EQUALS
              : SqlStdOperatorTable.EQUALS;
      requireComparable(column.column(), column.column());
      return ofNothing.createCall(POS, column.node(), column.node());
    }
    SqlOperator or =
        call.getKind() == SqlKind.IN ? SqlStdOperatorTable.OR : SqlStdOperatorTable.AND;
    return Lists.partition(parameters, IN_LIST).stream()
        .map(
            part ->
                (SqlNode)
                    call.getOperator().createCall(POS, column.node(), new SqlNodeList(part, POS)))
        .reduce((a, b) -> or.createCall(POS, a, b))
        .orElseThrow();
  }

  private SqlNode between(SqlCall call) {
    Operand.Column column = column(call);
    List<SqlNode> operands = new ArrayList<>();
    operands.add(column.node());
    for (SqlNode bound : call.getOperandList().subList(1, 3)) {
      Operand operand = operand(bound);
      if (operand instanceof Operand.Column other) {
        requireComparable(column.column(), other.column());
        operands.add(other.node());
      } else {
        Operand.Value value = (Operand.Value) operand;
        operands.add(value.value() == null ? SqlLiteral.createNull(POS) : parameter(column, value));
      }
    }
    return call.getOperator().createCall(POS, operands);
  }

  /** Without ESCAPE a backslash is a character like any other, though not in every store. */
  private SqlNode like(SqlCall call) {
    SqlOperator operator = call.getOperator();
    if (!operator.equals(SqlStdOperatorTable.LIKE)
        && !operator.equals(SqlStdOperatorTable.NOT_LIKE)) {
      throw unsupported(call);
    }
    Operand.Column column = column(call);
    if (column.column().type() != ValueType.TEXT) {
      throw new MetaxyException(
          SqlState.DATA_EXCEPTION,
          "Column '%s' is not text and cannot be matched with LIKE; it can be compared with %s"
              .formatted(column.column().name(), column.column().type().comparableWith()));
    }
    List<SqlNode> operands = new ArrayList<>();
    operands.add(column.node());
    String pattern = text(call, 1);
    operands.add(parameter(pattern));
    if (call.operandCount() > 2) {
      operands.add(parameter(text(call, 2)));
    } else if (pattern.indexOf('\\') >= 0) {
      operands.add(SqlLiteral.createCharString("", POS));
    }
    return operator.createCall(POS, operands);
  }

  private String text(SqlCall call, int i) {
    if (operand(call.operand(i)) instanceof Operand.Value value
        && value.value() instanceof String text) {
      return text;
    }
    throw unsupported(call);
  }

  private SqlNode parameter(Operand.Column operand, Operand.Value literal) {
    FilterColumn column = operand.column();
    Object value = literal.value();
    if (value == null) {
      throw new IllegalArgumentException("NULL is no value");
    }
    return parameter(
        column
            .type()
            .valueOf(value)
            .orElseThrow(
                () ->
                    new MetaxyException(
                        SqlState.DATA_EXCEPTION,
                        "Column '%s' cannot be compared with %s; it can be compared with %s"
                            .formatted(
                                column.name(), written(value), column.type().comparableWith()))));
  }

  private static String written(Object value) {
    return value instanceof String text ? "'" + text + "'" : value.toString();
  }

  private SqlNode parameter(Object value) {
    values.add(value);
    return new SqlDynamicParam(values.size() - 1, POS);
  }

  /** The first operand, which must be a column. */
  private Operand.Column column(SqlCall call) {
    if (operand(call.operand(0)) instanceof Operand.Column column) {
      return column;
    }
    throw syntaxError("The left side must be a column: %s".formatted(FilteredStatement.text(call)));
  }

  private Operand operand(SqlNode node) {
    if (node instanceof SqlIdentifier identifier && !identifier.isStar()) {
      namesColumn = true;
      return new Operand.Column(columns.require(identifier));
    }
    if (node instanceof SqlLiteral literal) {
      return new Operand.Value(value(literal));
    }
    if (node.getKind() == SqlKind.MINUS_PREFIX || node.getKind() == SqlKind.PLUS_PREFIX) {
      SqlNode signed = ((SqlCall) node).operand(0);
      if (operand(signed) instanceof Operand.Value value
          && value.value() instanceof BigDecimal number) {
        return new Operand.Value(node.getKind() == SqlKind.MINUS_PREFIX ? number.negate() : number);
      }
    }
    throw unsupported(node);
  }

  private static @Nullable Object value(SqlLiteral literal) {
    SqlTypeName type = literal.getTypeName();
    if (type == SqlTypeName.NULL) {
      return null;
    }
    if (type == SqlTypeName.BOOLEAN) {
      return literal.getValueAs(Boolean.class);
    }
    if (SqlTypeName.NUMERIC_TYPES.contains(type)) {
      return literal.getValueAs(BigDecimal.class);
    }
    if (SqlTypeName.CHAR_TYPES.contains(type)) {
      return literal.getValueAs(String.class);
    }
    throw unsupported(literal);
  }

  private static MetaxyException unsupported(SqlNode node) {
    return syntaxError(
        "Unsupported expression: %s. A filter compares columns with numbers, 'text', TRUE, FALSE or NULL by = != < <= > >= IN LIKE BETWEEN IS, combined with AND, OR, NOT; a column named like a word of SQL is written in double quotes"
            .formatted(FilteredStatement.text(node)));
  }

  private static MetaxyException syntaxError(String message) {
    return new MetaxyException(SqlState.SYNTAX_ERROR, message);
  }
}
