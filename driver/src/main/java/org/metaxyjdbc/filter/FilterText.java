package org.metaxyjdbc.filter;

import org.apache.calcite.sql.SqlNode;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;
import org.metaxyjdbc.plan.StatementParser;

/** A filter as it was typed, before it is known which columns there are. */
public final class FilterText {
  private final SqlNode expression;

  private FilterText(SqlNode expression) {
    this.expression = expression;
  }

  /**
   * Parses a filter.
   *
   * @throws MetaxyException 42000 with line and column where it is no expression
   */
  public static FilterText parse(String text) {
    if (text.isBlank()) {
      throw new MetaxyException(SqlState.SYNTAX_ERROR, "Filter string cannot be empty.");
    }
    return new FilterText(StatementParser.expression(text));
  }

  /**
   * The filter on a feature with these columns.
   *
   * @throws MetaxyException 42000 for what is not in the language, 42S22 for an unknown column,
   *     22xxx for a value that cannot be compared with its column
   */
  public Filter on(FilterColumns columns) {
    return new FilterTranslator(columns).translate(expression);
  }
}
