package org.metaxyjdbc.plan;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlBasicFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlBasicAggFunction;
import org.apache.calcite.sql.fun.SqlLibrary;
import org.apache.calcite.sql.fun.SqlLibraryOperatorTableFactory;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.util.SqlOperatorTables;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.jspecify.annotations.Nullable;

/**
 * The functions and operators of statements: those of the SQL standard and PostgreSQL that Calcite
 * knows, and what it does not know of them.
 */
final class StatementOperators implements SqlOperatorTable {
  static final SqlOperatorTable INSTANCE = new StatementOperators();

  private StatementOperators() {}

  /** What takes Calcite's annotated library to be read, of which comparisons alone need nothing. */
  private static final class All {
    static final SqlOperatorTable INSTANCE =
        SqlOperatorTables.chain(
            SqlLibraryOperatorTableFactory.INSTANCE.getOperatorTable(
                SqlLibrary.STANDARD, SqlLibrary.POSTGRESQL),
            SqlOperatorTables.of(added()));
  }

  /** No library has an infix operator of a name that the SQL standard has. */
  @Override
  public void lookupOperatorOverloads(
      SqlIdentifier name,
      @Nullable SqlFunctionCategory category,
      SqlSyntax syntax,
      List<SqlOperator> operators,
      SqlNameMatcher nameMatcher) {
    if (syntax == SqlSyntax.BINARY) {
      SqlStdOperatorTable.instance()
          .lookupOperatorOverloads(name, category, syntax, operators, nameMatcher);
      if (!operators.isEmpty()) {
        return;
      }
    }
    All.INSTANCE.lookupOperatorOverloads(name, category, syntax, operators, nameMatcher);
  }

  @Override
  public List<SqlOperator> getOperatorList() {
    return All.INSTANCE.getOperatorList();
  }

  private static List<SqlOperator> added() {
    List<SqlOperator> added = new ArrayList<>();
    for (String name :
        List.of(
            "CORR",
            "REGR_AVGX",
            "REGR_AVGY",
            "REGR_INTERCEPT",
            "REGR_R2",
            "REGR_SLOPE",
            "REGR_SXY")) {
      added.add(
          SqlBasicAggFunction.create(
              name,
              SqlKind.OTHER_FUNCTION,
              ReturnTypes.DOUBLE.andThen(
                  (binding, type) ->
                      binding.getTypeFactory().createTypeWithNullability(type, true)),
              OperandTypes.NUMERIC_NUMERIC));
    }
    added.add(SqlBasicFunction.create("VERSION", ReturnTypes.VARCHAR_2000, OperandTypes.NILADIC));
    added.add(SqlLibraryOperators.DAYNAME);
    added.add(SqlLibraryOperators.MONTHNAME);
    added.add(SqlLibraryOperators.REGEXP_SUBSTR);
    added.add(SqlLibraryOperators.REVERSE);
    added.add(SqlLibraryOperators.SPACE);
    return added;
  }
}
