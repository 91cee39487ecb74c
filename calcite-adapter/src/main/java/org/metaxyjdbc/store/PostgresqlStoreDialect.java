package org.metaxyjdbc.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.EnumSet;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
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
    super("PostgreSQL", new Sql(), EnumSet.allOf(StoreCapability.class));
  }

  @Override
  public Optional<RowId> rowId() {
    return Optional.of(new RowId("ctid", SqlTypeName.OTHER));
  }

  /**
   * The driver reports timestamptz as JDBC's plain TIMESTAMP, and numeric without precision as 0.
   */
  @Override
  public RelDataType toType(RelDataTypeFactory factory, StoreColumn column) {
    if (column.jdbcType() == Types.TIMESTAMP && column.typeName().equals("timestamptz")) {
      return factory.createSqlType(SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE, 6);
    }
    if (column.jdbcType() == Types.BIT && !column.typeName().equals("bool")) {
      return factory.createSqlType(SqlTypeName.OTHER);
    }
    return super.toType(factory, column);
  }

  @Override
  public ValueKind kindOf(int jdbcType, String typeName) {
    return switch (typeName) {
      case "timestamptz" -> ValueKind.TIMESTAMP_WITH_TIME_ZONE;
      case "bool" -> ValueKind.BOOLEAN;
      default -> super.kindOf(jdbcType, typeName);
    };
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
      return CastSpec.of(type, true, "JSONB").orElseGet(() -> super.getCastSpec(type));
    }

    @Override
    public void unparseCall(SqlWriter writer, SqlCall call, int leftPrec, int rightPrec) {
      if (call.getOperator().equals(StoreOperators.MICROSECOND_AFTER)) {
        StoreSpelling.plus(writer, call, "INTERVAL '1 microsecond'");
      } else if (call.getOperator().equals(StoreOperators.SAME_ID)) {
        StoreSpelling.equalRecords(writer, call);
      } else {
        super.unparseCall(writer, call, leftPrec, rightPrec);
      }
    }
  }
}
