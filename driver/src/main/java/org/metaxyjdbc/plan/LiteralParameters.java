package org.metaxyjdbc.plan;

import java.math.BigDecimal;
import java.util.BitSet;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/**
 * Turns literals into parameters, so that statements which differ in them alone have one plan and
 * one statement of the store.
 *
 * <p>Only a literal that is compared with a column is one, where its kind and the column's type
 * leave no doubt that a parameter means the same. All others are part of the statement. So are
 * those outside of FROM and WHERE: a store tells that what is selected is what is grouped by from
 * the two being the same text.
 */
final class LiteralParameters extends SqlBasicVisitor<@Nullable Void> {
  private final LiteralText text;
  private final BitSet wanted;
  private final int firstIndex;
  private final BitSet replaced = new BitSet();

  private LiteralParameters(LiteralText text, BitSet wanted, int firstIndex) {
    this.text = text;
    this.wanted = wanted;
    this.firstIndex = firstIndex;
  }

  /**
   * Replaces literals in a parsed statement by parameters.
   *
   * @param wanted those that may be replaced
   * @param firstIndex the number of the parameter that the first literal of the text has
   * @return those that were replaced
   */
  static BitSet replace(SqlNode statement, LiteralText text, BitSet wanted, int firstIndex) {
    LiteralParameters parameters = new LiteralParameters(text, wanted, firstIndex);
    statement.accept(parameters);
    return parameters.replaced;
  }

  @Override
  public @Nullable Void visit(SqlCall call) {
    if (call instanceof SqlSelect select) {
      visitIfPresent(select.getFrom());
      visitIfPresent(select.getWhere());
      return null;
    }
    if (SqlKind.COMPARISON.contains(call.getKind())) {
      replace(call, 0, 1);
      replace(call, 1, 0);
    } else if (call.getKind() == SqlKind.BETWEEN) {
      replace(call, 0, 1);
      replace(call, 0, 2);
    }
    return super.visit(call);
  }

  private void visitIfPresent(@Nullable SqlNode node) {
    if (node != null) {
      node.accept(this);
    }
  }

  private void replace(SqlCall call, int column, int literal) {
    if (call.operand(column) instanceof SqlIdentifier
        && call.operand(literal) instanceof SqlLiteral value) {
      int i = text.at(value.getParserPosition());
      if (i >= 0 && wanted.get(i) && isThat(value, text.literals().get(i).value())) {
        replaced.set(i);
        call.setOperand(literal, new SqlDynamicParam(firstIndex + i, value.getParserPosition()));
      }
    }
  }

  private static boolean isThat(SqlLiteral literal, Object value) {
    return switch (literal.getTypeName()) {
      case CHAR -> value.equals(literal.getValueAs(String.class));
      case DECIMAL ->
          !(value instanceof String)
              && new BigDecimal(value.toString()).compareTo(literal.bigDecimalValue()) == 0;
      default -> false;
    };
  }

  /** Whether a literal that is compared with a column of that type may be a parameter. */
  static boolean isSafe(LiteralText.Kind kind, SqlTypeName column) {
    return switch (column) {
      case INTEGER, BIGINT -> kind == LiteralText.Kind.INTEGER;
      case DECIMAL, DOUBLE -> kind != LiteralText.Kind.TEXT;
      case VARCHAR -> kind == LiteralText.Kind.TEXT;
      default -> false;
    };
  }
}
