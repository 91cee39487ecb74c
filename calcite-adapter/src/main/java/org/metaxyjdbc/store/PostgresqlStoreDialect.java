package org.metaxyjdbc.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.dialect.PostgresqlSqlDialect;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.catalog.SystemColumn;

/** PostgreSQL 14 and later. */
final class PostgresqlStoreDialect extends StoreDialect {
  PostgresqlStoreDialect() {
    super("PostgreSQL", new Sql(), new PostgresqlTypes(), EnumSet.allOf(StoreCapability.class));
  }

  @Override
  public Optional<RowId> rowId() {
    return Optional.of(new RowId("ctid", SqlTypeName.OTHER));
  }

  @Override
  public String systemColumnType(SystemColumn.Type type) {
    return switch (type) {
      case TEXT -> "VARCHAR";
      case TIMESTAMP -> "TIMESTAMP(6) WITH TIME ZONE";
      case NESTED -> "JSONB";
    };
  }

  @Override
  public WriteLock lockForWriting(Connection connection, StoreTable table) throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))")) {
      lock.setString(1, "metaxy " + String.join(".", table.path()));
      lock.execute();
    }
    return WriteLock.OF_TRANSACTION;
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
    public void unparseCall(SqlWriter writer, SqlCall call, int leftPrec, int rightPrec) {
      if (call.getOperator().equals(StoreOperators.MICROSECOND_AFTER)) {
        StoreSpelling.plus(writer, call, "INTERVAL '1 microsecond'");
      } else if (call.getOperator().equals(StoreOperators.PLUS_MICROSECONDS)) {
        StoreSpelling.plus(writer, call, "(", ") * INTERVAL '1 microsecond'");
      } else if (call.getOperator().equals(StoreOperators.SAME_ID)) {
        StoreSpelling.equalRecords(writer, call);
      } else if (CastSpec.isNone(call)) {
        call.operand(0).unparse(writer, leftPrec, rightPrec);
      } else {
        super.unparseCall(writer, call, leftPrec, rightPrec);
      }
    }
  }
}
