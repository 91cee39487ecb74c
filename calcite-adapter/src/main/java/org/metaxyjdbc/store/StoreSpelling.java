package org.metaxyjdbc.store;

import java.util.List;
import java.util.Set;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWriter;

/**
 * The spellings of {@link StoreOperators} that more than one store, or only SQL text, can express.
 */
final class StoreSpelling {
  private StoreSpelling() {}

  /** A text literal: all stores take any character as it is, and a quote doubled. */
  static void text(StringBuilder buffer, String value) {
    buffer.append('\'').append(value.replace("'", "''")).append('\'');
  }

  /** {@code (timestamp + interval)}. */
  static void plus(SqlWriter writer, SqlCall call, String interval) {
    SqlWriter.Frame frame = writer.startList("(", ")");
    call.operand(0).unparse(writer, 0, 0);
    writer.print("+ " + interval);
    writer.endList(frame);
  }

  /**
   * A timestamp plus a number of intervals, which stands between {@code before} and {@code after}.
   */
  static void plus(SqlWriter writer, SqlCall call, String before, String after) {
    SqlWriter.Frame frame = writer.startList("(", ")");
    call.operand(0).unparse(writer, 0, 0);
    writer.print("+ " + before);
    call.operand(1).unparse(writer, 0, 0);
    writer.print(after);
    writer.endList(frame);
  }

  /** {@code a IS NOT DISTINCT FROM b}. */
  static void isNotDistinctFrom(SqlWriter writer, SqlCall call) {
    SqlWriter.Frame frame = writer.startList("(", ")");
    call.operand(0).unparse(writer, 0, 0);
    writer.keyword("IS NOT DISTINCT FROM");
    call.operand(1).unparse(writer, 0, 0);
    writer.endList(frame);
  }

  /**
   * {@code CAST(ROW(a) AS record) = CAST(ROW(b) AS record)}: records compare NULLs as equal, and
   * hash.
   */
  static void equalRecords(SqlWriter writer, SqlCall call) {
    SqlWriter.Frame frame = writer.startList("(", ")");
    record(writer, call, 0);
    writer.print("= ");
    record(writer, call, 1);
    writer.endList(frame);
  }

  /** Whether a call is EXTRACT of that unit. */
  static boolean isExtract(SqlCall call, TimeUnitRange unit) {
    return call.getKind() == SqlKind.EXTRACT && call.operand(0).toString().equals(unit.name());
  }

  /** A function by the store's own name for it. */
  static void renamed(SqlWriter writer, SqlCall call, String name) {
    SqlWriter.Frame frame = writer.startFunCall(name);
    for (SqlNode operand : call.getOperandList()) {
      writer.sep(",");
      operand.unparse(writer, 0, 0);
    }
    writer.endFunCall(frame);
  }

  /** Whether an aggregate of values in an order that is no hypothetical set or percentile. */
  static boolean isOrdered(SqlCall call, SqlKind... kinds) {
    return call.getKind() == SqlKind.WITHIN_GROUP
        && Set.of(kinds).contains(call.operand(0).getKind());
  }

  /** {@code name(a, b ORDER BY c)}, for {@code AGGREGATE(a, b) WITHIN GROUP (ORDER BY c)}. */
  static void ordered(SqlWriter writer, SqlCall call, String name, boolean asText) {
    SqlCall aggregate = call.operand(0);
    SqlWriter.Frame frame = writer.startFunCall(name);
    SqlLiteral quantifier = aggregate.getFunctionQuantifier();
    if (quantifier != null) {
      quantifier.unparse(writer, 0, 0);
    }
    for (int i = 0; i < aggregate.operandCount(); i++) {
      writer.sep(",");
      if (i == 0 && asText) {
        SqlWriter.Frame cast = writer.startFunCall("CAST");
        aggregate.operand(i).unparse(writer, 0, 0);
        writer.print("AS VARCHAR");
        writer.endFunCall(cast);
      } else {
        aggregate.operand(i).unparse(writer, 0, 0);
      }
    }
    SqlNodeList order = call.operand(1);
    if (!order.isEmpty()) {
      writer.keyword("ORDER BY");
      SqlWriter.Frame list = writer.startList(SqlWriter.FrameTypeEnum.ORDER_BY_LIST);
      order.unparse(writer, 0, 0);
      writer.endList(list);
    }
    writer.endFunCall(frame);
  }

  /** Records compare NULLs as greatest: of each value it comes first whether there is one. */
  static void greaterRecord(SqlWriter writer, SqlCall call) {
    int half = call.operandCount() / 2;
    SqlWriter.Frame frame = writer.startList("(", ")");
    record(writer, call.getOperandList().subList(0, half));
    writer.print("> ");
    record(writer, call.getOperandList().subList(half, 2 * half));
    writer.endList(frame);
  }

  private static void record(SqlWriter writer, List<SqlNode> values) {
    writer.print("CAST(ROW(");
    String separator = "";
    for (SqlNode value : values) {
      writer.print(separator);
      value.unparse(writer, 0, 0);
      writer.print("IS NOT NULL, ");
      value.unparse(writer, 0, 0);
      separator = ", ";
    }
    writer.print(") AS record) ");
  }

  private static void record(SqlWriter writer, SqlCall call, int operand) {
    writer.print("CAST(ROW(");
    call.operand(operand).unparse(writer, 0, 0);
    writer.print(") AS record) ");
  }
}
