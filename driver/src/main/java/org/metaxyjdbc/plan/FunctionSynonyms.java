package org.metaxyjdbc.plan;

import java.util.List;
import java.util.Locale;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/** Functions of PostgreSQL that tools write, in the words of the SQL standard. */
final class FunctionSynonyms extends SqlShuttle {
  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    SqlNode visited = super.visit(call);
    if (!(visited instanceof SqlCall known)
        || !(known.getOperator() instanceof SqlFunction function)) {
      return visited;
    }
    List<SqlNode> operands = known.getOperandList();
    SqlParserPos position = known.getParserPosition();
    switch (function.getName().toUpperCase(Locale.ROOT)) {
      case "NOW" -> {
        return operands.isEmpty()
            ? SqlStdOperatorTable.CURRENT_TIMESTAMP.createCall(position)
            : visited;
      }
      case "DATE_TRUNC" -> {
        TimeUnit unit = operands.size() == 2 ? unit(operands.get(0)) : null;
        return unit == null
            ? visited
            : SqlStdOperatorTable.FLOOR.createCall(
                position, operands.get(1), new SqlIntervalQualifier(unit, null, position));
      }
      case "DATE_PART" -> {
        TimeUnit unit = operands.size() == 2 ? unit(operands.get(0)) : null;
        return unit == null
            ? visited
            : SqlStdOperatorTable.EXTRACT.createCall(
                position, new SqlIntervalQualifier(unit, null, position), operands.get(1));
      }
      case "MEDIAN" -> {
        return operands.size() == 1
            ? SqlStdOperatorTable.WITHIN_GROUP.createCall(
                position,
                SqlStdOperatorTable.PERCENTILE_CONT.createCall(
                    position, SqlLiteral.createExactNumeric("0.5", position)),
                SqlNodeList.of(operands.get(0)))
            : visited;
      }
      default -> {
        return visited;
      }
    }
  }

  /** The unit that a text literal names; null where it names none. */
  private static @Nullable TimeUnit unit(SqlNode node) {
    if (!(node instanceof SqlLiteral literal)) {
      return null;
    }
    String name = String.valueOf(literal.toValue()).toUpperCase(Locale.ROOT);
    for (TimeUnit unit : TimeUnit.values()) {
      if (unit.name().equals(name)) {
        return unit;
      }
    }
    return null;
  }
}
