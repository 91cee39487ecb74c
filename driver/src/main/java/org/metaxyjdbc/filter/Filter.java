package org.metaxyjdbc.filter;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.metaxyjdbc.error.MetaxyException;

/**
 * A condition on the records of one feature.
 *
 * @param condition the condition, with a {@code ?} for each value
 * @param values the values in the order of the {@code ?}, in Java's and java.time's types
 * @param namesColumn whether it depends on the record; if not, it matches all records or none
 */
public record Filter(SqlNode condition, List<Object> values, boolean namesColumn) {
  /** Matches every record. */
  public static final Filter ALL = constant(true);

  /** Matches no record. */
  public static final Filter NONE = constant(false);

  public Filter {
    values = List.copyOf(values);
  }

  private static Filter constant(boolean value) {
    return new Filter(SqlLiteral.createBoolean(value, SqlParserPos.ZERO), List.of(), false);
  }

  /** Matches records whose value of a column is less than this one. */
  public static Filter lessThan(String column, Object value) {
    return new Filter(
        SqlStdOperatorTable.LESS_THAN.createCall(
            SqlParserPos.ZERO,
            new SqlIdentifier(List.of(column), SqlParserPos.ZERO),
            new SqlDynamicParam(0, SqlParserPos.ZERO)),
        List.of(value),
        true);
  }

  /**
   * Reads a filter on a feature with these columns.
   *
   * @throws MetaxyException 42000 for what is not in the language, 42S22 for an unknown column,
   *     22xxx for a value that cannot be compared with its column
   */
  public static Filter parse(String text, FilterColumns columns) {
    return FilterText.parse(text).on(columns);
  }

  /** Matches what both filters match. */
  public Filter and(Filter other) {
    if (equals(ALL)) {
      return other;
    }
    if (other.equals(ALL)) {
      return this;
    }
    List<Object> both = new ArrayList<>(values);
    both.addAll(other.values);
    return new Filter(
        SqlStdOperatorTable.AND.createCall(SqlParserPos.ZERO, condition, other.condition),
        both,
        namesColumn || other.namesColumn);
  }
}
