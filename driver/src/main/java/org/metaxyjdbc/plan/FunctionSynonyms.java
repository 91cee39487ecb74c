package org.metaxyjdbc.plan;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlLikeOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/** Functions of PostgreSQL and others that tools write, in the words of the SQL standard. */
final class FunctionSynonyms extends SqlShuttle {
  /** By name and number of arguments; {@code "1"} is the first argument. */
  private static final Map<String, String> SYNONYMS =
      Map.ofEntries(
          Map.entry("APPROX_DISTINCT/1", "APPROX_COUNT_DISTINCT(\"1\")"),
          Map.entry("BIT_LENGTH/1", "8 * OCTET_LENGTH(\"1\")"),
          Map.entry("BTRIM/1", "TRIM(BOTH ' ' FROM \"1\")"),
          Map.entry("BTRIM/2", "TRIM(BOTH \"2\" FROM \"1\")"),
          Map.entry("CHAR/1", "CHR(\"1\")"),
          Map.entry("COUNTIF/1", "COUNT(CASE WHEN \"1\" THEN 1 END)"),
          Map.entry("CURRENT_DATABASE/0", "CURRENT_CATALOG"),
          Map.entry("DATE/1", "CAST(\"1\" AS DATE)"),
          Map.entry("IF/3", "CASE WHEN \"1\" THEN \"2\" ELSE \"3\" END"),
          Map.entry("IFNULL/2", "COALESCE(\"1\", \"2\")"),
          Map.entry("INSTR/2", "POSITION(\"2\" IN \"1\")"),
          Map.entry("LCASE/1", "LOWER(\"1\")"),
          Map.entry("LOCATE/2", "POSITION(\"1\" IN \"2\")"),
          Map.entry("LOCATE/3", "POSITION(\"1\" IN \"2\" FROM \"3\")"),
          Map.entry("LOG2/1", "LOG(2, \"1\")"),
          Map.entry("LOGICAL_AND/1", "BOOL_AND(\"1\")"),
          Map.entry("LOGICAL_OR/1", "BOOL_OR(\"1\")"),
          Map.entry("LTRIM/2", "TRIM(LEADING \"2\" FROM \"1\")"),
          Map.entry("MAX_BY/2", "ARG_MAX(\"1\", \"2\")"),
          Map.entry("MEDIAN/1", "PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY \"1\")"),
          Map.entry("MIN_BY/2", "ARG_MIN(\"1\", \"2\")"),
          Map.entry("NOW/0", "CURRENT_TIMESTAMP"),
          Map.entry("NVL/2", "COALESCE(\"1\", \"2\")"),
          Map.entry("NVL2/3", "CASE WHEN \"1\" IS NOT NULL THEN \"2\" ELSE \"3\" END"),
          Map.entry("RTRIM/2", "TRIM(TRAILING \"2\" FROM \"1\")"),
          Map.entry("TRUNC/1", "TRUNCATE(\"1\")"),
          Map.entry("TRUNC/2", "TRUNCATE(\"1\", \"2\")"),
          Map.entry("UCASE/1", "UPPER(\"1\")"));

  /** PostgreSQL's weeks begin on Mondays, those of {@code FLOOR} on Sundays. */
  private static final String FLOOR_TO_ISO_WEEK =
      "TIMESTAMPADD(DAY, 1, FLOOR(TIMESTAMPADD(DAY, -1, \"1\") TO WEEK))";

  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    SqlNode visited = super.visit(call);
    if (visited instanceof SqlCall filter && isFilteredPercentile(filter)) {
      return filtered(filter.operand(0), filter.operand(1));
    }
    if (visited instanceof SqlCall like && isWithoutEscape(like)) {
      return like.getOperator()
          .createCall(like.getParserPosition(), like.operand(0), like.operand(1));
    }
    if (!(visited instanceof SqlCall known)
        || !(known.getOperator() instanceof SqlFunction function)) {
      return visited;
    }
    List<SqlNode> operands = known.getOperandList();
    SqlParserPos position = known.getParserPosition();
    String name = function.getName().toUpperCase(Locale.ROOT);
    TimeUnit unit = operands.size() == 2 ? unit(operands.get(0)) : null;
    if (name.equals("DATE_TRUNC") && unit == TimeUnit.WEEK) {
      return expand(FLOOR_TO_ISO_WEEK, operands.subList(1, 2), position);
    }
    if (name.equals("DATE_TRUNC") && unit != null) {
      return SqlStdOperatorTable.FLOOR.createCall(
          position, operands.get(1), new SqlIntervalQualifier(unit, null, position));
    }
    if (name.equals("DATE_PART") && unit != null) {
      return SqlStdOperatorTable.EXTRACT.createCall(
          position, new SqlIntervalQualifier(unit, null, position), operands.get(1));
    }
    String synonym = SYNONYMS.get(name + "/" + operands.size());
    return synonym == null ? visited : expand(synonym, operands, position);
  }

  /** {@code LIKE … ESCAPE ''}, which is how PostgreSQL writes LIKE without an escape. */
  private static boolean isWithoutEscape(SqlCall like) {
    return like.getOperator() instanceof SqlLikeOperator
        && like.operandCount() == 3
        && like.operand(2) instanceof SqlLiteral escape
        && "".equals(escape.getValueAs(String.class));
  }

  private static boolean isFilteredPercentile(SqlCall call) {
    return call.getKind() == SqlKind.FILTER
        && call.operand(0) instanceof SqlCall ordered
        && ordered.getKind() == SqlKind.WITHIN_GROUP
        && ordered.operand(0) instanceof SqlCall aggregate
        && aggregate.getOperator() instanceof SqlFunction function
        && function.getName().toUpperCase(Locale.ROOT).startsWith("PERCENTILE_");
  }

  /** Calcite knows no type of a percentile with a FILTER; percentiles leave out what is NULL. */
  private static SqlNode filtered(SqlCall ordered, SqlNode condition) {
    List<SqlNode> order = new ArrayList<>();
    for (SqlNode item : (SqlNodeList) ordered.operand(1)) {
      order.add(
          item instanceof SqlCall call && call.getKind() == SqlKind.DESCENDING
              ? call.getOperator()
                  .createCall(call.getParserPosition(), onlyIf(condition, call.operand(0)))
              : onlyIf(condition, item));
    }
    return ordered
        .getOperator()
        .createCall(
            ordered.getParserPosition(),
            ordered.operand(0),
            new SqlNodeList(order, ordered.operand(1).getParserPosition()));
  }

  private static SqlNode onlyIf(SqlNode condition, SqlNode value) {
    return expand(
        "CASE WHEN \"1\" THEN \"2\" END", List.of(condition, value), value.getParserPosition());
  }

  private static SqlNode expand(String synonym, List<SqlNode> operands, SqlParserPos position) {
    SqlShuttle arguments =
        new SqlShuttle() {
          @Override
          public @Nullable SqlNode visit(SqlIdentifier id) {
            char first = id.names.get(0).charAt(0);
            return first >= '1' && first <= '9' ? operands.get(first - '1') : id.clone(position);
          }

          @Override
          public @Nullable SqlNode visit(SqlCall call) {
            SqlCall visited = (SqlCall) requireNonNull(super.visit(call));
            return visited
                .getOperator()
                .createCall(visited.getFunctionQuantifier(), position, visited.getOperandList());
          }
        };
    return requireNonNull(StatementParser.expression(synonym).accept(arguments));
  }

  /** The unit that a text literal names; null where it names none. */
  private static @Nullable TimeUnit unit(SqlNode node) {
    if (!(node instanceof SqlLiteral literal)) {
      return null;
    }
    String name = String.valueOf(literal.toValue()).toUpperCase(Locale.ROOT);
    for (TimeUnit unit : TimeUnit.values()) {
      if (unit.name().equals(name)) {
        return unit;
      }
    }
    return null;
  }
}
