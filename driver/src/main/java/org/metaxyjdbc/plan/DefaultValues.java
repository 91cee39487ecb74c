package org.metaxyjdbc.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;

/**
 * {@code DEFAULT} in the {@code VALUES} of an {@code INSERT}. A default is the store's, which gives
 * it where a column is left out.
 */
final class DefaultValues {
  private static final int COLUMN_LIST = 3;

  private DefaultValues() {}

  /**
   * Takes the columns that are {@code DEFAULT} in each row out of a statement.
   *
   * @param columns all columns of its target; asked for only where the statement lists none
   * @throws MetaxyException 0A000 for any other {@code DEFAULT}
   */
  static void leaveOut(SqlInsert insert, Supplier<List<String>> columns) {
    if (insert.getSource() instanceof SqlCall values && values.getKind() == SqlKind.VALUES) {
      int count = ((SqlCall) values.operand(0)).operandCount();
      List<Integer> kept =
          IntStream.range(0, count).filter(column -> !isDefault(values, column)).boxed().toList();
      if (kept.size() < count && !kept.isEmpty()) {
        insert.setOperand(
            COLUMN_LIST, new SqlNodeList(chosen(names(insert, columns), kept), SqlParserPos.ZERO));
        for (int i = 0; i < values.operandCount(); i++) {
          SqlCall row = values.operand(i);
          values.setOperand(
              i,
              row.getOperator()
                  .createCall(row.getParserPosition(), chosen(row.getOperandList(), kept)));
        }
      }
    }
    requireNone(insert.getSource());
  }

  private static boolean isDefault(SqlCall values, int column) {
    return values.getOperandList().stream()
        .map(SqlCall.class::cast)
        .allMatch(
            row -> column < row.operandCount() && row.operand(column).getKind() == SqlKind.DEFAULT);
  }

  private static List<SqlNode> names(SqlInsert insert, Supplier<List<String>> columns) {
    SqlNodeList list = insert.getTargetColumnList();
    if (list != null) {
      return list.getList();
    }
    List<SqlNode> names = new ArrayList<>();
    for (String name : columns.get()) {
      names.add(new SqlIdentifier(name, SqlParserPos.ZERO));
    }
    return names;
  }

  /** What is not there, in a row that is too short, is left for the validator to miss. */
  private static List<SqlNode> chosen(List<SqlNode> nodes, List<Integer> kept) {
    List<SqlNode> chosen = new ArrayList<>();
    for (int column : kept) {
      if (column < nodes.size()) {
        chosen.add(nodes.get(column));
      }
    }
    return chosen;
  }

  private static void requireNone(SqlNode source) {
    source.accept(
        new SqlBasicVisitor<@Nullable Void>() {
          @Override
          public @Nullable Void visit(SqlCall call) {
            if (call.getKind() == SqlKind.DEFAULT) {
              throw MetaxyException.unsupported(
                  "DEFAULT is not possible here: a column can be DEFAULT in all rows of VALUES, or be left out of the INSERT");
            }
            return super.visit(call);
          }
        });
  }
}
