package org.metaxyjdbc.jdbc;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
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
import org.jspecify.annotations.NullUnmarked;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;

/**
 * JDBC's updater methods, brought down to one for all types. A result set is read only as long as
 * nothing overrides that one and those for rows.
 */
@NullUnmarked
abstract class UpdaterMethods implements ResultSet {
  /** A value for a column, which a stream may first have to give. */
  @FunctionalInterface
  interface NewValue {
    Object get() throws SQLException;
  }

  abstract void checkOpen() throws SQLException;

  /**
   * Gives a column of the current row, or of the insert row, a value.
   *
   * @throws SQLException 24000 where the result set is read only
   */
  void update(int columnIndex, NewValue value) throws SQLException {
    throw readOnly();
  }

  private SQLException readOnly() throws SQLException {
    checkOpen();
    return new MetaxyException(
            SqlState.INVALID_CURSOR_STATE,
            "The result set is read only; use UPDATE and DELETE, or ask for CONCUR_UPDATABLE")
        .toSqlException();
  }

  private SQLException noSuch(String type) throws SQLException {
    checkOpen();
    return MetaxyException.unsupported(
            "No column has a %s; updateString takes text".formatted(type))
        .toSqlException();
  }

  private static Object as(SQLType type, int scale, Object x) throws SQLException {
    try {
      return x == null ? null : ParameterValue.as(type.getVendorTypeNumber(), scale, x);
    } catch (MetaxyException e) {
      throw e.toSqlException();
    }
  }

  /** A stream of that length, or a decimal with so many digits after the point. */
  private static Object scaled(Object x, int scaleOrLength) throws SQLException {
    if (x instanceof InputStream stream) {
      return StreamValue.bytes(stream, scaleOrLength);
    }
    if (x instanceof Reader reader) {
      return StreamValue.text(reader, scaleOrLength);
    }
    return x instanceof BigDecimal decimal
        ? decimal.setScale(scaleOrLength, RoundingMode.HALF_UP)
        : x;
  }

  @Override
  public boolean rowUpdated() throws SQLException {
    checkOpen();
    return false;
  }

  @Override
  public boolean rowInserted() throws SQLException {
    checkOpen();
    return false;
  }

  @Override
  public boolean rowDeleted() throws SQLException {
    checkOpen();
    return false;
  }

  @Override
  public void updateNull(int columnIndex) throws SQLException {
    update(columnIndex, () -> null);
  }

  @Override
  public void updateBoolean(int columnIndex, boolean x) throws SQLException {
    update(columnIndex, () -> x);
  }

  @Override
  public void updateByte(int columnIndex, byte x) throws SQLException {
    update(columnIndex, () -> (int) x);
  }

  @Override
  public void updateShort(int columnIndex, short x) throws SQLException {
    update(columnIndex, () -> (int) x);
  }

  @Override
  public void updateInt(int columnIndex, int x) throws SQLException {
    update(columnIndex, () -> x);
  }

  @Override
  public void updateLong(int columnIndex, long x) throws SQLException {
    update(columnIndex, () -> x);
  }

  @Override
  public void updateFloat(int columnIndex, float x) throws SQLException {
    update(columnIndex, () -> x);
  }

  @Override
  public void updateDouble(int columnIndex, double x) throws SQLException {
    update(columnIndex, () -> x);
  }

  @Override
  public void updateBigDecimal(int columnIndex, BigDecimal x) throws SQLException {
    update(columnIndex, () -> x);
  }

  @Override
  public void updateString(int columnIndex, String x) throws SQLException {
    update(columnIndex, () -> x);
  }

  @Override
  public void updateBytes(int columnIndex, byte[] x) throws SQLException {
    update(columnIndex, () -> x);
  }

  @Override
  public void updateDate(int columnIndex, Date x) throws SQLException {
    update(columnIndex, () -> x);
  }

  @Override
  public void updateTime(int columnIndex, Time x) throws SQLException {
    update(columnIndex, () -> x);
  }

  @Override
  public void updateTimestamp(int columnIndex, Timestamp x) throws SQLException {
    update(columnIndex, () -> x);
  }

  @Override
  public void updateAsciiStream(int columnIndex, InputStream x, int length) throws SQLException {
    update(columnIndex, () -> StreamValue.text(x, StandardCharsets.US_ASCII, length));
  }

  @Override
  public void updateBinaryStream(int columnIndex, InputStream x, int length) throws SQLException {
    update(columnIndex, () -> StreamValue.bytes(x, length));
  }

  @Override
  public void updateCharacterStream(int columnIndex, Reader x, int length) throws SQLException {
    update(columnIndex, () -> StreamValue.text(x, length));
  }

  @Override
  public void updateObject(int columnIndex, Object x, int scaleOrLength) throws SQLException {
    update(columnIndex, () -> scaled(x, scaleOrLength));
  }

  @Override
  public void updateObject(int columnIndex, Object x) throws SQLException {
    update(columnIndex, () -> x);
  }

  @Override
  public void updateNull(String columnLabel) throws SQLException {
    updateNull(findColumn(columnLabel));
  }

  @Override
  public void updateBoolean(String columnLabel, boolean x) throws SQLException {
    updateBoolean(findColumn(columnLabel), x);
  }

  @Override
  public void updateByte(String columnLabel, byte x) throws SQLException {
    updateByte(findColumn(columnLabel), x);
  }

  @Override
  public void updateShort(String columnLabel, short x) throws SQLException {
    updateShort(findColumn(columnLabel), x);
  }

  @Override
  public void updateInt(String columnLabel, int x) throws SQLException {
    updateInt(findColumn(columnLabel), x);
  }

  @Override
  public void updateLong(String columnLabel, long x) throws SQLException {
    updateLong(findColumn(columnLabel), x);
  }

  @Override
  public void updateFloat(String columnLabel, float x) throws SQLException {
    updateFloat(findColumn(columnLabel), x);
  }

  @Override
  public void updateDouble(String columnLabel, double x) throws SQLException {
    updateDouble(findColumn(columnLabel), x);
  }

  @Override
  public void updateBigDecimal(String columnLabel, BigDecimal x) throws SQLException {
    updateBigDecimal(findColumn(columnLabel), x);
  }

  @Override
  public void updateString(String columnLabel, String x) throws SQLException {
    updateString(findColumn(columnLabel), x);
  }

  @Override
  public void updateBytes(String columnLabel, byte[] x) throws SQLException {
    updateBytes(findColumn(columnLabel), x);
  }

  @Override
  public void updateDate(String columnLabel, Date x) throws SQLException {
    updateDate(findColumn(columnLabel), x);
  }

  @Override
  public void updateTime(String columnLabel, Time x) throws SQLException {
    updateTime(findColumn(columnLabel), x);
  }

  @Override
  public void updateTimestamp(String columnLabel, Timestamp x) throws SQLException {
    updateTimestamp(findColumn(columnLabel), x);
  }

  @Override
  public void updateAsciiStream(String columnLabel, InputStream x, int length) throws SQLException {
    updateAsciiStream(findColumn(columnLabel), x, length);
  }

  @Override
  public void updateBinaryStream(String columnLabel, InputStream x, int length)
      throws SQLException {
    updateBinaryStream(findColumn(columnLabel), x, length);
  }

  @Override
  public void updateCharacterStream(String columnLabel, Reader x, int length) throws SQLException {
    updateCharacterStream(findColumn(columnLabel), x, length);
  }

  @Override
  public void updateObject(String columnLabel, Object x, int scaleOrLength) throws SQLException {
    updateObject(findColumn(columnLabel), x, scaleOrLength);
  }

  @Override
  public void updateObject(String columnLabel, Object x) throws SQLException {
    updateObject(findColumn(columnLabel), x);
  }

  @Override
  public void insertRow() throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateRow() throws SQLException {
    throw readOnly();
  }

  @Override
  public void deleteRow() throws SQLException {
    throw readOnly();
  }

  @Override
  public void refreshRow() throws SQLException {
    throw readOnly();
  }

  @Override
  public void cancelRowUpdates() throws SQLException {
    throw readOnly();
  }

  @Override
  public void moveToInsertRow() throws SQLException {
    throw readOnly();
  }

  @Override
  public void moveToCurrentRow() throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateRef(int columnIndex, Ref x) throws SQLException {
    throw noSuch("Ref");
  }

  @Override
  public void updateRef(String columnLabel, Ref x) throws SQLException {
    updateRef(findColumn(columnLabel), x);
  }

  @Override
  public void updateBlob(int columnIndex, Blob x) throws SQLException {
    update(columnIndex, () -> StreamValue.bytes(x));
  }

  @Override
  public void updateBlob(String columnLabel, Blob x) throws SQLException {
    updateBlob(findColumn(columnLabel), x);
  }

  @Override
  public void updateClob(int columnIndex, Clob x) throws SQLException {
    update(columnIndex, () -> StreamValue.text(x));
  }

  @Override
  public void updateClob(String columnLabel, Clob x) throws SQLException {
    updateClob(findColumn(columnLabel), x);
  }

  @Override
  public void updateArray(int columnIndex, Array x) throws SQLException {
    update(columnIndex, () -> x == null || x instanceof ListArray ? x : x.getArray());
  }

  @Override
  public void updateArray(String columnLabel, Array x) throws SQLException {
    updateArray(findColumn(columnLabel), x);
  }

  @Override
  public void updateRowId(int columnIndex, RowId x) throws SQLException {
    throw noSuch("RowId");
  }

  @Override
  public void updateRowId(String columnLabel, RowId x) throws SQLException {
    updateRowId(findColumn(columnLabel), x);
  }

  @Override
  public void updateNString(int columnIndex, String x) throws SQLException {
    update(columnIndex, () -> x);
  }

  @Override
  public void updateNString(String columnLabel, String x) throws SQLException {
    updateNString(findColumn(columnLabel), x);
  }

  @Override
  public void updateNClob(int columnIndex, NClob x) throws SQLException {
    update(columnIndex, () -> StreamValue.text(x));
  }

  @Override
  public void updateNClob(String columnLabel, NClob x) throws SQLException {
    updateNClob(findColumn(columnLabel), x);
  }

  @Override
  public void updateSQLXML(int columnIndex, SQLXML x) throws SQLException {
    update(columnIndex, () -> x == null ? null : x.getString());
  }

  @Override
  public void updateSQLXML(String columnLabel, SQLXML x) throws SQLException {
    updateSQLXML(findColumn(columnLabel), x);
  }

  @Override
  public void updateNCharacterStream(int columnIndex, Reader x, long length) throws SQLException {
    update(columnIndex, () -> StreamValue.text(x, length));
  }

  @Override
  public void updateNCharacterStream(String columnLabel, Reader x, long length)
      throws SQLException {
    updateNCharacterStream(findColumn(columnLabel), x, length);
  }

  @Override
  public void updateAsciiStream(int columnIndex, InputStream x, long length) throws SQLException {
    update(columnIndex, () -> StreamValue.text(x, StandardCharsets.US_ASCII, length));
  }

  @Override
  public void updateBinaryStream(int columnIndex, InputStream x, long length) throws SQLException {
    update(columnIndex, () -> StreamValue.bytes(x, length));
  }

  @Override
  public void updateCharacterStream(int columnIndex, Reader x, long length) throws SQLException {
    update(columnIndex, () -> StreamValue.text(x, length));
  }

  @Override
  public void updateAsciiStream(String columnLabel, InputStream x, long length)
      throws SQLException {
    updateAsciiStream(findColumn(columnLabel), x, length);
  }

  @Override
  public void updateBinaryStream(String columnLabel, InputStream x, long length)
      throws SQLException {
    updateBinaryStream(findColumn(columnLabel), x, length);
  }

  @Override
  public void updateCharacterStream(String columnLabel, Reader x, long length) throws SQLException {
    updateCharacterStream(findColumn(columnLabel), x, length);
  }

  @Override
  public void updateBlob(int columnIndex, InputStream x, long length) throws SQLException {
    update(columnIndex, () -> StreamValue.bytes(x, length));
  }

  @Override
  public void updateBlob(String columnLabel, InputStream x, long length) throws SQLException {
    updateBlob(findColumn(columnLabel), x, length);
  }

  @Override
  public void updateClob(int columnIndex, Reader x, long length) throws SQLException {
    update(columnIndex, () -> StreamValue.text(x, length));
  }

  @Override
  public void updateClob(String columnLabel, Reader x, long length) throws SQLException {
    updateClob(findColumn(columnLabel), x, length);
  }

  @Override
  public void updateNClob(int columnIndex, Reader x, long length) throws SQLException {
    update(columnIndex, () -> StreamValue.text(x, length));
  }

  @Override
  public void updateNClob(String columnLabel, Reader x, long length) throws SQLException {
    updateNClob(findColumn(columnLabel), x, length);
  }

  @Override
  public void updateNCharacterStream(int columnIndex, Reader x) throws SQLException {
    update(columnIndex, () -> StreamValue.text(x, StreamValue.ALL));
  }

  @Override
  public void updateNCharacterStream(String columnLabel, Reader x) throws SQLException {
    updateNCharacterStream(findColumn(columnLabel), x);
  }

  @Override
  public void updateAsciiStream(int columnIndex, InputStream x) throws SQLException {
    update(columnIndex, () -> StreamValue.text(x, StandardCharsets.US_ASCII, StreamValue.ALL));
  }

  @Override
  public void updateBinaryStream(int columnIndex, InputStream x) throws SQLException {
    update(columnIndex, () -> StreamValue.bytes(x, StreamValue.ALL));
  }

  @Override
  public void updateCharacterStream(int columnIndex, Reader x) throws SQLException {
    update(columnIndex, () -> StreamValue.text(x, StreamValue.ALL));
  }

  @Override
  public void updateAsciiStream(String columnLabel, InputStream x) throws SQLException {
    updateAsciiStream(findColumn(columnLabel), x);
  }

  @Override
  public void updateBinaryStream(String columnLabel, InputStream x) throws SQLException {
    updateBinaryStream(findColumn(columnLabel), x);
  }

  @Override
  public void updateCharacterStream(String columnLabel, Reader x) throws SQLException {
    updateCharacterStream(findColumn(columnLabel), x);
  }

  @Override
  public void updateBlob(int columnIndex, InputStream x) throws SQLException {
    update(columnIndex, () -> StreamValue.bytes(x, StreamValue.ALL));
  }

  @Override
  public void updateBlob(String columnLabel, InputStream x) throws SQLException {
    updateBlob(findColumn(columnLabel), x);
  }

  @Override
  public void updateClob(int columnIndex, Reader x) throws SQLException {
    update(columnIndex, () -> StreamValue.text(x, StreamValue.ALL));
  }

  @Override
  public void updateClob(String columnLabel, Reader x) throws SQLException {
    updateClob(findColumn(columnLabel), x);
  }

  @Override
  public void updateNClob(int columnIndex, Reader x) throws SQLException {
    update(columnIndex, () -> StreamValue.text(x, StreamValue.ALL));
  }

  @Override
  public void updateNClob(String columnLabel, Reader x) throws SQLException {
    updateNClob(findColumn(columnLabel), x);
  }

  @Override
  public void updateObject(int columnIndex, Object x, SQLType targetSqlType, int scaleOrLength)
      throws SQLException {
    update(columnIndex, () -> as(targetSqlType, scaleOrLength, x));
  }

  @Override
  public void updateObject(String columnLabel, Object x, SQLType targetSqlType, int scaleOrLength)
      throws SQLException {
    updateObject(findColumn(columnLabel), x, targetSqlType, scaleOrLength);
  }

  @Override
  public void updateObject(int columnIndex, Object x, SQLType targetSqlType) throws SQLException {
    update(columnIndex, () -> as(targetSqlType, -1, x));
  }

  @Override
  public void updateObject(String columnLabel, Object x, SQLType targetSqlType)
      throws SQLException {
    updateObject(findColumn(columnLabel), x, targetSqlType);
  }
}
