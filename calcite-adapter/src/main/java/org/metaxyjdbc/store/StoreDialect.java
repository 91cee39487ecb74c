package org.metaxyjdbc.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlDialect;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.catalog.SystemColumn;
import org.metaxyjdbc.error.SqlState;

/**
 * What is particular to one kind of store: its types, its spelling of SQL, its capabilities. One
 * subclass a store; nothing else in the project asks which store it is.
 */
public abstract class StoreDialect {
  /**
   * A pseudo column that tells physical rows of a table apart while a statement runs.
   *
   * @param name as the store spells it
   * @param type a type that Calcite can order and compare
   */
  public record RowId(String name, SqlTypeName type) {}

  private final String productName;
  private final SqlDialect sqlDialect;
  private final Set<StoreCapability> capabilities;

  protected StoreDialect(
      String productName, SqlDialect sqlDialect, Set<StoreCapability> capabilities) {
    this.productName = productName;
    this.sqlDialect = sqlDialect;
    this.capabilities = Set.copyOf(capabilities);
  }

  /** The store's name as its JDBC driver says it, for example {@code PostgreSQL}. */
  public String productName() {
    return productName;
  }

  /** How Calcite writes SQL for this store. */
  public SqlDialect sqlDialect() {
    return sqlDialect;
  }

  public boolean can(StoreCapability capability) {
    return capabilities.contains(capability);
  }

  /** The row id of base tables; empty for a store that has none. */
  public Optional<RowId> rowId() {
    return Optional.empty();
  }

  /** Whether a connection with that URL has a store of its own, which no other one sees. */
  public boolean isPrivate(String url) {
    return false;
  }

  /** Prepares a new connection: times are read and written in UTC, whatever the JVM's zone is. */
  public void initialize(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET TIME ZONE 'UTC'");
    }
  }

  /** The Calcite type of a column; OTHER where it has none for it. */
  public RelDataType toType(RelDataTypeFactory factory, StoreColumn column) {
    return switch (column.jdbcType()) {
      case Types.BOOLEAN, Types.BIT -> factory.createSqlType(SqlTypeName.BOOLEAN);
      case Types.TINYINT -> factory.createSqlType(SqlTypeName.TINYINT);
      case Types.SMALLINT -> factory.createSqlType(SqlTypeName.SMALLINT);
      case Types.INTEGER -> factory.createSqlType(SqlTypeName.INTEGER);
      case Types.BIGINT -> factory.createSqlType(SqlTypeName.BIGINT);
      case Types.REAL -> factory.createSqlType(SqlTypeName.REAL);
      case Types.FLOAT, Types.DOUBLE -> factory.createSqlType(SqlTypeName.DOUBLE);
      case Types.NUMERIC, Types.DECIMAL -> decimal(factory, column.size(), column.scale());
      case Types.CHAR, Types.NCHAR -> factory.createSqlType(SqlTypeName.CHAR, column.size());
      case Types.VARCHAR, Types.NVARCHAR, Types.LONGVARCHAR, Types.CLOB, Types.NCLOB ->
          factory.createSqlType(SqlTypeName.VARCHAR);
      case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB ->
          factory.createSqlType(
              column.typeName().equalsIgnoreCase("UUID")
                  ? SqlTypeName.UUID
                  : SqlTypeName.VARBINARY);
      case Types.DATE -> factory.createSqlType(SqlTypeName.DATE);
      case Types.TIME -> factory.createSqlType(SqlTypeName.TIME, 6);
      case Types.TIMESTAMP -> factory.createSqlType(SqlTypeName.TIMESTAMP, 6);
      case Types.TIMESTAMP_WITH_TIMEZONE ->
          factory.createSqlType(SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE, 6);
      default -> nested(factory, column);
    };
  }

  /** How values of a type are read from the store's own result set. */
  public ValueKind kindOf(int jdbcType, String typeName) {
    return switch (jdbcType) {
      case Types.BOOLEAN -> ValueKind.BOOLEAN;
      case Types.REAL -> ValueKind.REAL;
      case Types.NUMERIC, Types.DECIMAL -> ValueKind.DECIMAL;
      case Types.DATE -> ValueKind.DATE;
      case Types.TIME -> ValueKind.TIME;
      case Types.TIMESTAMP -> ValueKind.TIMESTAMP;
      case Types.TIMESTAMP_WITH_TIMEZONE -> ValueKind.TIMESTAMP_WITH_TIME_ZONE;
      case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB ->
          typeName.equalsIgnoreCase("UUID") ? ValueKind.UUID : ValueKind.BINARY;
      case Types.CLOB, Types.NCLOB -> ValueKind.TEXT;
      case Types.ARRAY -> ValueKind.LIST;
      case Types.STRUCT -> ValueKind.NESTED;
      case Types.OTHER, Types.JAVA_OBJECT -> kindOfOther(typeName.toUpperCase(Locale.ROOT));
      default -> ValueKind.PLAIN;
    };
  }

  private static ValueKind kindOfOther(String typeName) {
    if (typeName.startsWith("JSON")) {
      return ValueKind.JSON;
    }
    if (typeName.startsWith("MAP") || typeName.startsWith("ROW") || typeName.startsWith("UNION")) {
      return ValueKind.NESTED;
    }
    return typeName.equals("UUID") ? ValueKind.UUID : ValueKind.PLAIN;
  }

  /**
   * A nested value of the store's own driver in terms of Java's collections: a {@link Map} of names
   * to values for a structure, else the value itself.
   */
  public @Nullable Object unnest(Object value) throws SQLException {
    return value;
  }

  /**
   * What has no type in Calcite passes through as it is: OTHER, which can be selected and compared.
   */
  private static RelDataType nested(RelDataTypeFactory factory, StoreColumn column) {
    return column.typeName().equalsIgnoreCase("UUID")
        ? factory.createSqlType(SqlTypeName.UUID)
        : factory.createSqlType(SqlTypeName.OTHER);
  }

  private static RelDataType decimal(RelDataTypeFactory factory, int precision, int scale) {
    int max = factory.getTypeSystem().getMaxPrecision(SqlTypeName.DECIMAL);
    return precision <= 0 || precision > max
        ? factory.createSqlType(SqlTypeName.DECIMAL, max, max / 3)
        : factory.createSqlType(SqlTypeName.DECIMAL, precision, scale);
  }

  /**
   * Turns the SQL of a DELETE of physical rows into a query that runs it and counts the records
   * that the rows belonged to.
   *
   * @param delete the DELETE
   * @param idColumns the id columns, not empty
   */
  public String countingRecords(String delete, List<String> idColumns) {
    String ids = identifiers(idColumns);
    return "WITH d AS (%s RETURNING %s) SELECT COUNT(*) FROM (SELECT DISTINCT %s FROM d) AS r"
        .formatted(delete, ids, ids);
  }

  /** Quoted names, separated by commas. */
  protected String identifiers(List<String> names) {
    return String.join(", ", names.stream().map(sqlDialect::quoteIdentifier).toList());
  }

  /** The store's type of a system column in a CREATE TABLE. */
  public abstract String systemColumnType(SystemColumn.Type type);

  /**
   * Makes writers of one table take turns until the end of the transaction, so that the choice of
   * what to append sees all that was committed before.
   *
   * @return what to close when the transaction has ended
   */
  public abstract WriteLock lockForWriting(Connection connection, StoreTable table)
      throws SQLException;

  /** How a name of Metaxy's can be written in a store: as it is, or in upper case. */
  static List<String> spellings(String name) {
    return List.of(name, name.toUpperCase(Locale.ROOT));
  }

  /** The columns of a table or view; empty where the store has none of that name. */
  public Optional<StoreTable> table(Connection connection, String schema, String name)
      throws SQLException {
    StoreColumnReader reader = new StoreColumnReader(connection, schema);
    for (String spelling : spellings(name)) {
      StoreTable.Kind kind = reader.kind(spelling);
      if (kind != null) {
        return Optional.of(
            new StoreTable(this, List.of(schema, spelling), kind, reader.columns(spelling)));
      }
    }
    return Optional.empty();
  }

  /**
   * What is wrong where a statement of the store failed for want of write access; null if not so.
   */
  public @Nullable SqlState stateOf(SQLException failure) {
    String message = String.valueOf(failure.getMessage());
    return message.contains("read-only") || message.contains("read only")
        ? SqlState.READ_ONLY
        : null;
  }
}
