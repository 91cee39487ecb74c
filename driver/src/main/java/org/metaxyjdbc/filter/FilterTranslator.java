package org.metaxyjdbc.filter;

import com.google.common.collect.Lists;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;

/** From the tree of a filter to that of a condition: one walk, collecting values as it goes. */
final class FilterTranslator {
  private static final SqlParserPos POS = SqlParserPos.ZERO;

  /** A longer list becomes a join with a sub-query, which H2 cannot do over parameters. */
  private static final int IN_LIST = 100;

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
    if (operand instanceof FilterColumn column) {
      return booleanColumn(column);
    }
    Object value = ((Operand.Value) operand).value();
    if (value == null) {
      return SqlLiteral.createUnknown(POS);
    }
    if (value instanceof Boolean truth) {
      return SqlLiteral.createBoolean(truth, POS);
    }
    throw syntaxError("%s is a value, not a condition".formatted(operand));
  }

  private static SqlNode booleanColumn(FilterColumn column) {
    if (column.type() != ValueType.BOOLEAN) {
      throw notComparable(
          "Column '%s' is not boolean and no condition by itself".formatted(column.name()), column);
    }
    return column.node();
  }

  private SqlNode comparison(SqlCall call) {
    Operand left = operand(call.operand(0));
    Operand right = operand(call.operand(1));
    SqlOperator operator = call.getOperator();
    if (left instanceof FilterColumn column) {
      return isNull(right)
          ? withNull(operator, column)
          : operator.createCall(POS, column.node(), comparable(column, right));
    }
    if (right instanceof FilterColumn column) {
      return isNull(left)
          ? withNull(operator, column)
          : operator.createCall(POS, comparable(column, left), column.node());
    }
    return isNull(left) || isNull(right)
        ? SqlLiteral.createUnknown(POS)
        : SqlLiteral.createBoolean(
            constant(call, (Operand.Value) left, (Operand.Value) right), POS);
  }

  private static boolean isNull(Operand operand) {
    return operand instanceof Operand.Value value && value.value() == null;
  }

  /** {@code = NULL} and {@code != NULL} mean what IS means; other comparisons match nothing. */
  private static SqlNode withNull(SqlOperator operator, FilterColumn column) {
    return switch (operator.getKind()) {
      case EQUALS -> SqlStdOperatorTable.IS_NULL.createCall(POS, column.node());
      case NOT_EQUALS -> SqlStdOperatorTable.IS_NOT_NULL.createCall(POS, column.node());
      default -> SqlLiteral.createUnknown(POS);
    };
  }

  private static boolean constant(SqlCall call, Operand.Value left, Operand.Value right) {
    int order = left.compareTo(right).orElseThrow(() -> unsupported(call));
    return switch (call.getKind()) {
      case EQUALS -> order == 0;
      case NOT_EQUALS -> order != 0;
      case LESS_THAN -> order < 0;
      case LESS_THAN_OR_EQUAL -> order <= 0;
      case GREATER_THAN -> order > 0;
      default -> order >= 0;
    };
  }

  private SqlNode in(SqlCall call) {
    if (!(call.operand(1) instanceof SqlNodeList list)) {
      throw unsupported(call);
    }
    FilterColumn column = column(call);
    boolean in = call.getKind() == SqlKind.IN;
    List<SqlNode> parameters = new ArrayList<>();
    for (SqlNode item : list) {
      Operand operand = operand(item);
      if (operand instanceof FilterColumn other) {
        throw syntaxError("IN takes values, not columns such as '%s'".formatted(other.name()));
      }
      if (!isNull(operand)) {
        parameters.add(comparable(column, operand));
      }
    }
    if (parameters.isEmpty()) {
      SqlOperator inNothing = in ? SqlStdOperatorTable.NOT_EQUALS : SqlStdOperatorTable.EQUALS;
      return inNothing.createCall(POS, column.node(), comparable(column, column));
    }
    SqlOperator or = in ? SqlStdOperatorTable.OR : SqlStdOperatorTable.AND;
    return Lists.partition(parameters, IN_LIST).stream()
        .map(part -> inList(call.getOperator(), column, part))
        .reduce((a, b) -> or.createCall(POS, a, b))
        .orElseThrow();
  }

  private static SqlNode inList(SqlOperator in, FilterColumn column, List<SqlNode> parameters) {
    return in.createCall(POS, column.node(), new SqlNodeList(parameters, POS));
  }

  private SqlNode between(SqlCall call) {
    FilterColumn column = column(call);
    List<SqlNode> operands = new ArrayList<>();
    operands.add(column.node());
    for (SqlNode bound : call.getOperandList().subList(1, 3)) {
      Operand operand = operand(bound);
      operands.add(isNull(operand) ? SqlLiteral.createNull(POS) : comparable(column, operand));
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
    FilterColumn column = column(call);
    if (column.type() != ValueType.TEXT) {
      throw notComparable(
          "Column '%s' is not text and cannot be matched with LIKE".formatted(column.name()),
          column);
    }
    String pattern = text(call, 1);
    List<SqlNode> operands = new ArrayList<>();
    operands.add(column.node());
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

  /** What a column is compared with, if it can be: another column, or a value other than NULL. */
  private SqlNode comparable(FilterColumn column, Operand operand) {
    if (operand instanceof FilterColumn other) {
      if (!column.type().isComparableWith(other.type())) {
        throw notComparable(
            "Columns '%s' and '%s' cannot be compared".formatted(column.name(), other.name()),
            column);
      }
      return other.node();
    }
    Object value = ((Operand.Value) operand).value();
    if (value == null) {
      throw new IllegalArgumentException("NULL is no value");
    }
    return parameter(
        column
            .type()
            .valueOf(value)
            .orElseThrow(
                () ->
                    notComparable(
                        "Column '%s' cannot be compared with %s".formatted(column.name(), operand),
                        column)));
  }

  private SqlNode parameter(Object value) {
    values.add(value);
    return new SqlDynamicParam(values.size() - 1, POS);
  }

  /** The first operand, which must be a column. */
  private FilterColumn column(SqlCall call) {
    if (operand(call.operand(0)) instanceof FilterColumn column) {
      return column;
    }
    throw syntaxError("The left side must be a column: %s".formatted(FilteredStatement.text(call)));
  }

  private Operand operand(SqlNode node) {
    Operand operand = Operand.of(node, columns).orElseThrow(() -> unsupported(node));
    namesColumn |= operand instanceof FilterColumn;
    return operand;
  }

  private static MetaxyException notComparable(String what, FilterColumn column) {
    return new MetaxyException(
        SqlState.DATA_EXCEPTION,
        "%s; '%s' can be compared with %s"
            .formatted(what, column.name(), column.type().comparableWith()));
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
