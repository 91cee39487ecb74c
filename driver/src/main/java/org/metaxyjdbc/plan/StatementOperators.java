package org.metaxyjdbc.plan;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlBasicFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.fun.SqlBasicAggFunction;
import org.apache.calcite.sql.fun.SqlLibrary;
import org.apache.calcite.sql.fun.SqlLibraryOperatorTableFactory;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.util.SqlOperatorTables;

/**
 * The functions and operators of statements: those of the SQL standard and PostgreSQL that Calcite
 * knows, and what it does not know of them.
 */
final class StatementOperators {
  static final SqlOperatorTable INSTANCE =
      SqlOperatorTables.chain(
          SqlLibraryOperatorTableFactory.INSTANCE.getOperatorTable(
              SqlLibrary.STANDARD, SqlLibrary.POSTGRESQL),
          SqlOperatorTables.of(added()));

  private StatementOperators() {}

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
