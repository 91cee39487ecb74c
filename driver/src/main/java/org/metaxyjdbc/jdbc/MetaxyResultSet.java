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
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLWarning;
import java.sql.SQLXML;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.Calendar;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import javax.sql.rowset.serial.SerialBlob;
import javax.sql.rowset.serial.SerialClob;
import org.h2.tools.SimpleResultSet;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;
import org.metaxyjdbc.plan.Plan;
import org.metaxyjdbc.plan.RecordRows;
import org.metaxyjdbc.session.Session;
import org.metaxyjdbc.session.StoreStatements;
import org.metaxyjdbc.store.StoreTypes;
import org.metaxyjdbc.store.StoreValues;
import org.metaxyjdbc.store.ValueKind;

/**
 * A result set of the store, read through: no row is copied but where one can scroll or change it
 * ({@link UpdatableResultSet}). Values whose Java type or text differs between stores go through
 * {@link JdbcValues}.
 */
@NullUnmarked
class MetaxyResultSet extends UpdaterMethods implements Session.Reading {
  private final @Nullable MetaxyStatement statement;
  private final @Nullable Session session;
  private final List<Plan.Column> columns;
  private StoreTypes types;
  private @Nullable MetaxyResultSetMetaData metaData;
  private @Nullable AutoCloseable owned;
  private ResultSet rows;
  private JdbcValues values;
  private final long maxRows;
  private final boolean isScrollable;
  private int row;
  private boolean isAtEnd;
  private boolean isPeeked;
  private boolean hasPeeked;
  private int fetchSize;
  private int fetchDirection = FETCH_FORWARD;
  private boolean closed;
  private @Nullable TimeZone defaultZone;

  MetaxyResultSet(
      @Nullable MetaxyStatement statement,
      @Nullable Session session,
      ResultSet rows,
      @Nullable AutoCloseable owned,
      List<Plan.Column> columns,
      ValueKind[] kinds,
      StoreTypes types)
      throws SQLException {
    this.statement = statement;
    this.session = session;
    this.rows = rows;
    this.owned = owned;
    this.columns = columns;
    this.types = types;
    this.values = new JdbcValues(rows, kinds, types);
    if (statement != null) {
      this.fetchSize = statement.getFetchSize();
      this.fetchDirection = statement.getFetchDirection();
    }
    long limit = statement == null ? 0 : statement.getLargeMaxRows();
    this.maxRows = limit == 0 ? Long.MAX_VALUE : limit;
    this.isScrollable = rows instanceof ScrollableRows;
  }

  /**
   * The rows of a query; all of them in memory where the statement wants to scroll.
   *
   * @param lease the store's statement, given back when the result set is closed
   */
  static MetaxyResultSet ofStore(
      MetaxyStatement statement,
      Session session,
      ResultSet rows,
      StoreStatements.Lease lease,
      List<Plan.Column> columns)
      throws SQLException {
    StoreTypes types = session.dialect().types();
    ValueKind[] kinds = lease.kinds(rows, types);
    if (statement.getResultSetType() == TYPE_FORWARD_ONLY) {
      return new MetaxyResultSet(statement, session, rows, lease, columns, kinds, types);
    }
    return inMemory(statement, copy(statement, rows, lease, columns, types), columns);
  }

  /** The rows of a query in memory; what they are read from is closed. */
  static ScrollableRows copy(
      MetaxyStatement statement,
      ResultSet rows,
      @Nullable AutoCloseable owned,
      List<Plan.Column> columns,
      StoreTypes types)
      throws SQLException {
    MetaxyResultSetMetaData metaData =
        new MetaxyResultSetMetaData(rows.getMetaData(), columns, types);
    ScrollableRows copy =
        ScrollableRows.of(rows, metaData, types, false, statement.getLargeMaxRows());
    close(rows, owned);
    return copy;
  }

  private static MetaxyResultSet inMemory(
      @Nullable MetaxyStatement statement, ResultSet rows, List<Plan.Column> columns)
      throws SQLException {
    ValueKind[] kinds = StoreValues.kinds(rows.getMetaData(), StoreTypes.IN_MEMORY);
    return new MetaxyResultSet(statement, null, rows, null, columns, kinds, StoreTypes.IN_MEMORY);
  }

  /** The rows of a query that is computed here; all of them in memory to scroll. */
  static MetaxyResultSet ofComputed(
      MetaxyStatement statement, Session session, ResultSet rows, List<Plan.Column> columns)
      throws SQLException {
    StoreTypes types = StoreTypes.IN_MEMORY;
    if (statement.getResultSetType() != TYPE_FORWARD_ONLY) {
      return inMemory(statement, copy(statement, rows, null, columns, types), columns);
    }
    return new MetaxyResultSet(
        statement,
        session,
        rows,
        null,
        columns,
        StoreValues.kinds(rows.getMetaData(), types),
        types);
  }

  /** Shows rows that the driver made itself. */
  static MetaxyResultSet ofRows(@Nullable MetaxyStatement statement, ResultSet rows)
      throws SQLException {
    return ofRows(statement, rows, List.of());
  }

  static MetaxyResultSet ofRows(
      @Nullable MetaxyStatement statement, ResultSet rows, List<Plan.Column> columns)
      throws SQLException {
    if (statement == null || statement.getResultSetType() == TYPE_FORWARD_ONLY) {
      return inMemory(statement, rows, columns);
    }
    MetaxyResultSetMetaData metaData =
        new MetaxyResultSetMetaData(rows.getMetaData(), columns, StoreTypes.IN_MEMORY);
    return inMemory(
        statement, ScrollableRows.of(rows, metaData, StoreTypes.IN_MEMORY, false, 0), columns);
  }

  /** One row with one text. */
  static MetaxyResultSet ofText(MetaxyStatement statement, String label, String text)
      throws SQLException {
    SimpleResultSet rows = new SimpleResultSet();
    rows.setAutoClose(false);
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
  void checkOpen() throws SQLException {
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
    close(rows, owned);
    endReading();
    if (statement != null) {
      statement.resultClosed();
    }
  }

  private static void close(ResultSet rows, @Nullable AutoCloseable owned) {
    try {
      rows.close();
      if (owned != null) {
        owned.close();
      }
    } catch (Exception e) {
      // Closing twice, or after the connection was lost, is not an error for the reader.
    }
  }

  private void endReading() {
    if (session != null) {
      try {
        session.endReading(this);
      } catch (SQLException e) {
        // What was read is read; a lost connection shows with the next statement.
      }
    }
  }

  /** The rows from the current one on are then read from memory. */
  @Override
  public void takeRest() throws SQLException {
    boolean isOnRow = !isAtEnd && (isPeeked ? hasPeeked : row > 0);
    ScrollableRows rest = ScrollableRows.of(rows, metaData(), types, isOnRow, 0);
    close(rows, owned);
    rows = rest;
    owned = null;
    types = StoreTypes.IN_MEMORY;
    values = new JdbcValues(rest, StoreValues.kinds(rest.getMetaData(), types), types);
    metaData = null;
  }

  /** Made when it is asked for: few readers do. */
  final MetaxyResultSetMetaData metaData() throws SQLException {
    if (metaData == null) {
      metaData = new MetaxyResultSetMetaData(rows.getMetaData(), columns, types, records());
    }
    return metaData;
  }

  /** What the rows are, where they can be changed; else null. */
  @Nullable RecordRows records() {
    return null;
  }

  @Override
  public @Nullable Statement getStatement() throws SQLException {
    open();
    return statement;
  }

  @Override
  public int findColumn(String columnLabel) throws SQLException {
    open();
    return metaData().indexOf(columnLabel);
  }

  @Override
  public ResultSetMetaData getMetaData() throws SQLException {
    open();
    return metaData();
  }

  @Override
  public @Nullable SQLWarning getWarnings() throws SQLException {
    open();
    return null;
  }

  @Override
  public void clearWarnings() throws SQLException {
    open();
  }

  @Override
  @Deprecated
  public BigDecimal getBigDecimal(int columnIndex, int scale) throws SQLException {
    BigDecimal value = getBigDecimal(columnIndex);
    return value == null ? null : value.setScale(scale, java.math.RoundingMode.HALF_UP);
  }

  /** Not every store's driver keeps to a limit of rows. */
  @Override
  public boolean next() throws SQLException {
    open();
    if (isScrollable) {
      return rows.next();
    }
    boolean found = isPeeked ? hasPeeked : !isAtEnd && row < maxRows && rows.next();
    isPeeked = false;
    if (found) {
      row++;
    } else if (!isAtEnd) {
      isAtEnd = true;
      endReading();
    }
    return found;
  }

  /** The current row of one in which one can scroll. */
  final Object[] currentInMemory() {
    return ((ScrollableRows) rows).current();
  }

  private boolean isScrollable() throws SQLException {
    open();
    return isScrollable;
  }

  /** The rows, to go anywhere in them. */
  ResultSet scrollable() throws SQLException {
    if (!isScrollable()) {
      throw forwardOnly();
    }
    return rows;
  }

  /** The rows, to stand on another one. */
  ResultSet toMove() throws SQLException {
    return scrollable();
  }

  static SQLException forwardOnly() {
    return new MetaxyException(
            SqlState.INVALID_CURSOR_STATE,
            "The result set only goes forward; create its statement with TYPE_SCROLL_INSENSITIVE")
        .toSqlException();
  }

  @Override
  public boolean previous() throws SQLException {
    return toMove().previous();
  }

  @Override
  public boolean first() throws SQLException {
    return toMove().first();
  }

  @Override
  public boolean last() throws SQLException {
    return toMove().last();
  }

  @Override
  public void beforeFirst() throws SQLException {
    toMove().beforeFirst();
  }

  @Override
  public void afterLast() throws SQLException {
    toMove().afterLast();
  }

  @Override
  public boolean absolute(int row) throws SQLException {
    return toMove().absolute(row);
  }

  @Override
  public boolean relative(int rowsMoved) throws SQLException {
    return toMove().relative(rowsMoved);
  }

  /** Without rows there is nothing to be before of: which only reading ahead can tell. */
  @Override
  public boolean isBeforeFirst() throws SQLException {
    if (isScrollable()) {
      return rows.isBeforeFirst();
    }
    if (row == 0 && !isAtEnd && !isPeeked) {
      hasPeeked = rows.next();
      isPeeked = true;
    }
    return row == 0 && isPeeked && hasPeeked;
  }

  @Override
  public boolean isAfterLast() throws SQLException {
    return isScrollable() ? rows.isAfterLast() : isAtEnd && row > 0;
  }

  @Override
  public boolean isFirst() throws SQLException {
    return isScrollable() ? rows.isFirst() : row == 1 && !isAtEnd;
  }

  @Override
  public boolean isLast() throws SQLException {
    return scrollable().isLast();
  }

  @Override
  public int getRow() throws SQLException {
    return isScrollable() ? rows.getRow() : isAtEnd ? 0 : row;
  }

  @Override
  public boolean wasNull() throws SQLException {
    return open().wasNull();
  }

  @Override
  public int getType() throws SQLException {
    open();
    return isScrollable ? TYPE_SCROLL_INSENSITIVE : TYPE_FORWARD_ONLY;
  }

  @Override
  public int getConcurrency() throws SQLException {
    open();
    return CONCUR_READ_ONLY;
  }

  @Override
  public int getHoldability() throws SQLException {
    open();
    return statement == null ? HOLD_CURSORS_OVER_COMMIT : statement.getResultSetHoldability();
  }

  @Override
  public int getFetchSize() throws SQLException {
    open();
    return fetchSize;
  }

  @Override
  public void setFetchSize(int size) throws SQLException {
    open();
    if (size < 0) {
      throw new MetaxyException(
              SqlState.INVALID_ARGUMENT, "The fetch size cannot be %d".formatted(size))
          .toSqlException();
    }
    fetchSize = size;
  }

  @Override
  public int getFetchDirection() throws SQLException {
    open();
    return fetchDirection;
  }

  @Override
  public void setFetchDirection(int direction) throws SQLException {
    if (fetchDirection(direction) != FETCH_FORWARD) {
      scrollable();
    }
    open();
    fetchDirection = direction;
  }

  /** A fetch direction that there is; it is a hint, and makes no difference. */
  static int fetchDirection(int direction) throws SQLException {
    if (direction != FETCH_FORWARD && direction != FETCH_REVERSE && direction != FETCH_UNKNOWN) {
      throw new MetaxyException(
              SqlState.INVALID_ARGUMENT, "There is no fetch direction %d".formatted(direction))
          .toSqlException();
    }
    return direction;
  }

  @Override
  public String getCursorName() throws SQLException {
    open();
    throw MetaxyException.unsupported("Result sets have no cursors with names").toSqlException();
  }

  @Override
  public boolean getBoolean(int columnIndex) throws SQLException {
    open();
    return values.bool(columnIndex);
  }

  @Override
  public byte getByte(int columnIndex) throws SQLException {
    open();
    return values.int8(columnIndex);
  }

  @Override
  public short getShort(int columnIndex) throws SQLException {
    open();
    return values.int16(columnIndex);
  }

  @Override
  public int getInt(int columnIndex) throws SQLException {
    open();
    return values.int32(columnIndex);
  }

  @Override
  public long getLong(int columnIndex) throws SQLException {
    open();
    return values.int64(columnIndex);
  }

  @Override
  public float getFloat(int columnIndex) throws SQLException {
    open();
    return values.real(columnIndex);
  }

  @Override
  public double getDouble(int columnIndex) throws SQLException {
    open();
    return values.dbl(columnIndex);
  }

  @Override
  public String getString(int columnIndex) throws SQLException {
    open();
    return values.text(columnIndex);
  }

  @Override
  public BigDecimal getBigDecimal(int columnIndex) throws SQLException {
    open();
    return values.decimal(columnIndex);
  }

  @Override
  public byte[] getBytes(int columnIndex) throws SQLException {
    open();
    return values.bytes(columnIndex);
  }

  @Override
  public Date getDate(int columnIndex) throws SQLException {
    return getDate(columnIndex, null);
  }

  @Override
  public Time getTime(int columnIndex) throws SQLException {
    return getTime(columnIndex, null);
  }

  @Override
  public Timestamp getTimestamp(int columnIndex) throws SQLException {
    return getTimestamp(columnIndex, null);
  }

  @Override
  public Timestamp getTimestamp(int columnIndex, Calendar calendar) throws SQLException {
    open();
    return values.timestamp(columnIndex, zone(calendar));
  }

  @Override
  public Date getDate(int columnIndex, Calendar calendar) throws SQLException {
    open();
    return values.date(columnIndex, zone(calendar));
  }

  @Override
  public Time getTime(int columnIndex, Calendar calendar) throws SQLException {
    open();
    return values.time(columnIndex, zone(calendar));
  }

  /** The JVM's zone, of which each call gives a copy, is asked for once. */
  private TimeZone zone(@Nullable Calendar calendar) {
    if (calendar != null) {
      return calendar.getTimeZone();
    }
    if (defaultZone == null) {
      defaultZone = TimeZone.getDefault();
    }
    return defaultZone;
  }

  @Override
  public Object getObject(int columnIndex) throws SQLException {
    open();
    return values.object(columnIndex);
  }

  @Override
  public <T> T getObject(int columnIndex, Class<T> type) throws SQLException {
    open();
    return values.object(columnIndex, type);
  }

  @Override
  public Object getObject(int columnIndex, Map<String, Class<?>> map) throws SQLException {
    open();
    return values.object(columnIndex);
  }

  @Override
  public Array getArray(int columnIndex) throws SQLException {
    open();
    return values.array(columnIndex);
  }

  @Override
  public InputStream getAsciiStream(int columnIndex) throws SQLException {
    String text = getString(columnIndex);
    return text == null ? null : new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public InputStream getBinaryStream(int columnIndex) throws SQLException {
    byte[] bytes = getBytes(columnIndex);
    return bytes == null ? null : new ByteArrayInputStream(bytes);
  }

  @Override
  public Reader getCharacterStream(int columnIndex) throws SQLException {
    String text = getString(columnIndex);
    return text == null ? null : new StringReader(text);
  }

  @Override
  public Reader getNCharacterStream(int columnIndex) throws SQLException {
    return getCharacterStream(columnIndex);
  }

  @Override
  public Blob getBlob(int columnIndex) throws SQLException {
    byte[] bytes = getBytes(columnIndex);
    return bytes == null ? null : new SerialBlob(bytes);
  }

  @Override
  public Clob getClob(int columnIndex) throws SQLException {
    String text = getString(columnIndex);
    return text == null ? null : new SerialClob(text.toCharArray());
  }

  private SQLException noSuchGetter(String type) throws SQLException {
    open();
    return MetaxyException.unsupported("No column has a %s; getString gives text".formatted(type))
        .toSqlException();
  }

  @Override
  public NClob getNClob(int columnIndex) throws SQLException {
    throw noSuchGetter("NClob");
  }

  @Override
  public Ref getRef(int columnIndex) throws SQLException {
    throw noSuchGetter("Ref");
  }

  @Override
  public RowId getRowId(int columnIndex) throws SQLException {
    throw noSuchGetter("RowId");
  }

  @Override
  public URL getURL(int columnIndex) throws SQLException {
    throw noSuchGetter("URL");
  }

  /** Only some stores have XML. */
  @Override
  public SQLXML getSQLXML(int columnIndex) throws SQLException {
    try {
      return open().getSQLXML(columnIndex);
    } catch (SQLFeatureNotSupportedException e) {
      throw noSuchGetter("SQLXML");
    }
  }

  @Override
  @Deprecated
  public InputStream getUnicodeStream(int columnIndex) throws SQLException {
    String text = getString(columnIndex);
    return text == null ? null : new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String getNString(int columnIndex) throws SQLException {
    return getString(columnIndex);
  }

  /** To its values without conversion too, which a server sends. */
  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    if (type == StoreValues.class) {
      open();
      return type.cast(values.unconverted());
    }
    if (session != null) {
      session.sharedConnection();
    }
    return Unwrapping.unwrap(this, open(), type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return Unwrapping.isWrapperFor(this, open(), type);
  }
}
