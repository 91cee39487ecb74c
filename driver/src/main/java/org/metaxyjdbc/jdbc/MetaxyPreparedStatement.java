package org.metaxyjdbc.jdbc;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.List;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;
import org.metaxyjdbc.store.StoreTypes;

/** A statement with parameters, which go straight to the store's own statement. */
final class MetaxyPreparedStatement extends MetaxyStatement implements PreparedStatement {
  private final PreparedExecutor prepared;
  private final PreparedExecutor.Values values = this::bound;
  private final @Nullable ParameterBinding[] bindings;
  private final List<List<ParameterBinding>> batch = new ArrayList<>();

  MetaxyPreparedStatement(
      StatementConnection connection,
      String sql,
      int resultSetType,
      int resultSetConcurrency,
      int resultSetHoldability,
      @Nullable KeyColumns keyColumns)
      throws SQLException {
    super(connection, resultSetType, resultSetConcurrency, resultSetHoldability, keyColumns);
    this.prepared = executor().prepare(sql);
    this.bindings = new ParameterBinding[prepared.parameterCount()];
    setPoolable(true);
  }

  private void bind(int parameterIndex, ParameterBinding binding) throws SQLException {
    checkOpen();
    if (parameterIndex < 1 || parameterIndex > bindings.length) {
      throw new MetaxyException(
              SqlState.INVALID_ARGUMENT,
              "There is no parameter %d; the statement has %d"
                  .formatted(parameterIndex, bindings.length))
          .toSqlException();
    }
    bindings[parameterIndex - 1] = binding;
  }

  /** The values for one execution, at once: they change with the next. */
  private List<ParameterBinding> bound() throws SQLException {
    checkOpen();
    for (int i = 0; i < bindings.length; i++) {
      if (bindings[i] == null) {
        throw sequenceError("Parameter %d has no value".formatted(i + 1));
      }
    }
    return Arrays.asList(bindings);
  }

  private StatementRunner.Outcome execute(StatementExecutor.Wanted wanted) throws SQLException {
    checkOpen();
    return prepared.execute(values, wanted);
  }

  @Override
  public boolean execute() throws SQLException {
    return show(execute(StatementExecutor.Wanted.ANYTHING));
  }

  @Override
  public ResultSet executeQuery() throws SQLException {
    return showRows(execute(StatementExecutor.Wanted.ROWS));
  }

  @Override
  public int executeUpdate() throws SQLException {
    return saturated(executeLargeUpdate());
  }

  @Override
  public long executeLargeUpdate() throws SQLException {
    return showCount(execute(StatementExecutor.Wanted.COUNT));
  }

  private static int saturated(long count) {
    return (int) Math.min(count, Integer.MAX_VALUE);
  }

  @Override
  public void addBatch() throws SQLException {
    batch.add(List.copyOf(bound()));
  }

  @Override
  public void clearBatch() throws SQLException {
    checkOpen();
    batch.clear();
  }

  @Override
  public long[] executeLargeBatch() throws SQLException {
    checkOpen();
    List<List<ParameterBinding>> executions = List.copyOf(batch);
    batch.clear();
    return prepared.executeBatch(executions);
  }

  @Override
  public void clearParameters() throws SQLException {
    checkOpen();
    Arrays.fill(bindings, null);
  }

  @Override
  public @Nullable ResultSetMetaData getMetaData() throws SQLException {
    checkOpen();
    return prepared.columns();
  }

  @Override
  public ParameterMetaData getParameterMetaData() throws SQLException {
    checkOpen();
    return prepared.parameters();
  }

  private SQLException withoutText() throws SQLException {
    checkOpen();
    return sequenceError("The statement was prepared; execute it without giving it text again");
  }

  @Override
  public boolean execute(String text) throws SQLException {
    throw withoutText();
  }

  @Override
  public ResultSet executeQuery(String text) throws SQLException {
    throw withoutText();
  }

  @Override
  public long executeLargeUpdate(String text) throws SQLException {
    throw withoutText();
  }

  @Override
  public void addBatch(String text) throws SQLException {
    throw withoutText();
  }

  private void bind(int parameterIndex, @Nullable Object value, TimeZone zone) throws SQLException {
    StoreTypes types = prepared.types();
    bind(
        parameterIndex,
        value == null
            ? new ParameterBinding.OfNull(Types.NULL)
            : new ParameterBinding.OfObject(types, value, zone));
  }

  private static TimeZone zone(@Nullable Calendar calendar) {
    return calendar == null ? TimeZone.getDefault() : calendar.getTimeZone();
  }

  @Override
  public void setObject(int parameterIndex, @Nullable Object x) throws SQLException {
    bind(parameterIndex, x, TimeZone.getDefault());
  }

  @Override
  public void setObject(int parameterIndex, @Nullable Object x, int targetSqlType)
      throws SQLException {
    setObject(parameterIndex, x, targetSqlType, -1);
  }

  @Override
  public void setObject(
      int parameterIndex, @Nullable Object x, int targetSqlType, int scaleOrLength)
      throws SQLException {
    try {
      setObject(
          parameterIndex, x == null ? null : ParameterValue.as(targetSqlType, scaleOrLength, x));
    } catch (MetaxyException e) {
      throw e.toSqlException();
    }
  }

  @Override
  public void setObject(int parameterIndex, @Nullable Object x, SQLType targetSqlType)
      throws SQLException {
    setObject(parameterIndex, x, targetSqlType.getVendorTypeNumber());
  }

  @Override
  public void setObject(
      int parameterIndex, @Nullable Object x, SQLType targetSqlType, int scaleOrLength)
      throws SQLException {
    setObject(parameterIndex, x, targetSqlType.getVendorTypeNumber(), scaleOrLength);
  }

  @Override
  public void setNull(int parameterIndex, int sqlType) throws SQLException {
    bind(parameterIndex, new ParameterBinding.OfNull(sqlType));
  }

  @Override
  public void setNull(int parameterIndex, int sqlType, String typeName) throws SQLException {
    bind(parameterIndex, (statement, i, type) -> statement.setNull(i, sqlType, typeName));
  }

  @Override
  public void setBoolean(int parameterIndex, boolean x) throws SQLException {
    setObject(parameterIndex, x);
  }

  @Override
  public void setByte(int parameterIndex, byte x) throws SQLException {
    bind(parameterIndex, (statement, i, type) -> statement.setByte(i, x));
  }

  @Override
  public void setShort(int parameterIndex, short x) throws SQLException {
    bind(parameterIndex, (statement, i, type) -> statement.setShort(i, x));
  }

  @Override
  public void setInt(int parameterIndex, int x) throws SQLException {
    bind(parameterIndex, new ParameterBinding.OfInt(x));
  }

  @Override
  public void setLong(int parameterIndex, long x) throws SQLException {
    bind(parameterIndex, new ParameterBinding.OfLong(x));
  }

  @Override
  public void setFloat(int parameterIndex, float x) throws SQLException {
    setObject(parameterIndex, x);
  }

  @Override
  public void setDouble(int parameterIndex, double x) throws SQLException {
    bind(parameterIndex, new ParameterBinding.OfDouble(x));
  }

  @Override
  public void setBigDecimal(int parameterIndex, BigDecimal x) throws SQLException {
    setObject(parameterIndex, x);
  }

  @Override
  public void setString(int parameterIndex, String x) throws SQLException {
    setObject(parameterIndex, x);
  }

  @Override
  public void setBytes(int parameterIndex, byte @Nullable [] x) throws SQLException {
    if (x == null) {
      setNull(parameterIndex, Types.VARBINARY);
    } else {
      setObject(parameterIndex, x);
    }
  }

  @Override
  public void setDate(int parameterIndex, Date x) throws SQLException {
    setObject(parameterIndex, x);
  }

  @Override
  public void setTime(int parameterIndex, Time x) throws SQLException {
    setObject(parameterIndex, x);
  }

  @Override
  public void setTimestamp(int parameterIndex, Timestamp x) throws SQLException {
    setObject(parameterIndex, x);
  }

  @Override
  public void setDate(int parameterIndex, Date x, Calendar calendar) throws SQLException {
    bind(parameterIndex, x, zone(calendar));
  }

  @Override
  public void setTime(int parameterIndex, Time x, Calendar calendar) throws SQLException {
    bind(parameterIndex, x, zone(calendar));
  }

  @Override
  public void setTimestamp(int parameterIndex, Timestamp x, Calendar calendar) throws SQLException {
    bind(parameterIndex, x, zone(calendar));
  }

  @Override
  @Deprecated
  public void setUnicodeStream(int parameterIndex, InputStream x, int length) throws SQLException {
    setObject(parameterIndex, StreamValue.text(x, StandardCharsets.UTF_8, length));
  }

  @Override
  public void setAsciiStream(int parameterIndex, InputStream x) throws SQLException {
    setObject(parameterIndex, StreamValue.text(x, StandardCharsets.US_ASCII, StreamValue.ALL));
  }

  @Override
  public void setAsciiStream(int parameterIndex, InputStream x, int length) throws SQLException {
    setObject(parameterIndex, StreamValue.text(x, StandardCharsets.US_ASCII, length));
  }

  @Override
  public void setAsciiStream(int parameterIndex, InputStream x, long length) throws SQLException {
    setObject(parameterIndex, StreamValue.text(x, StandardCharsets.US_ASCII, length));
  }

  @Override
  public void setBinaryStream(int parameterIndex, InputStream x) throws SQLException {
    setBytes(parameterIndex, StreamValue.bytes(x, StreamValue.ALL));
  }

  @Override
  public void setBinaryStream(int parameterIndex, InputStream x, int length) throws SQLException {
    setBytes(parameterIndex, StreamValue.bytes(x, length));
  }

  @Override
  public void setBinaryStream(int parameterIndex, InputStream x, long length) throws SQLException {
    setBytes(parameterIndex, StreamValue.bytes(x, length));
  }

  @Override
  public void setCharacterStream(int parameterIndex, Reader x) throws SQLException {
    setObject(parameterIndex, StreamValue.text(x, StreamValue.ALL));
  }

  @Override
  public void setCharacterStream(int parameterIndex, Reader x, int length) throws SQLException {
    setObject(parameterIndex, StreamValue.text(x, length));
  }

  @Override
  public void setCharacterStream(int parameterIndex, Reader x, long length) throws SQLException {
    setObject(parameterIndex, StreamValue.text(x, length));
  }

  @Override
  public void setNCharacterStream(int parameterIndex, Reader x) throws SQLException {
    setObject(parameterIndex, StreamValue.text(x, StreamValue.ALL));
  }

  @Override
  public void setNCharacterStream(int parameterIndex, Reader x, long length) throws SQLException {
    setObject(parameterIndex, StreamValue.text(x, length));
  }

  @Override
  public void setRef(int parameterIndex, Ref x) throws SQLException {
    bind(parameterIndex, (statement, i, type) -> statement.setRef(i, x));
  }

  @Override
  public void setBlob(int parameterIndex, Blob x) throws SQLException {
    setBytes(parameterIndex, StreamValue.bytes(x));
  }

  @Override
  public void setBlob(int parameterIndex, InputStream x) throws SQLException {
    setBytes(parameterIndex, StreamValue.bytes(x, StreamValue.ALL));
  }

  @Override
  public void setBlob(int parameterIndex, InputStream x, long length) throws SQLException {
    setBytes(parameterIndex, StreamValue.bytes(x, length));
  }

  @Override
  public void setClob(int parameterIndex, Clob x) throws SQLException {
    setObject(parameterIndex, StreamValue.text(x));
  }

  @Override
  public void setClob(int parameterIndex, Reader x) throws SQLException {
    setObject(parameterIndex, StreamValue.text(x, StreamValue.ALL));
  }

  @Override
  public void setClob(int parameterIndex, Reader x, long length) throws SQLException {
    setObject(parameterIndex, StreamValue.text(x, length));
  }

  @Override
  public void setNClob(int parameterIndex, NClob x) throws SQLException {
    setObject(parameterIndex, StreamValue.text(x));
  }

  @Override
  public void setNClob(int parameterIndex, Reader x) throws SQLException {
    setObject(parameterIndex, StreamValue.text(x, StreamValue.ALL));
  }

  @Override
  public void setNClob(int parameterIndex, Reader x, long length) throws SQLException {
    setObject(parameterIndex, StreamValue.text(x, length));
  }

  @Override
  public void setArray(int parameterIndex, Array x) throws SQLException {
    if (x == null || x instanceof ListArray) {
      setObject(parameterIndex, x);
    } else {
      bind(parameterIndex, (statement, i, type) -> statement.setArray(i, x));
    }
  }

  @Override
  public void setURL(int parameterIndex, URL x) throws SQLException {
    bind(parameterIndex, (statement, i, type) -> statement.setURL(i, x));
  }

  @Override
  public void setRowId(int parameterIndex, RowId x) throws SQLException {
    bind(parameterIndex, (statement, i, type) -> statement.setRowId(i, x));
  }

  @Override
  public void setNString(int parameterIndex, String x) throws SQLException {
    setObject(parameterIndex, x);
  }

  @Override
  public void setSQLXML(int parameterIndex, SQLXML x) throws SQLException {
    bind(parameterIndex, (statement, i, type) -> statement.setSQLXML(i, x));
  }
}
