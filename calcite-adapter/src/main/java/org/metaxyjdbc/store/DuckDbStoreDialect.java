package org.metaxyjdbc.store;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableMap;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlAbstractDateTimeLiteral;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.dialect.DuckDBSqlDialect;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.catalog.SystemColumn;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;

/** DuckDB, in memory or in a file. */
final class DuckDbStoreDialect extends StoreDialect {
  /** As its driver calls it. */
  static final String PRODUCT = "DuckDB";

  /** By how a message begins; the first that fits. */
  private static final ImmutableMap<String, SqlState> STATES =
      ImmutableMap.<String, SqlState>builder()
          .put("INTERRUPT Error", SqlState.QUERY_CANCELED)
          .put("Constraint Error: NOT NULL", SqlState.NOT_NULL_VIOLATION)
          .put("Constraint Error", SqlState.INTEGRITY_CONSTRAINT)
          .put("Conversion Error: Type ", SqlState.NUMERIC_OUT_OF_RANGE)
          .put("Conversion Error: Casting value", SqlState.NUMERIC_OUT_OF_RANGE)
          .put("Conversion Error: invalid date", SqlState.INVALID_DATETIME)
          .put("Conversion Error: date field", SqlState.INVALID_DATETIME)
          .put("Conversion Error: invalid timestamp", SqlState.INVALID_DATETIME)
          .put("Conversion Error", SqlState.INVALID_TEXT)
          .put("Out of Range Error: cannot take logarithm", SqlState.INVALID_LOGARITHM)
          .put("Out of Range Error: cannot take square root", SqlState.INVALID_POWER)
          .put("Out of Range Error", SqlState.NUMERIC_OUT_OF_RANGE)
          .put("Invalid Input Error: Division by zero", SqlState.DIVISION_BY_ZERO)
          .put("Invalid Input Error: More than one row", SqlState.CARDINALITY_VIOLATION)
          .put("Invalid Input Error", SqlState.DATA_EXCEPTION)
          .put("Not implemented Error", SqlState.FEATURE_NOT_SUPPORTED)
          .put("Parser Error", SqlState.FEATURE_NOT_SUPPORTED)
          .put("Catalog Error: Scalar Function", SqlState.FEATURE_NOT_SUPPORTED)
          .put("Catalog Error: Aggregate Function", SqlState.FEATURE_NOT_SUPPORTED)
          .put("Binder Error: No function matches", SqlState.FEATURE_NOT_SUPPORTED)
          .put("Binder Error", SqlState.SYNTAX_ERROR)
          .put("Syntax Error: Invalid escape string", SqlState.INVALID_ESCAPE_CHARACTER)
          .put("TransactionContext Error: Conflict", SqlState.SERIALIZATION_FAILURE)
          .put(
              "TransactionContext Error: Catalog write-write conflict",
              SqlState.SERIALIZATION_FAILURE)
          .put(
              "TransactionContext Error: Failed to commit: Failed to alter",
              SqlState.SERIALIZATION_FAILURE)
          .build();

  /**
   * DuckDB 2.0.0 frees too early the filters that a join gives to a scan: a row id that is looked
   * for among those of a sub-query, within a join, crashed the process where another session erased
   * rows meanwhile. See DuckDB's issue 26001, and 24182 for wrong rows of prepared statements.
   */
  private static final String UNSAFE_OPTIMIZER = "join_filter_pushdown";

  /** A time; in the place of NULL the earliest of all. */
  private static final String TIME = "COALESCE($1, '-infinity')";

  private static final Pattern NESTED_BINARY = Pattern.compile("[(,\\[ ].*\\bBLOB\\b|BLOB\\[");

  /** DuckDB counts from the end what is before the first character. */
  private static final String SUBSTRING =
      "CASE WHEN $2 < 1 THEN SUBSTRING($1, 1, GREATEST($2 + $3 - 1, 0)) ELSE SUBSTRING($1, $2, GREATEST($3, 0)) END";

  private static final StoreSpelling SPELLING =
      new StoreSpelling()
          .with(StoreOperators.MICROSECOND_AFTER, "($1 + INTERVAL 1 MICROSECOND)")
          .with(StoreOperators.PLUS_MICROSECONDS, "($1 + to_microseconds($2))")
          .with(StoreOperators.SAME_ID, "($1 IS NOT DISTINCT FROM $2)")
          .with(StoreOperators.WHOLE_UNITS_BETWEEN, WholeUnits::ofDuckDb)
          .with(StoreOperators.DIVIDE_INTEGERS, "($1 // $2)")
          .with(StoreOperators.LATEST_ROW_ID, "arg_max($2, %s)".formatted(TIME))
          .with(
              StoreOperators.IS_LATEST_TIED,
              "(max(%1$s, 2)[1] IS NOT DISTINCT FROM max(%1$s, 2)[2])".formatted(TIME))
          .with("EXTRACT(DOW)", "(EXTRACT(DOW FROM $2) + 1)")
          .with("EXTRACT(EPOCH)", "CAST(FLOOR(EXTRACT(EPOCH FROM $2)) AS BIGINT)")
          .with("FLOOR(WEEK)", "(DATE_TRUNC('week', $1 + INTERVAL 1 DAY) - INTERVAL 1 DAY)")
          .with("FLOOR(CENTURY)", sinceYearOne("century"))
          .with("FLOOR(MILLENNIUM)", sinceYearOne("millennium"))
          .with("TO_DATE", TimePattern.STRFTIME.in("CAST(STRPTIME(", ") AS DATE)"))
          .with("TO_TIMESTAMP", TimePattern.STRFTIME.in("CAST(STRPTIME(", ") AS TIMESTAMP)"))
          .with("TO_CHAR", TimePattern.STRFTIME.in("STRFTIME(", ")"))
          .with("SUBSTRING(COMPUTED)/2", "SUBSTRING($1, CASE WHEN $2 < 1 THEN 1 ELSE $2 END)")
          .with("SUBSTRING(COMPUTED)/3", SUBSTRING)
          .with("SUBSTR(COMPUTED)/2", "SUBSTRING($1, CASE WHEN $2 < 1 THEN 1 ELSE $2 END)")
          .with("SUBSTR(COMPUTED)/3", SUBSTRING)
          .with("LPAD/2", "LPAD($1, $2, ' ')")
          .with("RPAD/2", "RPAD($1, $2, ' ')")
          .with(
              "INITCAP",
              "ARRAY_TO_STRING(LIST_TRANSFORM(REGEXP_EXTRACT_ALL($1, '[\\p{L}\\p{N}]+|[^\\p{L}\\p{N}]+'),"
                  + " lambda w: UPPER(w[1]) || LOWER(w[2:])), '')")
          .like(SharedSpellings.regularExpressions("REGEXP_MATCHES", "s"))
          .with("REGEXP_LIKE", "REGEXP_MATCHES($*)")
          .with("REGEXP_EXTRACT/2", "NULLIF(REGEXP_EXTRACT($1, $2), '')")
          .with(StoreOperators.BYTES_OF_TEXT, "STRLEN($1)")
          .with("BITXOR", "XOR($1, $2)")
          .with("^", "XOR($1, $2)")
          .with("BITCOUNT", "BIT_COUNT($1)")
          .with("IGNORE NULLS", StoreSpelling::ignoreNulls)
          .with("TRUNCATE", "TRUNC($*)")
          .with("SYSTEM_USER", "CURRENT_USER")
          .with("EVERY", "BOOL_AND($distinct$1)")
          .like(SharedSpellings.POSTGRESQL)
          .like(SharedSpellings.DEGREES);

  /** Centuries begin with a year 1, in DuckDB with a year 0. */
  private static String sinceYearOne(String unit) {
    return "(DATE_TRUNC('%s', $1 - INTERVAL 1 YEAR) + INTERVAL 1 YEAR)".formatted(unit);
  }

  private static final UnsupportedCalls UNSUPPORTED =
      new UnsupportedCalls()
          .with("SOUNDEX", "SHA512", "UNIQUE")
          .with("JSON_OBJECT", "JSON_ARRAY", "JSON_OBJECTAGG", "JSON_ARRAYAGG")
          .with("JSON_VALUE", "JSON_EXISTS")
          .withJsonPredicates()
          .with("FLOOR", UnsupportedCalls::isOfTimeOfDay)
          .with("CEIL", UnsupportedCalls::isOfTimeOfDay)
          .with("STRING_TO_ARRAY", call -> call.getOperands().size() > 2)
          .withoutLiteral("TO_CHAR", 1, TimePattern.STRFTIME::covers)
          .withoutLiteral("TO_DATE", 1, TimePattern.STRFTIME::covers)
          .withoutLiteral("TO_TIMESTAMP", 1, TimePattern.STRFTIME::covers)
          .withoutLiteral("SIMILAR TO", 1, pattern -> true)
          .withoutLiteral("NOT SIMILAR TO", 1, pattern -> true);

  DuckDbStoreDialect() {
    super(
        PRODUCT,
        new Sql(),
        new DuckDbTypes(),
        EnumSet.complementOf(EnumSet.of(StoreCapability.SAVEPOINTS, StoreCapability.TEXT_LENGTHS)));
  }

  /** The driver has no states; a message begins with the kind of the error. */
  @Override
  public @Nullable SqlState stateOf(SQLException failure) {
    SqlState known = super.stateOf(failure);
    String message = String.valueOf(failure.getMessage());
    for (Map.Entry<String, SqlState> kind : STATES.entrySet()) {
      if (known == null && message.startsWith(kind.getKey())) {
        return kind.getValue();
      }
    }
    return known;
  }

  @Override
  public UnsupportedCalls unsupportedCalls() {
    return UNSUPPORTED;
  }

  @Override
  public CurrentVersionShape currentVersionShape(StoreTable table) {
    return CurrentVersionShape.LATEST_ROW_ID;
  }

  /**
   * For a limit of few rows DuckDB finds their row ids first, and reads the table again by these.
   */
  @Override
  public CurrentVersionShape shapeOfOneRecord() {
    return CurrentVersionShape.WINDOW;
  }

  /** Division by zero is an error, also that of numbers which are not exact. */
  @Override
  public void initialize(Connection connection) throws SQLException {
    super.initialize(connection);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET ieee_floating_point_ops = false");
      statement.execute(
          """
          SET disabled_optimizers = CASE
            WHEN contains(current_setting('disabled_optimizers'), '%1$s')
            THEN current_setting('disabled_optimizers')
            ELSE concat_ws(',', nullif(current_setting('disabled_optimizers'), ''), '%1$s') END"""
              .formatted(UNSAFE_OPTIMIZER));
    }
  }

  /**
   * DuckDB's driver does not begin one, and what follows would be committed statement by statement.
   */
  @Override
  public void beginAfterFailedCommit(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("BEGIN TRANSACTION");
    }
  }

  @Override
  public Optional<RowId> rowId() {
    return Optional.of(new RowId("rowid", SqlTypeName.BIGINT));
  }

  @Override
  public boolean isPrivate(String url) {
    String database = url.substring("jdbc:duckdb:".length());
    return database.isEmpty() || database.startsWith(";") || database.startsWith(":memory:");
  }

  @Override
  public String systemColumnType(SystemColumn.Type type, List<String> fields) {
    return switch (type) {
      case TEXT -> "VARCHAR";
      case TIMESTAMP -> "TIMESTAMP WITH TIME ZONE";
      case NESTED ->
          "STRUCT("
              + String.join(", ", fields.stream().map(f -> identifier(f) + " VARCHAR").toList())
              + ")";
    };
  }

  /** What is nested goes through JSON, which DuckDB casts to any type; it has no binary text. */
  @Override
  public String parameter(StoreColumn column) {
    if (column.typeName().equals(DuckDbTypes.BLOBS)) {
      return "?";
    }
    return switch (kindOf(column.jdbcType(), column.typeName())) {
      case NESTED, LIST -> "CAST(CAST(? AS JSON) AS " + column.typeName() + ")";
      case JSON -> "CAST(? AS JSON)";
      default -> "?";
    };
  }

  @Override
  public void bind(
      PreparedStatement statement, int index, StoreColumn column, Object value, String text)
      throws SQLException {
    if (column.typeName().equals(DuckDbTypes.BLOBS)) {
      super.bind(statement, index, column, value, text);
    } else if (NESTED_BINARY.matcher(column.typeName()).find()) {
      throw MetaxyException.unsupported(
          "Column '%s' of type %s cannot be given a value: JSON, in which nested values are given, has no form for its binaries"
              .formatted(column.name(), column.typeName()));
    } else if (kindOf(column.jdbcType(), column.typeName()) == ValueKind.LIST
        || column.typeName().equals("TIME_NS")
        || column.typeName().equals("TIMESTAMP_NS")) {
      statement.setString(index, text);
    } else {
      super.bind(statement, index, column, value, text);
    }
  }

  /** A batch runs row by row: 600 rows a second measured, against 2,500 so. */
  @Override
  public int rowsOfInsert() {
    return 20;
  }

  @Override
  public String columnType(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case ANY -> "JSON";
      case VARBINARY, BINARY -> "BLOB";
      case FLOAT -> "DOUBLE";
      case CHAR -> "VARCHAR";
      case ARRAY -> columnType(requireNonNull(type.getComponentType())) + "[]";
      case MAP ->
          "MAP(%s, %s)"
              .formatted(
                  columnType(requireNonNull(type.getKeyType())),
                  columnType(requireNonNull(type.getValueType())));
      case ROW ->
          "STRUCT("
              + String.join(
                  ", ",
                  type.getFieldList().stream()
                      .map(field -> identifier(field.getName()) + " " + columnType(field.getType()))
                      .toList())
              + ")";
      default -> super.columnType(type);
    };
  }

  /** DuckDB scans faster than its indexes find, and they slow writes down. */
  @Override
  public List<String> createIndexes(List<String> table, List<String> idColumns) {
    return List.of();
  }

  /** A transaction keeps its snapshot, whatever the isolation level. */
  @Override
  public WriteLock lockForWriting(Connection connection, StoreTable table) throws SQLException {
    return JvmWriteLock.acquire(connection, table);
  }

  private static final class Sql extends DuckDBSqlDialect {
    private static final CastSpec CAST_SPEC = new CastSpec(0, "DOUBLE", "BLOB", 38, "BIGNUM");

    Sql() {
      super(DuckDBSqlDialect.DEFAULT_CONTEXT.withDataTypeSystem(MetaxyTypeSystem.INSTANCE));
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
    public boolean supportsAliasedValues() {
      return true;
    }

    @Override
    public void quoteStringLiteral(StringBuilder buffer, @Nullable String charset, String value) {
      StoreSpelling.text(buffer, value);
    }

    @Override
    public @Nullable SqlNode getCastSpec(RelDataType type) {
      if (type.getPrecision() > MetaxyTypeSystem.TIMESTAMP_PRECISION) {
        switch (type.getSqlTypeName()) {
          case TIME -> {
            return CastSpec.named("TIME_NS", type);
          }
          case TIMESTAMP -> {
            return CastSpec.named("TIMESTAMP_NS", type);
          }
          default -> {}
        }
      }
      return CAST_SPEC.of(type).orElseGet(() -> super.getCastSpec(type));
    }

    @Override
    public void unparseSqlIntervalLiteral(
        SqlWriter writer, SqlIntervalLiteral literal, int leftPrec, int rightPrec) {
      StoreSpelling.interval(writer, literal);
    }

    /** DuckDB's plain names of times are of microseconds, and cut what is finer. */
    @Override
    public void unparseDateTimeLiteral(
        SqlWriter writer, SqlAbstractDateTimeLiteral literal, int leftPrec, int rightPrec) {
      if (literal.getPrec() > MetaxyTypeSystem.TIMESTAMP_PRECISION) {
        writer.literal("%s_NS '%s'".formatted(literal.getTypeName(), literal.toFormattedString()));
      } else {
        super.unparseDateTimeLiteral(writer, literal, leftPrec, rightPrec);
      }
    }

    @Override
    public void unparseCall(SqlWriter writer, SqlCall call, int leftPrec, int rightPrec) {
      if (!SPELLING.write(writer, call)) {
        super.unparseCall(writer, call, leftPrec, rightPrec);
      }
    }
  }
}
