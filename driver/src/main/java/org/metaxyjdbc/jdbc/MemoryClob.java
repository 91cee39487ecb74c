package org.metaxyjdbc.jdbc;

import static org.metaxyjdbc.jdbc.MemoryBlob.index;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.Clob;
import java.sql.NClob;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Text in memory, for {@link java.sql.Connection#createClob}. Positions count from 1. */
final class MemoryClob implements NClob {
  private @Nullable StringBuilder text = new StringBuilder();

  private StringBuilder text() throws SQLException {
    if (text == null) {
      throw MemoryBlob.freed();
    }
    return text;
  }

  @Override
  public long length() throws SQLException {
    return text().length();
  }

  @Override
  public String getSubString(long position, int length) throws SQLException {
    StringBuilder all = text();
    int start = index(position, all.length());
    return all.substring(start, start + Math.min(MemoryBlob.length(length), all.length() - start));
  }

  @Override
  public Reader getCharacterStream() throws SQLException {
    return new StringReader(text().toString());
  }

  @Override
  public Reader getCharacterStream(long position, long length) throws SQLException {
    return new StringReader(getSubString(position, Math.toIntExact(length)));
  }

  @Override
  public InputStream getAsciiStream() throws SQLException {
    return new ByteArrayInputStream(text().toString().getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public long position(String searched, long start) throws SQLException {
    int found = text().indexOf(searched, index(start, text().length()));
    return found < 0 ? -1 : found + 1L;
  }

  @Override
  public long position(Clob searched, long start) throws SQLException {
    return position(searched.getSubString(1, Math.toIntExact(searched.length())), start);
  }

  @Override
  public int setString(long position, String value) throws SQLException {
    StringBuilder all = text();
    int start = index(position, all.length());
    all.replace(start, Math.min(all.length(), start + value.length()), value);
    return value.length();
  }

  @Override
  public int setString(long position, String value, int offset, int length) throws SQLException {
    int start = index(offset + 1L, value.length());
    int end = start + MemoryBlob.length(length);
    if (end > value.length()) {
      throw MemoryBlob.outside(end, value.length());
    }
    return setString(position, value.substring(start, end));
  }

  @Override
  public OutputStream setAsciiStream(long position) throws SQLException {
    int start = index(position, text().length());
    return new ByteArrayOutputStream() {
      @Override
      public void flush() {
        store(start, toString(StandardCharsets.US_ASCII));
      }

      @Override
      public void close() {
        flush();
      }
    };
  }

  @Override
  public Writer setCharacterStream(long position) throws SQLException {
    int start = index(position, text().length());
    return new StringWriter() {
      @Override
      public void flush() {
        store(start, toString());
      }

      @Override
      public void close() {
        flush();
      }
    };
  }

  private void store(int start, String written) {
    if (text != null) {
      text.replace(start, Math.min(text.length(), start + written.length()), written);
    }
  }

  @Override
  public void truncate(long length) throws SQLException {
    text().setLength(index(length + 1, text().length()));
  }

  @Override
  public void free() {
    text = null;
  }
}
