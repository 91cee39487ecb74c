package org.metaxyjdbc.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.dialect.DuckDBSqlDialect;
import org.apache.calcite.sql.type.SqlTypeName;
import org.duckdb.DuckDBStruct;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.catalog.SystemColumn;

/** DuckDB, in memory or in a file. */
final class DuckDbStoreDialect extends StoreDialect {
  DuckDbStoreDialect() {
    super("DuckDB", new Sql(), EnumSet.complementOf(EnumSet.of(StoreCapability.SAVEPOINTS)));
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

  /** DuckDB's driver reports FLOAT, its 32-bit type, as JDBC's FLOAT, which has 64. */
  @Override
  public RelDataType toType(RelDataTypeFactory factory, StoreColumn column) {
    String typeName = column.typeName().toUpperCase(Locale.ROOT);
    if (column.jdbcType() == Types.FLOAT) {
      return factory.createSqlType(SqlTypeName.REAL);
    }
    return switch (typeName) {
      case "HUGEINT", "UHUGEINT" -> factory.createSqlType(SqlTypeName.DECIMAL, 39, 0);
      case "UBIGINT" -> factory.createSqlType(SqlTypeName.DECIMAL, 20, 0);
      case "UINTEGER" -> factory.createSqlType(SqlTypeName.BIGINT);
      case "USMALLINT" -> factory.createSqlType(SqlTypeName.INTEGER);
      case "UTINYINT" -> factory.createSqlType(SqlTypeName.SMALLINT);
      case "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS" ->
          factory.createSqlType(SqlTypeName.TIMESTAMP, 6);
      case "BIT" -> factory.createSqlType(SqlTypeName.OTHER);
      default -> super.toType(factory, column);
    };
  }

  @Override
  public ValueKind kindOf(int jdbcType, String typeName) {
    if (jdbcType == Types.FLOAT) {
      return ValueKind.REAL;
    }
    if (typeName.endsWith("]")) {
      return ValueKind.LIST;
    }
    return switch (typeName) {
      case "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS" -> ValueKind.TIMESTAMP;
      case "HUGEINT", "UHUGEINT", "UBIGINT" -> ValueKind.DECIMAL;
      case "BIT" -> ValueKind.PLAIN;
      default -> super.kindOf(jdbcType, typeName);
    };
  }

  @Override
  public @Nullable Object unnest(Object value) throws SQLException {
    if (value instanceof DuckDBStruct struct) {
      return struct.getMap();
    }
    return value;
  }

  @Override
  public String systemColumnType(SystemColumn.Type type) {
    return switch (type) {
      case TEXT -> "VARCHAR";
      case TIMESTAMP -> "TIMESTAMP WITH TIME ZONE";
      case NESTED -> "JSON";
    };
  }

  @Override
  public WriteLock lockForWriting(Connection connection, StoreTable table) throws SQLException {
    return JvmWriteLock.acquire(connection, table);
  }

  private static final class Sql extends DuckDBSqlDialect {
    Sql() {
      super(DuckDBSqlDialect.DEFAULT_CONTEXT.withDataTypeSystem(MetaxyTypeSystem.INSTANCE));
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
      return CastSpec.of(type, false, "JSON").orElseGet(() -> super.getCastSpec(type));
    }

    @Override
    public void unparseCall(SqlWriter writer, SqlCall call, int leftPrec, int rightPrec) {
      if (call.getOperator().equals(StoreOperators.MICROSECOND_AFTER)) {
        StoreSpelling.plus(writer, call, "INTERVAL 1 MICROSECOND");
      } else if (call.getOperator().equals(StoreOperators.SAME_ID)) {
        StoreSpelling.isNotDistinctFrom(writer, call);
      } else {
        super.unparseCall(writer, call, leftPrec, rightPrec);
      }
    }
  }
}
