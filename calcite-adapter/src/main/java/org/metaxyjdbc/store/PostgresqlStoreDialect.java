package org.metaxyjdbc.store;

import static java.util.Objects.requireNonNull;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import javax.sql.XADataSource;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.dialect.PostgresqlSqlDialect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.util.BitString;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.catalog.SystemColumn;
import org.metaxyjdbc.error.SqlState;

/** PostgreSQL 14 and later. */
final class PostgresqlStoreDialect extends StoreDialect {
  /** As its driver calls it. */
  static final String PRODUCT = "PostgreSQL";

  private static final String XA_DATA_SOURCE = "org.postgresql.xa.PGXADataSource";

  private static final Set<String> PLAIN_TYPES =
      Set.of(
          "text",
          "varchar",
          "bpchar",
          "name",
          "int2",
          "int4",
          "int8",
          "float4",
          "float8",
          "numeric",
          "bool",
          "bytea",
          "date",
          "time",
          "timetz",
          "timestamp",
          "timestamptz",
          "smallserial",
          "serial",
          "bigserial",
          "uuid");

  /** Syntax errors, and functions that are not there or not for such arguments. */
  private static final Set<String> NOT_SUPPORTED = Set.of("42601", "42883", "42809");

  private static final StoreSpelling SPELLING =
      new StoreSpelling()
          .with(StoreOperators.MICROSECOND_AFTER, "($1 + INTERVAL '1 microsecond')")
          .with(StoreOperators.PLUS_MICROSECONDS, "($1 + ($2) * INTERVAL '1 microsecond')")
          // Records compare NULLs as equal, and hash.
          .with(StoreOperators.SAME_ID, "(CAST(ROW($1) AS record) = CAST(ROW($2) AS record))")
          .with(StoreOperators.IS_GREATER_ROW, StoreSpelling::greaterRow)
          .with(StoreOperators.TIME_OR_LEAST, "COALESCE($1, '-infinity')")
          .with(StoreOperators.WHOLE_UNITS_BETWEEN, WholeUnits::ofPostgresql)
          .with("EXTRACT", "CAST(FLOOR(EXTRACT($unit FROM $2)) AS BIGINT)")
          .with("EXTRACT(DOW)", "CAST(EXTRACT(DOW FROM $2) + 1 AS BIGINT)")
          .with("FLOOR(WEEK)", "(DATE_TRUNC('week', $1 + INTERVAL '1 day') - INTERVAL '1 day')")
          .with(
              "LAST_DAY",
              "CAST(DATE_TRUNC('month', $1) + INTERVAL '1 month' - INTERVAL '1 day' AS DATE)")
          .with("TO_TIMESTAMP/2", "CAST(TO_TIMESTAMP($1, $2) AS TIMESTAMP)")
          .with("MONTHNAME", "TO_CHAR($1, 'FMMonth')")
          .with("DAYNAME", "TO_CHAR($1, 'FMDay')")
          .with("SHA256", "ENCODE(SHA256(CONVERT_TO($1, 'UTF8')), 'hex')")
          .with("SHA512", "ENCODE(SHA512(CONVERT_TO($1, 'UTF8')), 'hex')")
          .with("REGEXP_EXTRACT/2", "(REGEXP_MATCH($1, '(' || $2 || ')'))[1]")
          .with("ITEM", "($1)[$2]")
          .with("BITXOR", "($1 # $2)")
          .with("^", "($1 # $2)")
          .with("BITCOUNT", "BIT_COUNT(CAST(CAST($1 AS BIGINT) AS BIT(64)))")
          .with("ROUND/1", "ROUND(CAST($1 AS NUMERIC))")
          .with("ROUND/2", "ROUND(CAST($1 AS NUMERIC), $2)")
          .with("TRUNCATE/1", "TRUNC($1)")
          .with("TRUNCATE/2", "TRUNC(CAST($1 AS NUMERIC), $2)")
          .with("SYSTEM_USER", "SESSION_USER")
          .with("MODE", "MODE() WITHIN GROUP (ORDER BY $1)")
          .with("GROUPING_ID", "GROUPING($*)")
          .with("ARG_MAX", "(ARRAY_AGG($1 ORDER BY $2 DESC NULLS LAST))[1]")
          .with("ARG_MIN", "(ARRAY_AGG($1 ORDER BY $2 NULLS LAST))[1]")
          .like(SharedSpellings.POSTGRESQL)
          .like(SharedSpellings.LIKE_WITHOUT_ESCAPE);

  private static final UnsupportedCalls UNSUPPORTED =
      new UnsupportedCalls()
          .with("SOUNDEX", "SHA1", "UNIQUE", "MAP", "JSON_VALUE", "JSON_EXISTS")
          .with("JSON_OBJECT", "JSON_ARRAY", "JSON_OBJECTAGG", "JSON_ARRAYAGG")
          .withJsonPredicates()
          .withWindow(over -> over.isDistinct() || over.ignoreNulls())
          .with("MIN", call -> isUuid(call.getOperands().get(0).getType()))
          .with("MAX", call -> isUuid(call.getOperands().get(0).getType()))
          .withAggregate("MIN", (call, types) -> isUuid(types.get(0)))
          .withAggregate("MAX", (call, types) -> isUuid(types.get(0)));

  private static boolean isUuid(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.UUID;
  }

  PostgresqlStoreDialect() {
    super(PRODUCT, new Sql(), new PostgresqlTypes(), EnumSet.allOf(StoreCapability.class));
  }

  @Override
  public UnsupportedCalls unsupportedCalls() {
    return UNSUPPORTED;
  }

  @Override
  public CurrentVersionShape currentVersionShape(StoreTable table) {
    return CurrentVersionShape.NO_LATER_VERSION;
  }

  @Override
  public boolean fetchesInTransactions() {
    return true;
  }

  /** What Calcite has and PostgreSQL does not, it calls an error of the statement. */
  @Override
  public @Nullable SqlState stateOf(SQLException failure) {
    String state = String.valueOf(failure.getSQLState());
    if (NOT_SUPPORTED.contains(state)) {
      return SqlState.FEATURE_NOT_SUPPORTED;
    }
    // A statement was prepared for the columns of a table that has others now: it is prepared anew.
    return state.equals(SqlState.FEATURE_NOT_SUPPORTED.code())
            && String.valueOf(failure.getMessage()).contains("cached plan")
        ? SqlState.SERIALIZATION_FAILURE
        : super.stateOf(failure);
  }

  /** Its driver keeps statements in the server after they were closed. */
  @Override
  public void forgetStatements(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("DEALLOCATE ALL");
    }
  }

  @Override
  public Optional<RowId> rowId() {
    return Optional.of(new RowId("ctid", SqlTypeName.OTHER));
  }

  @Override
  public String systemColumnType(SystemColumn.Type type, List<String> fields) {
    return switch (type) {
      case TEXT -> "VARCHAR";
      case TIMESTAMP -> "TIMESTAMP(6) WITH TIME ZONE";
      case NESTED -> "JSONB";
    };
  }

  /** {@code X'0a'}, which is a string of bits here, as bytes. */
  @Override
  public SqlNode respell(SqlNode statement) {
    return requireNonNull(
        statement.accept(
            new SqlShuttle() {
              @Override
              public SqlNode visit(SqlLiteral literal) {
                if (literal.getTypeName() != SqlTypeName.BINARY) {
                  return literal;
                }
                String hex = literal.getValueAs(BitString.class).toHexString();
                return SqlStdOperatorTable.CAST.createCall(
                    SqlParserPos.ZERO,
                    SqlLiteral.createCharString("\\x" + hex, SqlParserPos.ZERO),
                    CastSpec.named(
                        "BYTEA", MetaxyTypeFactory.INSTANCE.createSqlType(SqlTypeName.VARBINARY)));
              }
            }));
  }

  /** PostgreSQL takes text for a type of its own only where it is told so. */
  @Override
  public String parameter(StoreColumn column) {
    if (PLAIN_TYPES.contains(column.typeName()) || isList(column)) {
      return "?";
    }
    String type = column.typeName();
    return "CAST(? AS " + (type.startsWith("\"") ? type : identifier(type)) + ")";
  }

  @Override
  public void bind(
      PreparedStatement statement, int index, StoreColumn column, Object value, String text)
      throws SQLException {
    if (isList(column) && value instanceof String && text.startsWith("[")) {
      types().bind(statement, index, JsonArrays.parse(column, text), SqlTypeName.ANY);
    } else if (isList(column)) {
      types().bind(statement, index, value, SqlTypeName.ANY);
    } else if (PLAIN_TYPES.contains(column.typeName())) {
      super.bind(statement, index, column, value, text);
    } else {
      statement.setString(index, text);
    }
  }

  private boolean isList(StoreColumn column) {
    return kindOf(column.jdbcType(), column.typeName()) == ValueKind.LIST;
  }

  @Override
  public String columnType(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case ANY, MAP, ROW -> "JSONB";
      case VARBINARY, BINARY -> "BYTEA";
      case FLOAT -> "DOUBLE PRECISION";
      case ARRAY -> columnType(requireNonNull(type.getComponentType())) + "[]";
      default -> super.columnType(type);
    };
  }

  @Override
  public boolean locksInTransactions() {
    return true;
  }

  /** With the time of a version: the latest of a record is found without sorting them all. */
  @Override
  public List<String> createIndexes(List<String> table, List<String> idColumns) {
    return List.of(
        "CREATE INDEX ON %s (%s, COALESCE(%s, %s) DESC NULLS LAST)"
            .formatted(
                identifier(table),
                identifiers(idColumns),
                identifier(List.of(SystemColumn.METAXY_DELETED_AT.columnName())),
                identifier(List.of(SystemColumn.METAXY_UPDATED_AT.columnName()))));
  }

  @Override
  public WriteLock lockForWriting(Connection connection, StoreTable table) throws SQLException {
    String name = "metaxy " + String.join(".", table.path());
    try (PreparedStatement lock =
        connection.prepareStatement(
            "SELECT pg_advisory_xact_lock(hashtextextended(?, 0)), current_setting('transaction_isolation')")) {
      lock.setString(1, name);
      try (ResultSet rows = lock.executeQuery()) {
        rows.next();
        return rows.getString(2).startsWith("read ")
            ? WriteLock.OF_TRANSACTION
            : new PostgresqlSnapshotLock(connection, table, name);
      }
    }
  }

  /** What the URL says goes before the properties, as in a connection of the driver. */
  @Override
  public XADataSource xaDataSource(ClassLoader driver, String url, Properties properties)
      throws SQLException {
    StringBuilder parameters = new StringBuilder("?");
    for (String name : properties.stringPropertyNames()) {
      parameters
          .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
          .append('=')
          .append(URLEncoder.encode(properties.getProperty(name), StandardCharsets.UTF_8))
          .append('&');
    }
    int query = url.indexOf('?');
    XADataSource source = DriverMethods.create(XADataSource.class, driver, XA_DATA_SOURCE);
    DriverMethods.call(
        source,
        "setURL",
        query < 0
            ? url + parameters
            : url.substring(0, query) + parameters + url.substring(query + 1));
    return source;
  }

  /** Begins one, too, where there is none: the server prepares nothing without. */
  @Override
  public void requireTransaction(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT 1");
    }
  }

  /**
   * The server forgets to cancel what it has not begun, and pgjdbc asks it only once. The method is
   * public in pgjdbc's {@code PGConnection}, which may be known to a class loader of its own only.
   */
  @Override
  public void cancelAgain(Statement statement) throws SQLException {
    DriverMethods.call(statement.getConnection(), "cancelQuery");
  }

  private static final class Sql extends PostgresqlSqlDialect {
    private static final CastSpec CAST_SPEC =
        new CastSpec(6, "DOUBLE PRECISION", "BYTEA", 1000, "NUMERIC");

    Sql() {
      super(PostgresqlSqlDialect.DEFAULT_CONTEXT.withDataTypeSystem(MetaxyTypeSystem.INSTANCE));
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
    public void unparseSqlIntervalLiteral(
        SqlWriter writer, SqlIntervalLiteral literal, int leftPrec, int rightPrec) {
      StoreSpelling.interval(writer, literal);
    }

    @Override
    public void unparseCall(SqlWriter writer, SqlCall call, int leftPrec, int rightPrec) {
      if (!SPELLING.write(writer, call)) {
        super.unparseCall(writer, call, leftPrec, rightPrec);
      }
    }
  }
}
