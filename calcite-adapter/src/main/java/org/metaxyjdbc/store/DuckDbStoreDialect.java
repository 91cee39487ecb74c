package org.metaxyjdbc.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.dialect.DuckDBSqlDialect;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.catalog.SystemColumn;

/** DuckDB, in memory or in a file. */
final class DuckDbStoreDialect extends StoreDialect {
  DuckDbStoreDialect() {
    super(
        "DuckDB",
        new Sql(),
        new DuckDbTypes(),
        EnumSet.complementOf(EnumSet.of(StoreCapability.SAVEPOINTS)));
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
    private static final CastSpec CAST_SPEC = new CastSpec(0, "DOUBLE", "BLOB", 38, "BIGNUM");

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
      if (type.getPrecision() > MetaxyTypeSystem.TIMESTAMP_PRECISION) {
        switch (type.getSqlTypeName()) {
          case TIME -> {
            return CastSpec.spec("TIME_NS", type).orElseThrow();
          }
          case TIMESTAMP -> {
            return CastSpec.spec("TIMESTAMP_NS", type).orElseThrow();
          }
          default -> {}
        }
      }
      return CAST_SPEC.of(type).orElseGet(() -> super.getCastSpec(type));
    }

    @Override
    public void unparseCall(SqlWriter writer, SqlCall call, int leftPrec, int rightPrec) {
      if (call.getOperator().equals(StoreOperators.MICROSECOND_AFTER)) {
        StoreSpelling.plus(writer, call, "INTERVAL 1 MICROSECOND");
      } else if (call.getOperator().equals(StoreOperators.PLUS_MICROSECONDS)) {
        StoreSpelling.plus(writer, call, "to_microseconds(", ")");
      } else if (call.getOperator().equals(StoreOperators.SAME_ID)) {
        StoreSpelling.isNotDistinctFrom(writer, call);
      } else if (CastSpec.isNone(call)) {
        call.operand(0).unparse(writer, leftPrec, rightPrec);
      } else {
        super.unparseCall(writer, call, leftPrec, rightPrec);
      }
    }
  }
}
