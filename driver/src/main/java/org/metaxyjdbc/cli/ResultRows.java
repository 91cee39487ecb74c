package org.metaxyjdbc.cli;

import java.io.IOException;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a result set as values to write: {@link Boolean}, {@link Long}, {@link BigDecimal},
 * {@link Float}, {@link Double}, {@link Json}, null, and for everything else text, times in ISO
 * 8601 with microseconds.
 */
final class ResultRows {
  /** A nested value. */
  record Json(String text) {
    @Override
    public String toString() {
      return text;
    }
  }

  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS", Locale.ROOT);
  private static final DateTimeFormatter INSTANT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSX", Locale.ROOT);

  private final ResultSet rows;
  private final ResultSetMetaData metaData;

  ResultRows(ResultSet rows) throws SQLException {
    this.rows = rows;
    this.metaData = rows.getMetaData();
  }

  /** Writes all rows, one at a time, and returns how many there were. */
  long writeTo(RowWriter writer) throws SQLException, IOException {
    int count = metaData.getColumnCount();
    List<String> columns = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      columns.add(metaData.getColumnLabel(i));
    }
    writer.begin(columns);
    long written = 0;
    while (rows.next()) {
      List<@Nullable Object> values = new ArrayList<>(count);
      for (int i = 1; i <= count; i++) {
        values.add(value(i));
      }
      writer.row(values);
      written++;
    }
    writer.end();
    return written;
  }

  private @Nullable Object value(int i) throws SQLException {
    return switch (metaData.getColumnType(i)) {
      case Types.BOOLEAN -> orNull(rows.getBoolean(i));
      case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> orNull(rows.getLong(i));
      case Types.DECIMAL, Types.NUMERIC -> rows.getBigDecimal(i);
      case Types.REAL -> orNull(rows.getFloat(i));
      case Types.FLOAT, Types.DOUBLE -> orNull(rows.getDouble(i));
      case Types.TIMESTAMP -> text(TIMESTAMP, rows.getObject(i, LocalDateTime.class));
      case Types.TIMESTAMP_WITH_TIMEZONE -> text(INSTANT, rows.getObject(i, OffsetDateTime.class));
      case Types.ARRAY, Types.STRUCT -> json(i);
      case Types.OTHER ->
          metaData.getColumnTypeName(i).equals("JSON") ? json(i) : rows.getString(i);
      default -> rows.getString(i);
    };
  }

  private static @Nullable String text(
      DateTimeFormatter formatter, @Nullable TemporalAccessor time) {
    return time == null ? null : formatter.format(time);
  }

  private @Nullable Json json(int i) throws SQLException {
    String text = rows.getString(i);
    return text == null ? null : new Json(text);
  }

  private @Nullable Object orNull(Object value) throws SQLException {
    return rows.wasNull() ? null : value;
  }
}
