package org.metaxyjdbc.store;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import javax.sql.XADataSource;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDialect;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.dialect.H2SqlDialect;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.catalog.SystemColumn;
import org.metaxyjdbc.error.SqlState;

/** H2, embedded or as a server. */
final class H2StoreDialect extends StoreDialect {
  /** As its driver calls it. */
  static final String PRODUCT = "H2";

  private static final String XA_DATA_SOURCE = "org.h2.jdbcx.JdbcDataSource";

  // Error codes of H2, whose driver need not be there.
  /** Of a number in a column; the same five characters are another SQLSTATE. */
  private static final int OUT_OF_RANGE = 22004;

  private static final int SYNTAX_ERROR = 42000;
  private static final int SYNTAX_ERROR_WITH_WORDS = 42001;
  private static final int INVALID_VALUE = 90008;
  private static final int FUNCTION_NOT_FOUND = 90022;
  private static final int MORE_THAN_ONE_ROW = 90053;

  private static final RowId ROW_ID = new RowId("_ROWID_", SqlTypeName.BIGINT);

  private static final int READS_OF_REPLACED_TABLE = 100;

  /**
   * The time of a version, in a column that {@code SELECT *} does not show: H2 has no index on an
   * expression.
   */
  private static final String VERSION_TIME = "metaxy_version_time";

  private static final String TIME =
      "COALESCE(\"%s\", \"%s\")"
          .formatted(
              SystemColumn.METAXY_DELETED_AT.columnName(),
              SystemColumn.METAXY_UPDATED_AT.columnName());

  private static final String VERSION_INDEX =
      """
      SELECT COLUMN_NAME FROM INFORMATION_SCHEMA.INDEX_COLUMNS AS i
      WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? AND INDEX_NAME = ?
        AND EXISTS (
          SELECT 1 FROM INFORMATION_SCHEMA.COLUMNS AS c
          WHERE c.TABLE_SCHEMA = i.TABLE_SCHEMA AND c.TABLE_NAME = i.TABLE_NAME
            AND c.COLUMN_NAME = ? AND c.GENERATION_EXPRESSION = ?)
      ORDER BY ORDINAL_POSITION""";

  private final TableCopies copies = new H2TableCopies(this);

  /** H2 takes what is before the first character for that. */
  private static final String SUBSTRING =
      "CASE WHEN $2 < 1 THEN SUBSTRING($1, 1, GREATEST($2 + $3 - 1, 0)) ELSE SUBSTRING($1, $2, GREATEST($3, 0)) END";

  private static final StoreSpelling SPELLING =
      new StoreSpelling()
          .with(StoreOperators.MICROSECOND_AFTER, "($1 + INTERVAL '0.000001' SECOND)")
          .with(StoreOperators.PLUS_MICROSECONDS, "($1 + ($2) * INTERVAL '0.000001' SECOND)")
          .with(StoreOperators.INDEXED_TIME, "\"" + VERSION_TIME + "\"")
          .with(StoreOperators.SAME_ID, "($1 IS NOT DISTINCT FROM $2)")
          .with(StoreOperators.WHOLE_UNITS_BETWEEN, WholeUnits::ofH2)
          // The fields of a row have their numbers as names.
          .with(StoreOperators.ROW_FIELD, "($1).\"C$2\"")
          .with("EXTRACT", "CAST(EXTRACT($unit FROM $2) AS BIGINT)")
          .with("EXTRACT(WEEK)", "CAST(EXTRACT(ISO_WEEK FROM $2) AS BIGINT)")
          .with("EXTRACT(EPOCH)", "CAST(FLOOR(EXTRACT(EPOCH FROM $2)) AS BIGINT)")
          .with("EXTRACT(MILLISECOND)", secondsAnd("MILLISECOND", 1_000))
          .with("EXTRACT(MICROSECOND)", secondsAnd("MICROSECOND", 1_000_000))
          .with("EXTRACT(NANOSECOND)", secondsAnd("NANOSECOND", 1_000_000_000))
          .with("FLOOR/2", "DATE_TRUNC($unit, $1)")
          .with("FLOOR(WEEK)", "DATEADD(DAY, -1, DATE_TRUNC(ISO_WEEK, DATEADD(DAY, 1, $1)))")
          .with("TO_DATE", TimePattern.JAVA.in("CAST(PARSEDATETIME(", ") AS DATE)"))
          .with("TO_TIMESTAMP", TimePattern.JAVA.in("CAST(PARSEDATETIME(", ") AS TIMESTAMP)"))
          .with("TO_CHAR", TimePattern.JAVA.in("FORMATDATETIME(", ", 'en')"))
          .with("SUBSTRING(COMPUTED)/2", "SUBSTRING($1, CASE WHEN $2 < 1 THEN 1 ELSE $2 END)")
          .with("SUBSTRING(COMPUTED)/3", SUBSTRING)
          .with("SUBSTR(COMPUTED)/2", "SUBSTRING($1, CASE WHEN $2 < 1 THEN 1 ELSE $2 END)")
          .with("SUBSTR(COMPUTED)/3", SUBSTRING)
          .with("POSITION/3", "LOCATE($1, $2, $3)")
          .with("OVERLAY/3", "INSERT($1, $3, CHAR_LENGTH($2), $2)")
          .with("OVERLAY/4", "(LEFT($1, $3 - 1) || $2 || SUBSTRING($1, $3 + $4))")
          .with("STARTS_WITH", "(LEFT($1, CHAR_LENGTH($2)) = $2)")
          .with("TRANSLATE", Patterns::translateOfH2)
          .with("TRANSLATE3", Patterns::translateOfH2)
          .with("REGEXP_EXTRACT/2", "REGEXP_SUBSTR($1, $2)")
          .with("REVERSE", characters("SUBSTRING($1, \"p\", 1)", "DESC"))
          .with(
              "INITCAP",
              characters(
                  "CASE WHEN \"p\" > 1 AND REGEXP_LIKE(SUBSTRING($1, \"p\" - 1, 1), '[\\p{L}\\p{N}]')"
                      + " THEN LOWER(SUBSTRING($1, \"p\", 1)) ELSE UPPER(SUBSTRING($1, \"p\", 1)) END",
                  "ASC"))
          .with(
              "SPLIT_PART",
              "CASE WHEN $1 IS NULL THEN NULL ELSE COALESCE(REGEXP_SUBSTR($1,"
                  + " '((?:(?!\\Q' || $2 || '\\E).)*)(?:\\Q' || $2 || '\\E|$)', 1,"
                  + " CASE WHEN $3 > 0 THEN $3 ELSE $3 + 2 + (CHAR_LENGTH($1) - CHAR_LENGTH(REPLACE($1, $2, ''))) / CHAR_LENGTH($2) END,"
                  + " 'n', 1), '') END")
          .with("ASCII", "CASE WHEN $1 = '' THEN 0 ELSE ASCII($1) END")
          .with("MD5", hash("MD5"))
          .with("SHA1", hash("SHA-1"))
          .with("SHA256", hash("SHA-256"))
          .with("SHA512", hash("SHA-512"))
          .like(SharedSpellings.regularExpressions("REGEXP_LIKE", "n"))
          .with("REGEXP_REPLACE", Patterns::replaceOfH2)
          .with("CBRT", "(SIGN($1) * POWER(ABS($1), 1 / CAST(3 AS DOUBLE PRECISION)))")
          .with("ASINH", "(SIGN($1) * LN(ABS($1) + SQRT($1 * $1 + 1)))")
          .with("ACOSH", "LN($1 + SQRT($1 * $1 - 1))")
          .with("ATANH", "(LN((1 + $1) / (1 - $1)) / 2)")
          // A quotient has as many digits as its operands, which may be too few.
          .with(StoreOperators.DIVIDE_DECIMALS, "($1 * CAST(1 AS NUMERIC(20, 18)) / $2)")
          .with(StoreOperators.MOD_DECIMALS, "($1 - $2 * TRUNCATE($1 / $2))")
          .with("RAND_INTEGER/1", "CAST(FLOOR(RAND() * $1) AS INTEGER)")
          .with("LOG/1", "LOG10($1)")
          .with("LEFTSHIFT", "LSHIFT($1, $2)")
          .with("<<", "LSHIFT($1, $2)")
          .with("&", "BITAND($1, $2)")
          .with("^", "BITXOR($1, $2)")
          .with("BIT_XOR", "BIT_XOR_AGG($distinct$1)")
          .with("ARG_MAX", "(ARRAY_AGG($1 ORDER BY $2 DESC NULLS LAST))[1]")
          .with("ARG_MIN", "(ARRAY_AGG($1 ORDER BY $2 NULLS LAST))[1]")
          .with("LISTAGG/1", "LISTAGG($distinct$1, ',')")
          .with(
              "WITHIN GROUP(LISTAGG)/1", "LISTAGG($distinct$1, ',') WITHIN GROUP (ORDER BY $order)")
          .with("OVER(NTILE)", StoreSpelling::withoutFrame)
          .like(SharedSpellings.DEGREES)
          .like(SharedSpellings.LIKE_WITHOUT_ESCAPE)
          .with("VERSION", "H2VERSION()");

  /** A time's seconds and what is less, in one number. */
  private static String secondsAnd(String unit, int ofSecond) {
    return "(CAST(EXTRACT(SECOND FROM $2) AS BIGINT) * %d + EXTRACT(%s FROM $2))"
        .formatted(ofSecond, unit);
  }

  /** The text of what is made of each character of a text, {@code "p"} being its position. */
  private static String characters(String character, String order) {
    return "COALESCE((SELECT LISTAGG(%s, '') WITHIN GROUP (ORDER BY \"p\" %s) FROM SYSTEM_RANGE(1, 2147483647) AS \"p\" (\"p\") WHERE \"p\" <= COALESCE(CHAR_LENGTH($1), 0)), $1)"
        .formatted(character, order);
  }

  private static String hash(String algorithm) {
    return "RAWTOHEX(HASH('%s', STRINGTOUTF8($1)))".formatted(algorithm);
  }

  private static final UnsupportedCalls UNSUPPORTED =
      new UnsupportedCalls()
          .with("AGE", "STRING_TO_ARRAY", "JSON_VALUE", "JSON_EXISTS", "MAP")
          .withoutLiteral("TO_CHAR", 1, TimePattern.JAVA::covers)
          .withoutLiteral("TO_DATE", 1, TimePattern.JAVA::covers)
          .withoutLiteral("TO_TIMESTAMP", 1, TimePattern.JAVA::covers)
          .withoutLiteral("REGEXP_REPLACE", 1, regex -> true)
          .withoutLiteral("REGEXP_REPLACE", 2, replacement -> true)
          .withoutLiteral("REGEXP_REPLACE", 3, flags -> true)
          .withoutLiteral("SIMILAR TO", 1, pattern -> true)
          .withoutLiteral("NOT SIMILAR TO", 1, pattern -> true);

  H2StoreDialect() {
    super(
        PRODUCT,
        new Sql(),
        new H2Types(),
        EnumSet.complementOf(
            EnumSet.of(
                StoreCapability.DEFINITIONS_IN_TRANSACTIONS,
                StoreCapability.PREPARED_TRANSACTIONS_DETACHED,
                StoreCapability.CORRELATION_IN_FROM,
                StoreCapability.GROUPING_SETS,
                StoreCapability.EQUAL_ROWS)));
  }

  /** What Calcite has and H2 does not, it calls an error of the statement. */
  @Override
  public @Nullable SqlState stateOf(SQLException failure) {
    return switch (failure.getErrorCode()) {
      case FUNCTION_NOT_FOUND, SYNTAX_ERROR, SYNTAX_ERROR_WITH_WORDS ->
          SqlState.FEATURE_NOT_SUPPORTED;
      case INVALID_VALUE -> SqlState.INVALID_PARAMETER_VALUE;
      case OUT_OF_RANGE -> SqlState.NUMERIC_OUT_OF_RANGE;
      case MORE_THAN_ONE_ROW -> SqlState.CARDINALITY_VIOLATION;
      default -> super.stateOf(failure);
    };
  }

  /** A CHAR in a row value makes H2 take the row's other fields for text too. */
  @Override
  public UnsupportedCalls unsupportedCalls() {
    return UNSUPPORTED;
  }

  @Override
  public CurrentVersionShape currentVersionShape(StoreTable table) {
    return table.columns().stream().anyMatch(column -> column.jdbcType() == Types.CHAR)
        ? CurrentVersionShape.WINDOW
        : CurrentVersionShape.GREATEST_ROW;
  }

  @Override
  public Optional<TableCopies> copies() {
    return Optional.of(copies);
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
  public List<String> computedColumns() {
    return List.of(
        "%s %s INVISIBLE GENERATED ALWAYS AS (%s)"
            .formatted(
                identifier(VERSION_TIME),
                systemColumnType(SystemColumn.Type.TIMESTAMP, List.of()),
                TIME));
  }

  /** With the time of a version: the latest of a record is found without sorting them all. */
  @Override
  public List<String> createIndexes(List<String> table, List<String> idColumns) {
    return List.of(
        "CREATE INDEX %s ON %s (%s, %s DESC NULLS LAST)"
            .formatted(
                identifier(List.of(table.get(0), nameOfVersionIndex(table.get(1)))),
                identifier(table),
                identifiers(idColumns),
                identifier(VERSION_TIME)));
  }

  /**
   * While another session adds a column H2 replaces the table: for a moment there is a copy of it
   * alone, or it has no columns. It is looked for until it is whole.
   */
  @Override
  public Optional<StoreTable> table(Connection connection, String schema, String name)
      throws SQLException {
    Optional<StoreTable> found = super.table(connection, schema, name);
    boolean isReplaced = true;
    for (int i = 0; isReplaced && !isWhole(found) && i < READS_OF_REPLACED_TABLE; i++) {
      isReplaced = found.isPresent() || hasCopy(connection, schema, name);
      found = super.table(connection, schema, name);
    }
    return found;
  }

  private static boolean isWhole(Optional<StoreTable> table) {
    return table.isPresent() && !table.get().columns().isEmpty();
  }

  private static boolean hasCopy(Connection connection, String schema, String name)
      throws SQLException {
    StoreColumnReader reader = new StoreColumnReader(connection, schema);
    for (String spelling : spellings(name)) {
      if (!reader.tables(spelling + "_COPY_").isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private static String nameOfVersionIndex(String table) {
    return "metaxy_current_" + table;
  }

  @Override
  List<String> versionIndex(Connection connection, List<String> table) throws SQLException {
    List<String> columns = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(VERSION_INDEX)) {
      query.setString(1, table.get(0));
      query.setString(2, table.get(1));
      query.setString(3, nameOfVersionIndex(table.get(1)));
      query.setString(4, VERSION_TIME);
      query.setString(5, TIME);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          columns.add(rows.getString(1));
        }
      }
    }
    int time = columns.indexOf(VERSION_TIME);
    return time < 0 ? List.of() : columns.subList(0, time);
  }

  @Override
  public WriteLock lockForWriting(Connection connection, StoreTable table) throws SQLException {
    WriteLock lock = JvmWriteLock.acquire(connection, table);
    return connection.getTransactionIsolation() <= Connection.TRANSACTION_READ_COMMITTED
        ? () -> lock.close()
        : lock;
  }

  /** The source's own user and password are empty, and contradict those of a URL. */
  @Override
  public XADataSource xaDataSource(ClassLoader driver, String url, Properties properties)
      throws SQLException {
    StringBuilder all = new StringBuilder(url);
    for (String name : properties.stringPropertyNames()) {
      String value = properties.getProperty(name).replace("\\", "\\\\").replace(";", "\\;");
      all.append(';').append(name).append('=').append(value);
    }
    XADataSource source = DriverMethods.create(XADataSource.class, driver, XA_DATA_SOURCE);
    DriverMethods.call(source, "setURL", all.toString());
    DriverMethods.call(source, "setUser", (Object) null);
    DriverMethods.call(source, "setPassword", (Object) null);
    return source;
  }

  /** H2's statement asks its session once only, which may forget it. */
  @Override
  public void cancelAgain(Statement statement) throws SQLException {
    DriverMethods.call(session(statement), "cancel");
  }

  /** A session is cancelled until its next statement looks, unless its time limit is set. */
  @Override
  public void forgetCancel(Statement statement) throws SQLException {
    Object session = session(statement);
    Object limit = DriverMethods.call(session, "getQueryTimeout");
    DriverMethods.call(session, "setQueryTimeout", limit);
  }

  private static Object session(Statement statement) throws SQLException {
    return requireNonNull(DriverMethods.call(statement.getConnection(), "getSession"));
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
      if (!SPELLING.write(writer, call)) {
        super.unparseCall(writer, call, leftPrec, rightPrec);
      }
    }

    @Override
    public SqlDialect.CalendarPolicy getCalendarPolicy() {
      return CalendarPolicy.NONE;
    }
  }
}
