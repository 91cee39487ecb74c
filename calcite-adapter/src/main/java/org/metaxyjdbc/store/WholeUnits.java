package org.metaxyjdbc.store;

import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlWriter;

/** How the stores say {@link StoreOperators#WHOLE_UNITS_BETWEEN}. */
final class WholeUnits {
  private static final long MICROS_OF_SECOND = 1_000_000;

  private final SqlWriter writer;
  private final SqlCall call;
  private final TimeUnit unit;

  private WholeUnits(SqlWriter writer, SqlCall call) {
    this.writer = writer;
    this.call = call;
    this.unit = TimeUnit.valueOf(((SqlLiteral) call.operand(0)).toValue());
  }

  private boolean isMonths() {
    return switch (unit) {
      case MONTH, QUARTER, YEAR -> true;
      default -> false;
    };
  }

  private long months() {
    return unit == TimeUnit.YEAR ? 12 : unit == TimeUnit.QUARTER ? 3 : 1;
  }

  private long micros() {
    return switch (unit) {
      case MICROSECOND -> 1;
      case MILLISECOND -> 1_000;
      case SECOND -> MICROS_OF_SECOND;
      case MINUTE -> 60 * MICROS_OF_SECOND;
      case HOUR -> 3_600 * MICROS_OF_SECOND;
      case DAY -> 86_400 * MICROS_OF_SECOND;
      case WEEK -> 7 * 86_400 * MICROS_OF_SECOND;
      default -> throw new IllegalStateException("no whole units of " + unit);
    };
  }

  private void from() {
    call.operand(1).unparse(writer, 100, 100);
  }

  private void to() {
    call.operand(2).unparse(writer, 100, 100);
  }

  static void ofDuckDb(SqlWriter writer, SqlCall call) {
    new WholeUnits(writer, call).ofDuckDb();
  }

  static void ofPostgresql(SqlWriter writer, SqlCall call) {
    new WholeUnits(writer, call).ofPostgresql();
  }

  static void ofH2(SqlWriter writer, SqlCall call) {
    new WholeUnits(writer, call).ofH2();
  }

  /** {@code date_sub} counts whole units. */
  private void ofDuckDb() {
    writer.print("DATE_SUB('" + unit.name() + "', ");
    from();
    writer.print(", ");
    to();
    writer.print(")");
  }

  /** An age has whole years and months; a difference has seconds. */
  private void ofPostgresql() {
    if (isMonths()) {
      writer.print("TRUNC((EXTRACT(YEAR FROM AGE(");
      ages();
      writer.print(")) * 12 + EXTRACT(MONTH FROM AGE(");
      ages();
      writer.print("))) / " + months() + ")");
    } else {
      writer.print("TRUNC(EXTRACT(EPOCH FROM (");
      to();
      writer.print("- ");
      from();
      writer.print(")) * 1000000 / " + micros() + ")");
    }
  }

  private void ages() {
    to();
    writer.print(", ");
    from();
  }

  /** {@code DATEDIFF} counts the ends of months that lie between: the last one may not be whole. */
  private void ofH2() {
    if (isMonths()) {
      writer.print("((");
      dateDiff("MONTH");
      writer.print("- CASE WHEN ");
      from();
      writer.print("<= ");
      to();
      writer.print("AND ");
      shifted();
      writer.print("> ");
      to();
      writer.print("THEN 1 WHEN ");
      from();
      writer.print("> ");
      to();
      writer.print("AND ");
      shifted();
      writer.print("< ");
      to();
      writer.print("THEN -1 ELSE 0 END) / " + months() + ")");
    } else {
      writer.print("(");
      dateDiff("MICROSECOND");
      writer.print("/ " + micros() + ")");
    }
  }

  private void dateDiff(String h2Unit) {
    writer.print("DATEDIFF(" + h2Unit + ", ");
    from();
    writer.print(", ");
    to();
    writer.print(") ");
  }

  private void shifted() {
    writer.print("DATEADD(MONTH, ");
    dateDiff("MONTH");
    writer.print(", ");
    from();
    writer.print(") ");
  }
}
