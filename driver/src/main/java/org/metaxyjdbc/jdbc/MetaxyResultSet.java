package org.metaxyjdbc.jdbc;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.Calendar;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import javax.sql.rowset.serial.SerialBlob;
import javax.sql.rowset.serial.SerialClob;
import org.apache.calcite.avatica.AvaticaResultSet;
import org.apache.calcite.avatica.AvaticaStatement;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.QueryState;
import org.h2.tools.SimpleResultSet;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;
import org.metaxyjdbc.plan.Plan;
import org.metaxyjdbc.store.StoreTypes;

/**
 * A result set of the store, read through: no row is copied. Values whose Java type or text differs
 * between stores go through {@link JdbcValues}.
 */
@NullUnmarked
final class MetaxyResultSet extends AvaticaResultSet {
  private static final Meta.Signature NO_SIGNATURE =
      new Meta.Signature(List.of(), "", List.of(), Map.of(), Meta.CursorFactory.ARRAY, null);

  private final ResultSet rows;
  private final @Nullable AutoCloseable owned;
  private final JdbcValues values;
  private final MetaxyResultSetMetaData metaData;
  private boolean closed;

  private MetaxyResultSet(
      @Nullable AvaticaStatement statement,
      ResultSet rows,
      @Nullable AutoCloseable owned,
      MetaxyResultSetMetaData metaData,
      StoreTypes types)
      throws SQLException {
    super(statement, new QueryState(""), NO_SIGNATURE, metaData, TimeZone.getDefault(), null);
    this.rows = rows;
    this.owned = owned;
    this.metaData = metaData;
    this.values = new JdbcValues(rows, types);
  }

  /** Reads the rows of a query; closes {@code owned}, what holds the store's statement, with it. */
  static MetaxyResultSet ofStore(
      AvaticaStatement statement,
      ResultSet rows,
      AutoCloseable owned,
      List<Plan.Column> columns,
      StoreTypes types)
      throws SQLException {
    MetaxyResultSetMetaData metaData =
        new MetaxyResultSetMetaData(rows.getMetaData(), columns, types);
    return new MetaxyResultSet(statement, rows, owned, metaData, types);
  }

  /** Shows rows that the driver made itself. */
  static MetaxyResultSet ofRows(@Nullable AvaticaStatement statement, ResultSet rows)
      throws SQLException {
    MetaxyResultSetMetaData metaData =
        new MetaxyResultSetMetaData(rows.getMetaData(), List.of(), StoreTypes.IN_MEMORY);
    return new MetaxyResultSet(statement, rows, null, metaData, StoreTypes.IN_MEMORY);
  }

  /** One row with one text. */
  static MetaxyResultSet ofText(AvaticaStatement statement, String label, String text)
      throws SQLException {
    SimpleResultSet rows = new SimpleResultSet();
    rows.addColumn(label, Types.VARCHAR, 0, 0);
    rows.addRow(text);
    return ofRows(statement, rows);
  }

  private ResultSet open() throws SQLException {
    if (closed) {
      throw new MetaxyException(SqlState.INVALID_CURSOR_STATE, "The result set is closed")
          .toSqlException();
    }
    return rows;
  }

  @Override
  protected void checkOpen() throws SQLException {
    open();
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      rows.close();
      if (owned != null) {
        owned.close();
      }
    } catch (Exception e) {
      // Closing twice, or after the connection was lost, is not an error for the reader.
    }
    super.close();
  }

  @Override
  public int findColumn(String columnLabel) throws SQLException {
    open();
    return metaData.indexOf(columnLabel);
  }

  @Override
  public ResultSetMetaData getMetaData() throws SQLException {
    open();
    return metaData;
  }

  @Override
  public SQLWarning getWarnings() throws SQLException {
    return open().getWarnings();
  }

  @Override
  @Deprecated
  public BigDecimal getBigDecimal(int columnIndex, int scale) throws SQLException {
    BigDecimal value = getBigDecimal(columnIndex);
    return value == null ? null : value.setScale(scale, java.math.RoundingMode.HALF_UP);
  }

  @Override
  @Deprecated
  public BigDecimal getBigDecimal(String columnLabel, int scale) throws SQLException {
    return getBigDecimal(findColumn(columnLabel), scale);
  }

  @Override
  public boolean next() throws SQLException {
    return open().next();
  }

  @Override
  public boolean previous() throws SQLException {
    return open().previous();
  }

  @Override
  public boolean first() throws SQLException {
    return open().first();
  }

  @Override
  public boolean last() throws SQLException {
    return open().last();
  }

  @Override
  public boolean isBeforeFirst() throws SQLException {
    return open().isBeforeFirst();
  }

  @Override
  public boolean isAfterLast() throws SQLException {
    return open().isAfterLast();
  }

  @Override
  public boolean isFirst() throws SQLException {
    return open().isFirst();
  }

  @Override
  public boolean isLast() throws SQLException {
    return open().isLast();
  }

  @Override
  public int getRow() throws SQLException {
    return open().getRow();
  }

  @Override
  public boolean wasNull() throws SQLException {
    return open().wasNull();
  }

  @Override
  public int getFetchSize() throws SQLException {
    return open().getFetchSize();
  }

  @Override
  public int getType() throws SQLException {
    return open().getType();
  }

  @Override
  public void beforeFirst() throws SQLException {
    open().beforeFirst();
  }

  @Override
  public void afterLast() throws SQLException {
    open().afterLast();
  }

  @Override
  public void clearWarnings() throws SQLException {
    open().clearWarnings();
  }

  @Override
  public boolean absolute(int row) throws SQLException {
    return open().absolute(row);
  }

  @Override
  public boolean relative(int rowsMoved) throws SQLException {
    return open().relative(rowsMoved);
  }

  @Override
  public void setFetchSize(int size) throws SQLException {
    open().setFetchSize(size);
  }

  @Override
  public boolean getBoolean(int columnIndex) throws SQLException {
    open();
    return values.bool(columnIndex);
  }

  @Override
  public boolean getBoolean(String columnLabel) throws SQLException {
    return getBoolean(findColumn(columnLabel));
  }

  @Override
  public byte getByte(int columnIndex) throws SQLException {
    open();
    return values.int8(columnIndex);
  }

  @Override
  public byte getByte(String columnLabel) throws SQLException {
    return getByte(findColumn(columnLabel));
  }

  @Override
  public short getShort(int columnIndex) throws SQLException {
    open();
    return values.int16(columnIndex);
  }

  @Override
  public short getShort(String columnLabel) throws SQLException {
    return getShort(findColumn(columnLabel));
  }

  @Override
  public int getInt(int columnIndex) throws SQLException {
    open();
    return values.int32(columnIndex);
  }

  @Override
  public int getInt(String columnLabel) throws SQLException {
    return getInt(findColumn(columnLabel));
  }

  @Override
  public long getLong(int columnIndex) throws SQLException {
    open();
    return values.int64(columnIndex);
  }

  @Override
  public long getLong(String columnLabel) throws SQLException {
    return getLong(findColumn(columnLabel));
  }

  @Override
  public float getFloat(int columnIndex) throws SQLException {
    open();
    return values.real(columnIndex);
  }

  @Override
  public float getFloat(String columnLabel) throws SQLException {
    return getFloat(findColumn(columnLabel));
  }

  @Override
  public double getDouble(int columnIndex) throws SQLException {
    open();
    return values.dbl(columnIndex);
  }

  @Override
  public double getDouble(String columnLabel) throws SQLException {
    return getDouble(findColumn(columnLabel));
  }

  @Override
  public String getString(int columnIndex) throws SQLException {
    open();
    return values.text(columnIndex);
  }

  @Override
  public String getString(String columnLabel) throws SQLException {
    return getString(findColumn(columnLabel));
  }

  @Override
  public BigDecimal getBigDecimal(int columnIndex) throws SQLException {
    open();
    return values.decimal(columnIndex);
  }

  @Override
  public BigDecimal getBigDecimal(String columnLabel) throws SQLException {
    return getBigDecimal(findColumn(columnLabel));
  }

  @Override
  public byte[] getBytes(int columnIndex) throws SQLException {
    open();
    return values.bytes(columnIndex);
  }

  @Override
  public byte[] getBytes(String columnLabel) throws SQLException {
    return getBytes(findColumn(columnLabel));
  }

  @Override
  public Date getDate(int columnIndex) throws SQLException {
    return getDate(columnIndex, null);
  }

  @Override
  public Date getDate(String columnLabel) throws SQLException {
    return getDate(findColumn(columnLabel));
  }

  @Override
  public Time getTime(int columnIndex) throws SQLException {
    return getTime(columnIndex, null);
  }

  @Override
  public Time getTime(String columnLabel) throws SQLException {
    return getTime(findColumn(columnLabel));
  }

  @Override
  public Timestamp getTimestamp(int columnIndex) throws SQLException {
    return getTimestamp(columnIndex, null);
  }

  @Override
  public Timestamp getTimestamp(String columnLabel) throws SQLException {
    return getTimestamp(findColumn(columnLabel));
  }

  @Override
  public Timestamp getTimestamp(int columnIndex, Calendar calendar) throws SQLException {
    open();
    return values.timestamp(columnIndex, zone(calendar));
  }

  @Override
  public Timestamp getTimestamp(String columnLabel, Calendar calendar) throws SQLException {
    return getTimestamp(findColumn(columnLabel), calendar);
  }

  @Override
  public Date getDate(int columnIndex, Calendar calendar) throws SQLException {
    open();
    return values.date(columnIndex, zone(calendar));
  }

  @Override
  public Date getDate(String columnLabel, Calendar calendar) throws SQLException {
    return getDate(findColumn(columnLabel), calendar);
  }

  @Override
  public Time getTime(int columnIndex, Calendar calendar) throws SQLException {
    open();
    return values.time(columnIndex, zone(calendar));
  }

  @Override
  public Time getTime(String columnLabel, Calendar calendar) throws SQLException {
    return getTime(findColumn(columnLabel), calendar);
  }

  private static TimeZone zone(@Nullable Calendar calendar) {
    return calendar == null ? TimeZone.getDefault() : calendar.getTimeZone();
  }

  @Override
  public Object getObject(int columnIndex) throws SQLException {
    open();
    return values.object(columnIndex);
  }

  @Override
  public Object getObject(String columnLabel) throws SQLException {
    return getObject(findColumn(columnLabel));
  }

  @Override
  public <T> T getObject(int columnIndex, Class<T> type) throws SQLException {
    open();
    return values.object(columnIndex, type);
  }

  @Override
  public <T> T getObject(String columnLabel, Class<T> type) throws SQLException {
    return getObject(findColumn(columnLabel), type);
  }

  @Override
  public Object getObject(int columnIndex, Map<String, Class<?>> map) throws SQLException {
    open();
    return values.object(columnIndex);
  }

  @Override
  public Object getObject(String columnLabel, Map<String, Class<?>> map) throws SQLException {
    return getObject(findColumn(columnLabel), map);
  }

  @Override
  public Array getArray(int columnIndex) throws SQLException {
    open();
    return values.array(columnIndex);
  }

  @Override
  public Array getArray(String columnLabel) throws SQLException {
    return getArray(findColumn(columnLabel));
  }

  @Override
  public InputStream getAsciiStream(int columnIndex) throws SQLException {
    String text = getString(columnIndex);
    return text == null ? null : new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public InputStream getAsciiStream(String columnLabel) throws SQLException {
    return getAsciiStream(findColumn(columnLabel));
  }

  @Override
  public InputStream getBinaryStream(int columnIndex) throws SQLException {
    byte[] bytes = getBytes(columnIndex);
    return bytes == null ? null : new ByteArrayInputStream(bytes);
  }

  @Override
  public InputStream getBinaryStream(String columnLabel) throws SQLException {
    return getBinaryStream(findColumn(columnLabel));
  }

  @Override
  public Reader getCharacterStream(int columnIndex) throws SQLException {
    String text = getString(columnIndex);
    return text == null ? null : new StringReader(text);
  }

  @Override
  public Reader getCharacterStream(String columnLabel) throws SQLException {
    return getCharacterStream(findColumn(columnLabel));
  }

  @Override
  public Reader getNCharacterStream(int columnIndex) throws SQLException {
    return getCharacterStream(columnIndex);
  }

  @Override
  public Reader getNCharacterStream(String columnLabel) throws SQLException {
    return getNCharacterStream(findColumn(columnLabel));
  }

  @Override
  public Blob getBlob(int columnIndex) throws SQLException {
    byte[] bytes = getBytes(columnIndex);
    return bytes == null ? null : new SerialBlob(bytes);
  }

  @Override
  public Blob getBlob(String columnLabel) throws SQLException {
    return getBlob(findColumn(columnLabel));
  }

  @Override
  public Clob getClob(int columnIndex) throws SQLException {
    String text = getString(columnIndex);
    return text == null ? null : new SerialClob(text.toCharArray());
  }

  @Override
  public Clob getClob(String columnLabel) throws SQLException {
    return getClob(findColumn(columnLabel));
  }

  @Override
  public NClob getNClob(int columnIndex) throws SQLException {
    return open().getNClob(columnIndex);
  }

  @Override
  public NClob getNClob(String columnLabel) throws SQLException {
    return getNClob(findColumn(columnLabel));
  }

  @Override
  public Ref getRef(int columnIndex) throws SQLException {
    return open().getRef(columnIndex);
  }

  @Override
  public Ref getRef(String columnLabel) throws SQLException {
    return getRef(findColumn(columnLabel));
  }

  @Override
  public RowId getRowId(int columnIndex) throws SQLException {
    return open().getRowId(columnIndex);
  }

  @Override
  public RowId getRowId(String columnLabel) throws SQLException {
    return getRowId(findColumn(columnLabel));
  }

  @Override
  public URL getURL(int columnIndex) throws SQLException {
    return open().getURL(columnIndex);
  }

  @Override
  public URL getURL(String columnLabel) throws SQLException {
    return getURL(findColumn(columnLabel));
  }

  @Override
  public SQLXML getSQLXML(int columnIndex) throws SQLException {
    return open().getSQLXML(columnIndex);
  }

  @Override
  public SQLXML getSQLXML(String columnLabel) throws SQLException {
    return getSQLXML(findColumn(columnLabel));
  }

  @Override
  public String getNString(int columnIndex) throws SQLException {
    return getString(columnIndex);
  }

  @Override
  public String getNString(String columnLabel) throws SQLException {
    return getNString(findColumn(columnLabel));
  }
}
