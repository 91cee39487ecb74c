package org.metaxyjdbc.store;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDialect;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.dialect.H2SqlDialect;
import org.apache.calcite.sql.fun.SqlFloorFunction;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.catalog.SystemColumn;

/** H2, embedded or as a server. */
final class H2StoreDialect extends StoreDialect {
  private static final RowId ROW_ID = new RowId("_ROWID_", SqlTypeName.BIGINT);

  H2StoreDialect() {
    super(
        "H2",
        new Sql(),
        new H2Types(),
        EnumSet.complementOf(
            EnumSet.of(StoreCapability.CORRELATION_IN_FROM, StoreCapability.GROUPING_SETS)));
  }

  /** A CHAR in a row value makes H2 take the row's other fields for text too. */
  @Override
  public CurrentVersionShape currentVersionShape(StoreTable table) {
    return table.columns().stream().anyMatch(column -> column.jdbcType() == Types.CHAR)
        ? CurrentVersionShape.WINDOW
        : CurrentVersionShape.GREATEST_ROW;
  }

  @Override
  public Optional<RowId> rowId() {
    return Optional.of(ROW_ID);
  }

  /** A database in memory that has no name. */
  @Override
  public boolean isPrivate(String url) {
    return url.equals("jdbc:h2:mem:") || url.startsWith("jdbc:h2:mem:;");
  }

  @Override
  public String countingRecords(String delete, List<String> idColumns) {
    return "SELECT COUNT(*) FROM (SELECT DISTINCT %s FROM OLD TABLE (%s)) AS r"
        .formatted(identifiers(idColumns), delete);
  }

  @Override
  public String systemColumnType(SystemColumn.Type type, List<String> fields) {
    return switch (type) {
      case TEXT -> "VARCHAR";
      case TIMESTAMP -> "TIMESTAMP(6) WITH TIME ZONE";
      case NESTED -> "JSON";
    };
  }

  @Override
  public String parameter(StoreColumn column) {
    return kindOf(column.jdbcType(), column.typeName()) == ValueKind.JSON ? "? FORMAT JSON" : "?";
  }

  @Override
  public void bind(
      PreparedStatement statement, int index, StoreColumn column, Object value, String text)
      throws SQLException {
    if (kindOf(column.jdbcType(), column.typeName()) == ValueKind.LIST
        && !(value instanceof ListValue)) {
      types().bind(statement, index, JsonArrays.parse(column, text), SqlTypeName.ANY);
    } else {
      super.bind(statement, index, column, value, text);
    }
  }

  @Override
  public String columnType(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case ANY, MAP, ROW -> "JSON";
      case VARBINARY, BINARY -> "VARBINARY";
      case FLOAT -> "DOUBLE PRECISION";
      case ARRAY -> columnType(requireNonNull(type.getComponentType())) + " ARRAY";
      default -> super.columnType(type);
    };
  }

  /** Text is JSON only where that is said; it would be a JSON string. */
  @Override
  public String defaultValue(RelDataType type, SqlNode constant) {
    String value = super.defaultValue(type, constant);
    return columnType(type).equals("JSON") && !SqlUtil.isNullLiteral(constant, true)
        ? value + " FORMAT JSON"
        : value;
  }

  @Override
  public List<String> createIndexes(List<String> table, List<String> idColumns) {
    List<String> index = List.of(table.get(0), "metaxy_current_" + table.get(1));
    return List.of(
        "CREATE INDEX %s ON %s (%s)"
            .formatted(identifier(index), identifier(table), identifiers(idColumns)));
  }

  @Override
  public WriteLock lockForWriting(Connection connection, StoreTable table) throws SQLException {
    WriteLock lock = JvmWriteLock.acquire(connection, table);
    return connection.getTransactionIsolation() <= Connection.TRANSACTION_READ_COMMITTED
        ? () -> lock.close()
        : lock;
  }

  /** H2's SQL. Calcite's dialect says that H2 has no window functions; it has. */
  private static final class Sql extends H2SqlDialect {
    private static final CastSpec CAST_SPEC =
        new CastSpec(9, "DOUBLE PRECISION", "VARBINARY", 1000, "DECFLOAT(1000)");

    Sql() {
      super(
          H2SqlDialect.DEFAULT_CONTEXT
              .withDataTypeSystem(MetaxyTypeSystem.INSTANCE)
              .withNullCollation(NullCollation.LOW));
    }

    @Override
    public boolean supportsWindowFunctions() {
      return true;
    }

    /** In quotes, {@code _ROWID_} would be the name of an ordinary column. */
    @Override
    public StringBuilder quoteIdentifier(StringBuilder buffer, String name) {
      return name.equals(ROW_ID.name()) ? buffer.append(name) : super.quoteIdentifier(buffer, name);
    }

    @Override
    public boolean supportsNestedAggregations() {
      return false;
    }

    @Override
    public boolean supportsCharSet() {
      return false;
    }

    @Override
    public void quoteStringLiteral(StringBuilder buffer, @Nullable String charset, String value) {
      StoreSpelling.text(buffer, value);
    }

    @Override
    public @Nullable SqlNode getCastSpec(RelDataType type) {
      return CAST_SPEC.of(type).orElseGet(() -> super.getCastSpec(type));
    }

    @Override
    public void unparseCall(SqlWriter writer, SqlCall call, int leftPrec, int rightPrec) {
      if (call.getOperator().equals(StoreOperators.MICROSECOND_AFTER)) {
        StoreSpelling.plus(writer, call, "INTERVAL '0.000001' SECOND");
      } else if (call.getOperator().equals(StoreOperators.PLUS_MICROSECONDS)) {
        StoreSpelling.plus(writer, call, "(", ") * INTERVAL '0.000001' SECOND");
      } else if (call.getOperator().equals(StoreOperators.SAME_ID)) {
        StoreSpelling.isNotDistinctFrom(writer, call);
      } else if (call.getOperator().equals(StoreOperators.ROW_FIELD)) {
        rowField(writer, call);
      } else if (call.getKind() == SqlKind.FLOOR && call.operandCount() == 2) {
        SqlFloorFunction.unparseDatetimeFunction(
            writer,
            SqlFloorFunction.replaceTimeUnitOperand(
                call, call.operand(1).toString(), SqlParserPos.ZERO),
            "DATE_TRUNC",
            false);
      } else if (StoreSpelling.isOrdered(call, SqlKind.ARRAY_AGG)) {
        StoreSpelling.ordered(writer, call, "ARRAY_AGG", false);
      } else if (call.getOperator().equals(StoreOperators.WHOLE_UNITS_BETWEEN)) {
        new WholeUnits(writer, call).ofH2();
      } else if (StoreSpelling.isExtract(call, TimeUnitRange.WEEK)) {
        writer.print("EXTRACT(ISO_WEEK FROM ");
        call.operand(1).unparse(writer, 0, 0);
        writer.print(")");
      } else if (CastSpec.isNone(call)) {
        call.operand(0).unparse(writer, leftPrec, rightPrec);
      } else {
        super.unparseCall(writer, call, leftPrec, rightPrec);
      }
    }

    /** {@code (row)."C1"}: H2 names the fields of a row by their numbers. */
    private void rowField(SqlWriter writer, SqlCall call) {
      SqlWriter.Frame frame = writer.startList("(", ")");
      call.operand(0).unparse(writer, 0, 0);
      writer.endList(frame);
      writer.print("." + quoteIdentifier("C" + call.operand(1)));
      writer.setNeedWhitespace(true);
    }

    @Override
    public SqlDialect.CalendarPolicy getCalendarPolicy() {
      return CalendarPolicy.NONE;
    }
  }
}
