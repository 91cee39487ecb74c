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
abstract class UpdaterMethods extends ColumnLabels {
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
  public void updateBlob(int columnIndex, Blob x) throws SQLException {
    update(columnIndex, () -> StreamValue.bytes(x));
  }

  @Override
  public void updateClob(int columnIndex, Clob x) throws SQLException {
    update(columnIndex, () -> StreamValue.text(x));
  }

  @Override
  public void updateArray(int columnIndex, Array x) throws SQLException {
    update(columnIndex, () -> x == null || x instanceof ListArray ? x : x.getArray());
  }

  @Override
  public void updateRowId(int columnIndex, RowId x) throws SQLException {
    throw noSuch("RowId");
  }

  @Override
  public void updateNString(int columnIndex, String x) throws SQLException {
    update(columnIndex, () -> x);
  }

  @Override
  public void updateNClob(int columnIndex, NClob x) throws SQLException {
    update(columnIndex, () -> StreamValue.text(x));
  }

  @Override
  public void updateSQLXML(int columnIndex, SQLXML x) throws SQLException {
    update(columnIndex, () -> x == null ? null : x.getString());
  }

  @Override
  public void updateNCharacterStream(int columnIndex, Reader x, long length) throws SQLException {
    update(columnIndex, () -> StreamValue.text(x, length));
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
  public void updateBlob(int columnIndex, InputStream x, long length) throws SQLException {
    update(columnIndex, () -> StreamValue.bytes(x, length));
  }

  @Override
  public void updateClob(int columnIndex, Reader x, long length) throws SQLException {
    update(columnIndex, () -> StreamValue.text(x, length));
  }

  @Override
  public void updateNClob(int columnIndex, Reader x, long length) throws SQLException {
    update(columnIndex, () -> StreamValue.text(x, length));
  }

  @Override
  public void updateNCharacterStream(int columnIndex, Reader x) throws SQLException {
    update(columnIndex, () -> StreamValue.text(x, StreamValue.ALL));
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
  public void updateBlob(int columnIndex, InputStream x) throws SQLException {
    update(columnIndex, () -> StreamValue.bytes(x, StreamValue.ALL));
  }

  @Override
  public void updateClob(int columnIndex, Reader x) throws SQLException {
    update(columnIndex, () -> StreamValue.text(x, StreamValue.ALL));
  }

  @Override
  public void updateNClob(int columnIndex, Reader x) throws SQLException {
    update(columnIndex, () -> StreamValue.text(x, StreamValue.ALL));
  }

  @Override
  public void updateObject(int columnIndex, Object x, SQLType targetSqlType, int scaleOrLength)
      throws SQLException {
    update(columnIndex, () -> as(targetSqlType, scaleOrLength, x));
  }

  @Override
  public void updateObject(int columnIndex, Object x, SQLType targetSqlType) throws SQLException {
    update(columnIndex, () -> as(targetSqlType, -1, x));
  }
}
