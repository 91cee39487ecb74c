package org.metaxyjdbc.adapter;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * Conditions of many parts, such as an IN list of parameters, as a tree that is as flat as it can
 * be: Calcite makes OR and AND pairs, one within the other, and writing some thousands of them
 * would overflow the stack.
 */
final class LongConditions extends SqlShuttle {
  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    if (call.getKind() != SqlKind.OR && call.getKind() != SqlKind.AND) {
      return super.visit(call);
    }
    Deque<SqlNode> parts = new ArrayDeque<>();
    SqlNode left = call;
    while (left instanceof SqlCall pair
        && pair.getKind() == call.getKind()
        && pair.operandCount() == 2) {
      parts.addFirst(pair.operand(1));
      left = pair.operand(0);
    }
    parts.addFirst(left);
    List<SqlNode> visited = new ArrayList<>();
    for (SqlNode part : parts) {
      SqlNode written = part.accept(this);
      visited.add(written == null ? part : written);
    }
    return halved(call.getOperator(), visited);
  }

  private static SqlNode halved(SqlOperator operator, List<SqlNode> parts) {
    int size = parts.size();
    return size == 1
        ? parts.get(0)
        : operator.createCall(
            SqlParserPos.ZERO,
            halved(operator, parts.subList(0, size / 2)),
            halved(operator, parts.subList(size / 2, size)));
  }
}
