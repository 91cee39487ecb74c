package org.metaxyjdbc.server;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.avatica.AvaticaParameter;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.ColumnMetaData.Rep;
import org.apache.calcite.avatica.Meta;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.store.ListValue;
import org.metaxyjdbc.store.StoreValues;
import org.metaxyjdbc.store.ValueKind;
import org.metaxyjdbc.wire.WireValue;

/** A result set of the driver as frames, each read when it is asked for. */
final class ServedRows {
  /** A frame ends early where its values have about this many characters and bytes. */
  private static final long FULL = 1 << 20;

  private final ResultSet rows;
  private final int columns;
  private long offset;
  private boolean isDone;

  ServedRows(ResultSet rows) throws SQLException {
    this.rows = rows;
    this.columns = rows.getMetaData().getColumnCount();
  }

  /** The next rows, no more than {@code limit}; after the last one the result set is closed. */
  Meta.Frame next(int limit) throws SQLException {
    long first = offset;
    long size = 0;
    List<Object> frame = new ArrayList<>();
    StoreValues values = isDone ? null : rows.unwrap(StoreValues.class);
    while (values != null && frame.size() < limit && size < FULL) {
      if (!rows.next()) {
        close();
        break;
      }
      @Nullable Object[] row = new @Nullable Object[columns];
      for (int i = 0; i < columns; i++) {
        row[i] = value(values, i + 1);
        size += size(row[i]);
      }
      frame.add(row);
    }
    offset += frame.size();
    return new Meta.Frame(first, isDone, frame);
  }

  /** All rows at once. */
  Meta.Frame all() throws SQLException {
    List<Object> all = new ArrayList<>();
    while (!isDone) {
      next(Integer.MAX_VALUE).rows.forEach(all::add);
    }
    return new Meta.Frame(0, true, all);
  }

  /** A structure is its JSON text, in which the value of a union looks otherwise than alone. */
  private static @Nullable Object value(StoreValues values, int i) throws SQLException {
    Object value = values.value(i);
    return values.kind(i) == ValueKind.NESTED && !(value instanceof ListValue)
        ? values.text(i)
        : WireValue.ofRow(values.kind(i), value);
  }

  private static long size(@Nullable Object value) {
    return value instanceof String text
        ? text.length()
        : value instanceof byte[] bytes ? bytes.length : Long.BYTES;
  }

  void close() throws SQLException {
    isDone = true;
    rows.close();
  }

  Meta.Signature signature() throws SQLException {
    return signature(rows.getMetaData(), List.of());
  }

  /** What a client is told of a statement; {@code metaData} is null where it returns no rows. */
  static Meta.Signature signature(
      @Nullable ResultSetMetaData metaData, List<AvaticaParameter> parameters) throws SQLException {
    List<ColumnMetaData> columns = new ArrayList<>();
    for (int i = 1; metaData != null && i <= metaData.getColumnCount(); i++) {
      columns.add(column(metaData, i));
    }
    return Meta.Signature.create(columns, "", parameters, Meta.CursorFactory.LIST, null);
  }

  private static ColumnMetaData column(ResultSetMetaData metaData, int i) throws SQLException {
    return new ColumnMetaData(
        i - 1,
        metaData.isAutoIncrement(i),
        metaData.isCaseSensitive(i),
        metaData.isSearchable(i),
        metaData.isCurrency(i),
        metaData.isNullable(i),
        metaData.isSigned(i),
        metaData.getColumnDisplaySize(i),
        metaData.getColumnLabel(i),
        metaData.getColumnName(i),
        metaData.getSchemaName(i),
        metaData.getPrecision(i),
        metaData.getScale(i),
        metaData.getTableName(i),
        metaData.getCatalogName(i),
        ColumnMetaData.scalar(
            metaData.getColumnType(i),
            metaData.getColumnTypeName(i),
            rep(ValueKind.of(metaData.getColumnType(i)))),
        metaData.isReadOnly(i),
        metaData.isWritable(i),
        metaData.isDefinitelyWritable(i),
        metaData.getColumnClassName(i));
  }

  private static Rep rep(ValueKind kind) {
    return switch (kind) {
      case BOOLEAN -> Rep.BOOLEAN;
      case TINYINT, SMALLINT, INTEGER -> Rep.INTEGER;
      case BIGINT -> Rep.LONG;
      case REAL -> Rep.FLOAT;
      case DOUBLE -> Rep.DOUBLE;
      case BINARY -> Rep.BYTE_STRING;
      default -> Rep.STRING;
    };
  }
}
