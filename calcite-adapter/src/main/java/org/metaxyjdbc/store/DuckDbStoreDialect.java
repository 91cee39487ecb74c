package org.metaxyjdbc.store;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlAbstractDateTimeLiteral;
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
    } else if (kindOf(column.jdbcType(), column.typeName()) == ValueKind.LIST
        || column.typeName().equals("TIME_NS")
        || column.typeName().equals("TIMESTAMP_NS")) {
      statement.setString(index, text);
    } else {
      super.bind(statement, index, column, value, text);
    }
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

    /** DuckDB's plain names of times are of microseconds, and cut what is finer. */
    @Override
    public void unparseDateTimeLiteral(
        SqlWriter writer, SqlAbstractDateTimeLiteral literal, int leftPrec, int rightPrec) {
      if (literal.getPrec() > MetaxyTypeSystem.TIMESTAMP_PRECISION) {
        writer.literal(
            "%s_NS '%s'".formatted(literal.getTypeName(), literal.toFormattedString()));
      } else {
        super.unparseDateTimeLiteral(writer, literal, leftPrec, rightPrec);
      }
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
