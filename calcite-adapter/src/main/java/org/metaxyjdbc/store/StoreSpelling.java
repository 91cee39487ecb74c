package org.metaxyjdbc.store;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.parser.SqlParserUtil;

/**
 * How a store writes operators that Calcite's dialect for it writes otherwise or not at all, one
 * line an operator:
 *
 * <pre>{@code
 * .with("EVERY", "BOOL_AND($distinct$1)")
 * .with("EXTRACT(DOW)", "(EXTRACT(DOW FROM $2) + 1)")
 * }</pre>
 *
 * <p>An operator is given by its name and, where spellings differ by that, what is special of the
 * call: {@code ROUND/2} for two operands, {@code EXTRACT(DOW)} and {@code FLOOR(MONTH)} for a unit,
 * {@code WITHIN GROUP(LISTAGG)} for an aggregate in an order, {@code CAST(ANY)} for one to no type,
 * {@code SUBSTRING(COMPUTED)} for a position that may be less than 1, {@code LIKE(BACKSLASH)} for a
 * pattern that may have one.
 *
 * <p>A template is SQL of the store in which {@code $1} is the first operand, {@code $*} all of
 * them with commas between, {@code $distinct} the word where an aggregate has it, {@code $order}
 * what it is ordered by, and {@code $unit} the name of a unit.
 */
final class StoreSpelling {
  private static final Pattern PLACE = Pattern.compile("\\$(\\d|\\*|unit|distinct|order)");
  private static final int BINDS_TIGHTEST = 1000;
  private static final BigDecimal SECONDS_OF_DAY = BigDecimal.valueOf(86_400);

  private final Map<String, BiConsumer<SqlWriter, SqlCall>> spellings = new HashMap<>();

  /** What all stores write in the same way. */
  StoreSpelling() {
    with("CAST(ANY)", "$1");
    with("WITHIN GROUP(ARRAY_AGG)", "ARRAY_AGG($distinct$1 ORDER BY $order)");
    with(StoreOperators.DIVIDE_INTEGERS, "($1 / $2)");
    with(StoreOperators.DIVIDE_DECIMALS, "($1 / $2)");
    with(StoreOperators.MOD_DECIMALS, "MOD($1, $2)");
    with("CURRENT_TIMESTAMP/1", "CURRENT_TIMESTAMP");
    with("LOCALTIMESTAMP/1", "LOCALTIMESTAMP");
    with(StoreOperators.BYTES_OF_TEXT, "OCTET_LENGTH($1)");
    for (String comparison : List.of("=", "<>", "<", "<=", ">", ">=")) {
      with(comparison + " SOME(ARRAY)", "($1 %s ANY ($2))".formatted(comparison));
      with(comparison + " ALL(ARRAY)", "($1 %s ALL ($2))".formatted(comparison));
    }
    with("SEC", "(1 / COS($1))");
    with("CSC", "(1 / SIN($1))");
    with("SECH", "(1 / COSH($1))");
    with("CSCH", "(1 / SINH($1))");
    with("COTH", "(1 / TANH($1))");
    with("COUNT/2", StoreSpelling::countRows);
    with("COUNT/3", StoreSpelling::countRows);
    with("COUNT/4", StoreSpelling::countRows);
  }

  /** A text literal: all stores take any character as it is, and a quote doubled. */
  static void text(StringBuilder buffer, String value) {
    buffer.append('\'').append(value.replace("'", "''")).append('\'');
  }

  static BiConsumer<SqlWriter, SqlCall> template(String template) {
    return (writer, call) -> write(template, writer, call);
  }

  /** A spelling by a template. */
  StoreSpelling with(String operator, String template) {
    return with(operator, template(template));
  }

  /** A spelling by a template. */
  StoreSpelling with(SqlOperator operator, String template) {
    return with(operator.getName(), template);
  }

  StoreSpelling with(SqlOperator operator, BiConsumer<SqlWriter, SqlCall> spelling) {
    return with(operator.getName(), spelling);
  }

  /** A spelling that no template can give. */
  StoreSpelling with(String operator, BiConsumer<SqlWriter, SqlCall> spelling) {
    spellings.put(operator, spelling);
    return this;
  }

  /** The spellings of others, where they have the same. */
  StoreSpelling like(Map<String, BiConsumer<SqlWriter, SqlCall>> shared) {
    spellings.putAll(shared);
    return this;
  }

  /** Writes a call if this has a spelling of it; else leaves it to Calcite's dialect. */
  boolean write(SqlWriter writer, SqlCall call) {
    if (call.getKind() == SqlKind.WITHIN_GROUP && call.operand(0).getKind() == SqlKind.FILTER) {
      filterLast(call).unparse(writer, 0, 0);
      return true;
    }
    String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
    String special = name + "(" + special(call) + ")";
    String count = "/" + function(call).getOperandList().size();
    for (String key : List.of(special + count, special, name + count, name)) {
      BiConsumer<SqlWriter, SqlCall> spelling = spellings.get(key);
      if (spelling != null) {
        spelling.accept(writer, call);
        return true;
      }
    }
    return false;
  }

  /** {@code aggregate FILTER (…) WITHIN GROUP (…)}, as Calcite has it, as SQL has it. */
  private static SqlNode filterLast(SqlCall ordered) {
    SqlCall filter = ordered.operand(0);
    return filter
        .getOperator()
        .createCall(
            SqlParserPos.ZERO,
            ordered
                .getOperator()
                .createCall(SqlParserPos.ZERO, filter.operand(0), ordered.operand(1)),
            filter.operand(1));
  }

  private static SqlCall function(SqlCall call) {
    return call.getKind() == SqlKind.WITHIN_GROUP ? call.operand(0) : call;
  }

  private static String special(SqlCall call) {
    return switch (call.getKind()) {
      case EXTRACT -> unit(call);
      case FLOOR, CEIL -> call.operandCount() == 2 ? unit(call) : "";
      case WITHIN_GROUP, OVER -> ((SqlCall) call.operand(0)).getOperator().getName();
      case CAST -> CastSpec.isNone(call) ? "ANY" : "";
      case LIKE -> Patterns.isPlain(call.operand(1)) ? "" : "BACKSLASH";
      case SOME, ALL -> call.operand(1).isA(SqlKind.QUERY) ? "" : "ARRAY";
      default ->
          switch (call.getOperator().getName()) {
            case "SUBSTRING", "SUBSTR", "LEFT", "RIGHT" ->
                isNatural(call.operand(1)) ? "" : "COMPUTED";
            default -> "";
          };
    };
  }

  /** Whether a number is known to be 1 at least. */
  private static boolean isNatural(SqlNode number) {
    return number instanceof SqlNumericLiteral literal
        && literal.isInteger()
        && literal.bigDecimalValue() != null
        && literal.bigDecimalValue().signum() > 0;
  }

  private static String unit(SqlCall call) {
    return call.operand(call.getKind() == SqlKind.EXTRACT ? 0 : 1).toString();
  }

  private static void write(String template, SqlWriter writer, SqlCall call) {
    SqlCall function = function(call);
    SqlWriter.Frame frame = writer.startList("", "");
    Matcher place = PLACE.matcher(template);
    int written = 0;
    while (place.find()) {
      print(writer, template.substring(written, place.start()));
      written = place.end();
      switch (place.group(1)) {
        case "unit" -> print(writer, unit(call));
        case "distinct" -> quantifier(writer, function);
        case "order" -> list(writer, call.operand(1));
        case "*" -> list(writer, new SqlNodeList(function.getOperandList(), SqlParserPos.ZERO));
        default -> {
          int precedence = isEnclosed(template, place) ? 0 : BINDS_TIGHTEST;
          function
              .operand(Integer.parseInt(place.group(1)) - 1)
              .unparse(writer, precedence, precedence);
        }
      }
      writer.setNeedWhitespace(false);
    }
    print(writer, template.substring(written));
    writer.endList(frame);
    writer.setNeedWhitespace(true);
  }

  private static boolean isEnclosed(String template, Matcher place) {
    String before = template.substring(0, place.start()).stripTrailing();
    String after = template.substring(place.end());
    return (before.endsWith("(") || before.endsWith(","))
        && (after.startsWith(")") || after.startsWith(","));
  }

  private static void print(SqlWriter writer, String sql) {
    if (!sql.isEmpty()) {
      writer.print(sql);
      writer.setNeedWhitespace(false);
    }
  }

  private static void list(SqlWriter writer, SqlNodeList operands) {
    SqlWriter.Frame frame = writer.startList("", "");
    for (SqlNode operand : operands) {
      writer.sep(",");
      operand.unparse(writer, 0, 0);
    }
    writer.endList(frame);
  }

  private static void quantifier(SqlWriter writer, SqlCall aggregate) {
    SqlLiteral quantifier = aggregate.getFunctionQuantifier();
    if (quantifier != null) {
      quantifier.unparse(writer, 0, 0);
      print(writer, " ");
    }
  }

  /** {@code name(value IGNORE NULLS)}. */
  static void ignoreNulls(SqlWriter writer, SqlCall call) {
    SqlCall function = call.operand(0);
    SqlWriter.Frame frame = writer.startFunCall(function.getOperator().getName());
    list(writer, new SqlNodeList(function.getOperandList(), SqlParserPos.ZERO));
    writer.keyword("IGNORE NULLS");
    writer.endFunCall(frame);
  }

  /** A function over a window, the frame of which it has no use for. */
  static void withoutFrame(SqlWriter writer, SqlCall over) {
    SqlWindow window = (SqlWindow) over.operand(1).clone(SqlParserPos.ZERO);
    window.setLowerBound(null);
    window.setUpperBound(null);
    over.operand(0).unparse(writer, 0, 0);
    writer.keyword("OVER");
    window.unparse(writer, 0, 0);
  }

  /** {@code COUNT(a, b)} counts the rows in which none is NULL. */
  static void countRows(SqlWriter writer, SqlCall call) {
    SqlWriter.Frame frame = writer.startFunCall("COUNT");
    quantifier(writer, call);
    writer.print("CASE WHEN ");
    String separator = "";
    for (SqlNode value : call.getOperandList()) {
      writer.print(separator);
      value.unparse(writer, BINDS_TIGHTEST, BINDS_TIGHTEST);
      writer.print("IS NOT NULL ");
      separator = "AND ";
    }
    writer.print("THEN ROW(");
    list(writer, new SqlNodeList(call.getOperandList(), SqlParserPos.ZERO));
    writer.print(") END");
    writer.endFunCall(frame);
  }

  /** An interval as its months, or its days and seconds. */
  static void interval(SqlWriter writer, SqlIntervalLiteral literal) {
    SqlIntervalLiteral.IntervalValue value =
        literal.getValueAs(SqlIntervalLiteral.IntervalValue.class);
    if (value.getIntervalQualifier().isYearMonth()) {
      long months = value.getSign() * SqlParserUtil.intervalToMonths(value);
      writer.literal("INTERVAL '%d months'".formatted(months));
    } else {
      BigDecimal seconds =
          BigDecimal.valueOf(value.getSign() * SqlParserUtil.intervalToMillis(value), 3);
      BigDecimal[] days = seconds.divideAndRemainder(SECONDS_OF_DAY);
      writer.literal(
          days[1].signum() == 0
              ? "INTERVAL '%s days'".formatted(days[0].toBigInteger())
              : "INTERVAL '%s days %s seconds'"
                  .formatted(days[0].toBigInteger(), days[1].toPlainString()));
    }
  }

  /** Two rows of values, the greater one first. */
  static void greaterRow(SqlWriter writer, SqlCall call) {
    int half = call.operandCount() / 2;
    SqlWriter.Frame frame = writer.startList("(", ")");
    row(writer, call.getOperandList().subList(0, half));
    writer.print("> ");
    row(writer, call.getOperandList().subList(half, 2 * half));
    writer.endList(frame);
  }

  private static void row(SqlWriter writer, List<SqlNode> values) {
    SqlWriter.Frame frame = writer.startFunCall("ROW");
    list(writer, new SqlNodeList(values, SqlParserPos.ZERO));
    writer.endFunCall(frame);
  }
}
