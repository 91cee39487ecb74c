package org.metaxyjdbc.store;

import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlBasicAggFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;

/** Operators that no SQL dialect of Calcite spells; each {@link StoreDialect} does. */
public final class StoreOperators {
  /** The timestamp one microsecond after its argument: the earliest a next version may have. */
  public static final SqlFunction MICROSECOND_AFTER =
      new SqlFunction(
          "MICROSECOND_AFTER",
          SqlKind.OTHER_FUNCTION,
          ReturnTypes.ARG0,
          null,
          OperandTypes.ANY,
          SqlFunctionCategory.TIMEDATE);

  /**
   * The time of a version as an index has it, {@link StoreTable#versionIndex}; its operands are
   * what it is computed from, {@code metaxy_deleted_at} and {@code metaxy_updated_at}.
   */
  public static final SqlFunction INDEXED_TIME =
      new SqlFunction(
          "INDEXED_TIME",
          SqlKind.OTHER_FUNCTION,
          ReturnTypes.ARG1,
          null,
          OperandTypes.ANY_ANY,
          SqlFunctionCategory.TIMEDATE);

  /** A timestamp plus a number of microseconds, which Calcite's own intervals do not have. */
  public static final SqlFunction PLUS_MICROSECONDS =
      new SqlFunction(
          "PLUS_MICROSECONDS",
          SqlKind.OTHER_FUNCTION,
          ReturnTypes.ARG0_NULLABLE,
          null,
          OperandTypes.ANY_ANY,
          SqlFunctionCategory.TIMEDATE);

  /**
   * Whether two id columns are the same id, NULL being the same as NULL: {@code IS NOT DISTINCT
   * FROM}, in a form that the store can hash.
   */
  public static final SqlFunction SAME_ID =
      new SqlFunction(
          "SAME_ID",
          SqlKind.OTHER_FUNCTION,
          ReturnTypes.BOOLEAN_NOT_NULL,
          null,
          OperandTypes.ANY_ANY,
          SqlFunctionCategory.USER_DEFINED_FUNCTION);

  /** The whole units from one timestamp to another, towards zero: unit, from, to. */
  public static final SqlFunction WHOLE_UNITS_BETWEEN =
      new SqlFunction(
          "WHOLE_UNITS_BETWEEN",
          SqlKind.OTHER_FUNCTION,
          ReturnTypes.BIGINT_NULLABLE,
          null,
          OperandTypes.VARIADIC,
          SqlFunctionCategory.TIMEDATE);

  /** Division of integers, whose result is an integer: towards zero. */
  public static final SqlBinaryOperator DIVIDE_INTEGERS =
      new SqlBinaryOperator(
          "DIVIDE_INTEGERS",
          SqlKind.DIVIDE,
          SqlStdOperatorTable.DIVIDE.getLeftPrec(),
          true,
          ReturnTypes.QUOTIENT_NULLABLE,
          null,
          OperandTypes.DIVISION_OPERATOR);

  /** The length of a text in bytes. */
  public static final SqlFunction BYTES_OF_TEXT =
      new SqlFunction(
          "BYTES_OF_TEXT",
          SqlKind.OTHER_FUNCTION,
          ReturnTypes.INTEGER_NULLABLE,
          null,
          OperandTypes.ANY,
          SqlFunctionCategory.NUMERIC);

  /** Division whose result is a decimal. */
  public static final SqlFunction DIVIDE_DECIMALS =
      new SqlFunction(
          "DIVIDE_DECIMALS",
          SqlKind.OTHER_FUNCTION,
          ReturnTypes.QUOTIENT_NULLABLE,
          null,
          OperandTypes.DIVISION_OPERATOR,
          SqlFunctionCategory.NUMERIC);

  /** {@code MOD} of numbers of which one has digits after the point. */
  public static final SqlFunction MOD_DECIMALS =
      new SqlFunction(
          "MOD_DECIMALS",
          SqlKind.OTHER_FUNCTION,
          ReturnTypes.ARG0_NULLABLE,
          null,
          OperandTypes.ANY_ANY,
          SqlFunctionCategory.NUMERIC);

  /**
   * Whether the first half of its arguments is greater than the second, as two rows are compared:
   * by the first values in which they differ. None of them is NULL.
   */
  public static final SqlFunction IS_GREATER_ROW =
      new SqlFunction(
          "IS_GREATER_ROW",
          SqlKind.OTHER_FUNCTION,
          ReturnTypes.BOOLEAN_NOT_NULL,
          null,
          OperandTypes.VARIADIC,
          SqlFunctionCategory.USER_DEFINED_FUNCTION);

  /** A timestamp, or in the place of NULL the least that the store has. */
  public static final SqlFunction TIME_OR_LEAST =
      new SqlFunction(
          "TIME_OR_LEAST",
          SqlKind.OTHER_FUNCTION,
          ReturnTypes.ARG0,
          null,
          OperandTypes.ANY,
          SqlFunctionCategory.USER_DEFINED_FUNCTION);

  /** A field of a row value, by its number from 1; its type is given with each call. */
  public static final SqlFunction ROW_FIELD =
      new SqlFunction(
          "ROW_FIELD",
          SqlKind.OTHER_FUNCTION,
          ReturnTypes.ARG0,
          null,
          OperandTypes.VARIADIC,
          SqlFunctionCategory.USER_DEFINED_FUNCTION);

  /** An aggregate: the row id of a row with the latest time; the rows without a time are last. */
  public static final SqlAggFunction LATEST_ROW_ID =
      SqlBasicAggFunction.create(
          "LATEST_ROW_ID", SqlKind.OTHER_FUNCTION, ReturnTypes.ARG1, OperandTypes.ANY_ANY);

  /** An aggregate: whether two rows have the latest time. */
  public static final SqlAggFunction IS_LATEST_TIED =
      SqlBasicAggFunction.create(
          "IS_LATEST_TIED", SqlKind.OTHER_FUNCTION, ReturnTypes.BOOLEAN_NOT_NULL, OperandTypes.ANY);

  private StoreOperators() {}
}
