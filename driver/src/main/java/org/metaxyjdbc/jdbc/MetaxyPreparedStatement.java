package org.metaxyjdbc.jdbc;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.ResultSet;
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
import java.util.Collections;
import java.util.List;
import java.util.TimeZone;
import org.apache.calcite.avatica.AvaticaParameter;
import org.apache.calcite.avatica.AvaticaPreparedStatement;
import org.apache.calcite.avatica.AvaticaStatement;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;
import org.metaxyjdbc.plan.Plan;
import org.metaxyjdbc.store.StoreTypes;

/** A statement with parameters, which go straight to the store's own statement. */
final class MetaxyPreparedStatement extends AvaticaPreparedStatement implements StatementState {
  private final StatementRunner runner;
  private final String sql;
  private final @Nullable ParameterBinding[] bindings;
  private final List<List<ParameterBinding>> batch = new ArrayList<>();

  MetaxyPreparedStatement(
      MetaxyConnection connection,
      Meta.Signature signature,
      int resultSetType,
      int resultSetConcurrency,
      int resultSetHoldability)
      throws SQLException {
    super(connection, null, signature, resultSetType, resultSetConcurrency, resultSetHoldability);
    this.runner = new StatementRunner(connection, this);
    super.setFetchSize(0);
    this.sql = signature.sql;
    this.bindings = new ParameterBinding[signature.parameters.size()];
  }

  /** What Avatica wants to know of a planned statement. */
  static Meta.Signature signature(String sql, Plan plan) {
    List<AvaticaParameter> parameters =
        Collections.nCopies(
            plan.parameterCount(),
            new AvaticaParameter(false, 0, 0, Types.OTHER, "", "java.lang.Object", ""));
    return new Meta.Signature(
        List.of(), sql, parameters, java.util.Map.of(), Meta.CursorFactory.ARRAY, null);
  }

  @Override
  public AvaticaStatement statement() {
    return this;
  }

  @Override
  public void setOutcome(StatementRunner.Outcome outcome) {
    openResultSet = outcome.resultSet();
    updateCount = outcome.updateCount();
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

  private List<ParameterBinding> bound() throws SQLException {
    List<ParameterBinding> result = new ArrayList<>(bindings.length);
    for (int i = 0; i < bindings.length; i++) {
      ParameterBinding binding = bindings[i];
      if (binding == null) {
        throw new MetaxyException(
                SqlState.SEQUENCE_ERROR, "Parameter %d has no value".formatted(i + 1))
            .toSqlException();
      }
      result.add(binding);
    }
    return result;
  }

  private boolean run(List<ParameterBinding> values) throws SQLException {
    checkOpen();
    if (openResultSet != null) {
      openResultSet.close();
      openResultSet = null;
    }
    runner.run(((MetaxyConnection) connection).plan(sql), values);
    return openResultSet != null;
  }

  @Override
  public boolean execute() throws SQLException {
    return run(bound());
  }

  @Override
  public ResultSet executeQuery() throws SQLException {
    if (!run(bound())) {
      throw new MetaxyException(SqlState.SEQUENCE_ERROR, "The statement returns no result set")
          .toSqlException();
    }
    return openResultSet;
  }

  @Override
  public long executeLargeUpdate() throws SQLException {
    if (run(bound())) {
      openResultSet.close();
      throw new MetaxyException(SqlState.SEQUENCE_ERROR, "The statement returns a result set")
          .toSqlException();
    }
    return updateCount;
  }

  @Override
  public void addBatch() throws SQLException {
    batch.add(bound());
  }

  @Override
  public void clearBatch() {
    batch.clear();
  }

  @Override
  public long[] executeLargeBatch() throws SQLException {
    long[] counts = new long[batch.size()];
    int done = 0;
    try {
      for (List<ParameterBinding> values : batch) {
        run(values);
        counts[done++] = updateCount;
      }
    } catch (SQLException e) {
      throw new java.sql.BatchUpdateException(
          e.getMessage(), e.getSQLState(), e.getErrorCode(), Arrays.copyOf(counts, done), e);
    } finally {
      batch.clear();
    }
    return counts;
  }

  @Override
  public int[] executeBatch() throws SQLException {
    return Arrays.stream(executeLargeBatch()).mapToInt(Math::toIntExact).toArray();
  }

  @Override
  public void clearParameters() {
    Arrays.fill(bindings, null);
  }

  @Override
  public synchronized void cancel() throws SQLException {
    runner.cancel();
  }

  private void bind(int parameterIndex, @Nullable Object value, TimeZone zone) throws SQLException {
    StoreTypes types = ((MetaxyConnection) connection).session().dialect().types();
    bind(
        parameterIndex,
        value == null
            ? (statement, i, type) -> statement.setNull(i, Types.NULL)
            : (statement, i, type) ->
                types.bind(statement, i, ParameterValue.of(value, zone, type), type));
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
    bind(
        parameterIndex,
        (statement, i, type) ->
            statement.setNull(i, type == SqlTypeName.ANY ? Types.NULL : sqlType));
  }

  @Override
  public void setNull(int parameterIndex, int sqlType, String typeName) throws SQLException {
    bind(parameterIndex, (statement, i, type) -> statement.setNull(i, sqlType, typeName));
  }

  @Override
  public void setBoolean(int parameterIndex, boolean x) throws SQLException {
    bind(parameterIndex, (statement, i, type) -> statement.setBoolean(i, x));
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
    bind(parameterIndex, (statement, i, type) -> statement.setInt(i, x));
  }

  @Override
  public void setLong(int parameterIndex, long x) throws SQLException {
    bind(parameterIndex, (statement, i, type) -> statement.setLong(i, x));
  }

  @Override
  public void setFloat(int parameterIndex, float x) throws SQLException {
    bind(parameterIndex, (statement, i, type) -> statement.setFloat(i, x));
  }

  @Override
  public void setDouble(int parameterIndex, double x) throws SQLException {
    bind(parameterIndex, (statement, i, type) -> statement.setDouble(i, x));
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
  public void setBytes(int parameterIndex, byte[] x) throws SQLException {
    bind(parameterIndex, (statement, i, type) -> statement.setBytes(i, x));
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
  public void setAsciiStream(int parameterIndex, InputStream x) throws SQLException {
    bind(parameterIndex, (statement, i, type) -> statement.setAsciiStream(i, x));
  }

  @Override
  public void setAsciiStream(int parameterIndex, InputStream x, int length) throws SQLException {
    bind(parameterIndex, (statement, i, type) -> statement.setAsciiStream(i, x, length));
  }

  @Override
  public void setAsciiStream(int parameterIndex, InputStream x, long length) throws SQLException {
    bind(parameterIndex, (statement, i, type) -> statement.setAsciiStream(i, x, length));
  }

  @Override
  public void setBinaryStream(int parameterIndex, InputStream x) throws SQLException {
    bind(parameterIndex, (statement, i, type) -> statement.setBinaryStream(i, x));
  }

  @Override
  public void setBinaryStream(int parameterIndex, InputStream x, int length) throws SQLException {
    bind(parameterIndex, (statement, i, type) -> statement.setBinaryStream(i, x, length));
  }

  @Override
  public void setBinaryStream(int parameterIndex, InputStream x, long length) throws SQLException {
    bind(parameterIndex, (statement, i, type) -> statement.setBinaryStream(i, x, length));
  }

  @Override
  public void setCharacterStream(int parameterIndex, Reader x) throws SQLException {
    bind(parameterIndex, (statement, i, type) -> statement.setCharacterStream(i, x));
  }

  @Override
  public void setCharacterStream(int parameterIndex, Reader x, int length) throws SQLException {
    bind(parameterIndex, (statement, i, type) -> statement.setCharacterStream(i, x, length));
  }

  @Override
  public void setCharacterStream(int parameterIndex, Reader x, long length) throws SQLException {
    bind(parameterIndex, (statement, i, type) -> statement.setCharacterStream(i, x, length));
  }

  @Override
  public void setNCharacterStream(int parameterIndex, Reader x) throws SQLException {
    bind(parameterIndex, (statement, i, type) -> statement.setNCharacterStream(i, x));
  }

  @Override
  public void setNCharacterStream(int parameterIndex, Reader x, long length) throws SQLException {
    bind(parameterIndex, (statement, i, type) -> statement.setNCharacterStream(i, x, length));
  }

  @Override
  public void setRef(int parameterIndex, Ref x) throws SQLException {
    bind(parameterIndex, (statement, i, type) -> statement.setRef(i, x));
  }

  @Override
  public void setBlob(int parameterIndex, Blob x) throws SQLException {
    bind(parameterIndex, (statement, i, type) -> statement.setBlob(i, x));
  }

  @Override
  public void setBlob(int parameterIndex, InputStream x) throws SQLException {
    bind(parameterIndex, (statement, i, type) -> statement.setBlob(i, x));
  }

  @Override
  public void setBlob(int parameterIndex, InputStream x, long length) throws SQLException {
    bind(parameterIndex, (statement, i, type) -> statement.setBlob(i, x, length));
  }

  @Override
  public void setClob(int parameterIndex, Clob x) throws SQLException {
    bind(parameterIndex, (statement, i, type) -> statement.setClob(i, x));
  }

  @Override
  public void setClob(int parameterIndex, Reader x) throws SQLException {
    bind(parameterIndex, (statement, i, type) -> statement.setClob(i, x));
  }

  @Override
  public void setClob(int parameterIndex, Reader x, long length) throws SQLException {
    bind(parameterIndex, (statement, i, type) -> statement.setClob(i, x, length));
  }

  @Override
  public void setNClob(int parameterIndex, NClob x) throws SQLException {
    bind(parameterIndex, (statement, i, type) -> statement.setNClob(i, x));
  }

  @Override
  public void setNClob(int parameterIndex, Reader x) throws SQLException {
    bind(parameterIndex, (statement, i, type) -> statement.setNClob(i, x));
  }

  @Override
  public void setNClob(int parameterIndex, Reader x, long length) throws SQLException {
    bind(parameterIndex, (statement, i, type) -> statement.setNClob(i, x, length));
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
