package org.metaxyjdbc.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import javax.sql.XADataSource;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlDialect;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.catalog.SystemColumn;
import org.metaxyjdbc.error.MetaxyException;
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
  private final StoreTypes types;
  private final Set<StoreCapability> capabilities;

  protected StoreDialect(
      String productName,
      SqlDialect sqlDialect,
      StoreTypes types,
      Set<StoreCapability> capabilities) {
    this.productName = productName;
    this.sqlDialect = sqlDialect;
    this.types = types;
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

  /** What of this SQL the store cannot run, and Calcite computes. */
  public UnsupportedCalls unsupportedCalls() {
    return new UnsupportedCalls();
  }

  /** The row id of base tables; empty for a store that has none. */
  public Optional<RowId> rowId() {
    return Optional.empty();
  }

  /** The fastest way to the current versions of many records of a table. */
  public CurrentVersionShape currentVersionShape(StoreTable table) {
    return CurrentVersionShape.WINDOW;
  }

  /** The fastest way to the current version of a record whose ids are given. */
  public CurrentVersionShape shapeOfOneRecord() {
    return CurrentVersionShape.FIRST_OF_RECORD;
  }

  /** How this store keeps copies; empty where it cannot tell whether they are up to date. */
  public Optional<TableCopies> copies() {
    return Optional.empty();
  }

  /** Whether a connection with that URL has a store of its own, which no other one sees. */
  public boolean isPrivate(String url) {
    return false;
  }

  /** Whether a result is fetched bit by bit only within a transaction, and else as a whole. */
  public boolean fetchesInTransactions() {
    return false;
  }

  /** Prepares a new connection: times are read and written in UTC, whatever the JVM's zone is. */
  public void initialize(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET TIME ZONE 'UTC'");
    }
  }

  /**
   * The store's own source of connections that take part in global transactions.
   *
   * @param driver the class loader of the store's driver
   * @param url the store's own URL
   * @param properties what its driver is given besides
   * @throws MetaxyException 0A000 where the store's driver has none
   */
  public XADataSource xaDataSource(ClassLoader driver, String url, Properties properties)
      throws SQLException {
    throw MetaxyException.unsupported(
        "The driver of %s has no part in global transactions (XA); use getConnection(), and commit there"
            .formatted(productName));
  }

  /**
   * Requires a transaction that no error has ended, where the store's own XA resource would roll
   * back and not say so.
   */
  public void requireTransaction(Connection connection) throws SQLException {}

  /** Begins the next transaction after a commit that failed, where the store's driver does not. */
  public void beginAfterFailedCommit(Connection connection) throws SQLException {}

  /** The store's types. */
  public StoreTypes types() {
    return types;
  }

  /** The Calcite type of a column; ANY where it has none for it. */
  public final RelDataType toType(RelDataTypeFactory factory, StoreColumn column) {
    return types.toType(factory, column);
  }

  /** What a column of that type holds. */
  public final ValueKind kindOf(int jdbcType, String typeName) {
    return types.kindOf(jdbcType, typeName);
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

  /** A statement with what Calcite writes in words that the store does not know in the store's. */
  public SqlNode respell(SqlNode statement) {
    return statement;
  }

  /** Quoted names, separated by commas. */
  protected String identifiers(List<String> names) {
    return String.join(", ", names.stream().map(this::identifier).toList());
  }

  /** A quoted name. */
  public String identifier(String name) {
    return sqlDialect.quoteIdentifier(name);
  }

  /** A quoted name of several parts, as of a table in a schema. */
  public String identifier(List<String> path) {
    return String.join(".", path.stream().map(this::identifier).toList());
  }

  /**
   * The expression by which an INSERT takes a value of a column: a parameter, converted if need be.
   */
  public String parameter(StoreColumn column) {
    return "?";
  }

  /**
   * Binds a value of a column to what {@link #parameter} made for it.
   *
   * @param value as {@link StoreTypes#read} gives it; text for a nested column where the user gave
   *     JSON
   * @param text the same value as text, JSON for a nested one
   */
  public void bind(
      PreparedStatement statement, int index, StoreColumn column, Object value, String text)
      throws SQLException {
    switch (kindOf(column.jdbcType(), column.typeName())) {
      case NESTED, JSON -> statement.setString(index, text);
      default -> types.bind(statement, index, value, SqlTypeName.ANY);
    }
  }

  /** How many rows one INSERT writes where there are many: 1 where a batch is as fast. */
  public int rowsOfInsert() {
    return 1;
  }

  /**
   * The store's type of a system column in a CREATE TABLE.
   *
   * @param fields the feature's fields, which a nested column has hashes of
   */
  public abstract String systemColumnType(SystemColumn.Type type, List<String> fields);

  /**
   * The store's type of a user's column in a CREATE TABLE.
   *
   * @param type a type of Calcite's; ANY for JSON
   */
  public String columnType(RelDataType type) {
    SqlNode spec = type.getSqlTypeName() == SqlTypeName.ANY ? null : sqlDialect.getCastSpec(type);
    if (spec == null) {
      throw MetaxyException.unsupported(
          "%s has no type %s for a column".formatted(productName, type));
    }
    return spec.toSqlString(sqlDialect).getSql();
  }

  /**
   * The default of a user's column in a CREATE TABLE.
   *
   * @param type the column's type, as for {@link #columnType}
   * @param constant an expression without columns
   */
  public String defaultValue(RelDataType type, SqlNode constant) {
    return respell(constant).toSqlString(sqlDialect).getSql();
  }

  /**
   * Definitions of columns that the store computes and that are none of the feature's: nobody who
   * does not name them reads or writes them. For {@link #createIndexes}.
   */
  public List<String> computedColumns() {
    return List.of();
  }

  /** The DDL of what makes the current version of a record cheap to find; may be empty. */
  public abstract List<String> createIndexes(List<String> table, List<String> idColumns);

  /**
   * Makes writers of one table take turns until the end of the transaction, so that the choice of
   * what to append sees all that was committed before.
   *
   * @return what to close when the transaction has ended
   */
  public abstract WriteLock lockForWriting(Connection connection, StoreTable table)
      throws SQLException;

  /** This moment, for {@link WriteLock#seesAll}. */
  public long moment() {
    return JvmWriteLock.moment();
  }

  /** Whether {@link #lockForWriting} wants a transaction, which a single statement needs not. */
  public boolean locksInTransactions() {
    return false;
  }

  /** What {@link StoreTable#versionIndex} says of a table. */
  List<String> versionIndex(Connection connection, List<String> table) throws SQLException {
    return List.of();
  }

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
        List<String> path = List.of(schema, spelling);
        return Optional.of(
            new StoreTable(
                this,
                path,
                kind,
                reader.columns(spelling),
                kind == StoreTable.Kind.TABLE ? versionIndex(connection, path) : List.of()));
      }
    }
    return Optional.empty();
  }

  /** Cancels a statement that still runs after it was cancelled. */
  public void cancelAgain(Statement statement) throws SQLException {
    statement.cancel();
  }

  /**
   * Sees to it that a cancel which came when the statement had ended does not meet the next one.
   */
  public void forgetCancel(Statement statement) throws SQLException {}

  /** Gives up what the store's driver keeps of prepared statements that were closed. */
  public void forgetStatements(Connection connection) throws SQLException {}

  /**
   * What is wrong where a statement of the store failed, as far as the store's driver gives it
   * another state or none; null to keep that.
   */
  public @Nullable SqlState stateOf(SQLException failure) {
    String message = String.valueOf(failure.getMessage());
    return message.contains("read-only") || message.contains("read only")
        ? SqlState.READ_ONLY
        : null;
  }
}
