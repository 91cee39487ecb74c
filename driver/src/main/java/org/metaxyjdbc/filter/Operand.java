package org.metaxyjdbc.filter;

import java.math.BigDecimal;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** A side of a comparison: a column, or a value. */
sealed interface Operand permits FilterColumn, Operand.Value {
  /**
   * A value as it was written.
   *
   * @param value a {@link Boolean}, {@link BigDecimal} or {@link String}; null for NULL
   */
  record Value(@Nullable Object value) implements Operand {
    /** The order of two values; empty where they are of different types, or NULL. */
    Optional<Integer> compareTo(Value other) {
      if (value instanceof BigDecimal a && other.value instanceof BigDecimal b) {
        return Optional.of(a.compareTo(b));
      }
      if (value instanceof String a && other.value instanceof String b) {
        return Optional.of(a.compareTo(b));
      }
      if (value instanceof Boolean a && other.value instanceof Boolean b) {
        return Optional.of(a.compareTo(b));
      }
      return Optional.empty();
    }

    @Override
    public String toString() {
      return value instanceof String ? "'" + value + "'" : String.valueOf(value);
    }
  }

  /**
   * Reads a column or a value; empty for anything else.
   *
   * @throws org.metaxyjdbc.error.MetaxyException 42S22 for an unknown column
   */
  static Optional<Operand> of(SqlNode node, FilterColumns columns) {
    if (node instanceof SqlIdentifier identifier && !identifier.isStar()) {
      return Optional.of(columns.require(identifier));
    }
    if (node instanceof SqlLiteral literal) {
      return ofLiteral(literal);
    }
    boolean minus = node.getKind() == SqlKind.MINUS_PREFIX;
    if ((minus || node.getKind() == SqlKind.PLUS_PREFIX)
        && ((SqlCall) node).operand(0) instanceof SqlLiteral literal
        && SqlTypeName.NUMERIC_TYPES.contains(literal.getTypeName())) {
      BigDecimal number = literal.getValueAs(BigDecimal.class);
      return Optional.of(new Value(minus ? number.negate() : number));
    }
    return Optional.empty();
  }

  private static Optional<Operand> ofLiteral(SqlLiteral literal) {
    SqlTypeName type = literal.getTypeName();
    if (type == SqlTypeName.NULL) {
      return Optional.of(new Value(null));
    }
    if (type == SqlTypeName.BOOLEAN) {
      return Optional.of(new Value(literal.getValueAs(Boolean.class)));
    }
    if (SqlTypeName.NUMERIC_TYPES.contains(type)) {
      return Optional.of(new Value(literal.getValueAs(BigDecimal.class)));
    }
    if (SqlTypeName.CHAR_TYPES.contains(type)) {
      return Optional.of(new Value(literal.getValueAs(String.class)));
    }
    return Optional.empty();
  }
}
