package org.metaxyjdbc.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDialect;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.dialect.H2SqlDialect;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.catalog.SystemColumn;

/** H2, embedded or as a server. */
final class H2StoreDialect extends StoreDialect {
  private static final RowId ROW_ID = new RowId("_ROWID_", SqlTypeName.BIGINT);

  H2StoreDialect() {
    super("H2", new Sql(), EnumSet.allOf(StoreCapability.class));
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

  /** H2 gives a ROW value as a result set of one row. */
  @Override
  public @Nullable Object unnest(Object value) throws SQLException {
    if (!(value instanceof ResultSet row)) {
      return value;
    }
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    row.next();
    for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
      fields.put(row.getMetaData().getColumnLabel(i), row.getObject(i));
    }
    return fields;
  }

  @Override
  public String systemColumnType(SystemColumn.Type type) {
    return switch (type) {
      case TEXT -> "VARCHAR";
      case TIMESTAMP -> "TIMESTAMP(6) WITH TIME ZONE";
      case NESTED -> "JSON";
    };
  }

  @Override
  public WriteLock lockForWriting(Connection connection, StoreTable table) throws SQLException {
    return JvmWriteLock.acquire(connection, table);
  }

  /** H2's SQL. Calcite's dialect says that H2 has no window functions; it has. */
  private static final class Sql extends H2SqlDialect {
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
    public boolean supportsCharSet() {
      return false;
    }

    @Override
    public void quoteStringLiteral(StringBuilder buffer, @Nullable String charset, String value) {
      StoreSpelling.text(buffer, value);
    }

    @Override
    public @Nullable SqlNode getCastSpec(RelDataType type) {
      return CastSpec.of(type, true, "JSON").orElseGet(() -> super.getCastSpec(type));
    }

    @Override
    public void unparseCall(SqlWriter writer, SqlCall call, int leftPrec, int rightPrec) {
      if (call.getOperator().equals(StoreOperators.MICROSECOND_AFTER)) {
        StoreSpelling.plus(writer, call, "INTERVAL '0.000001' SECOND");
      } else if (call.getOperator().equals(StoreOperators.SAME_ID)) {
        StoreSpelling.isNotDistinctFrom(writer, call);
      } else {
        super.unparseCall(writer, call, leftPrec, rightPrec);
      }
    }

    @Override
    public SqlDialect.CalendarPolicy getCalendarPolicy() {
      return CalendarPolicy.NONE;
    }
  }
}
