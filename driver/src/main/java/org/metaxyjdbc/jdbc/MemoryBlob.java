package org.metaxyjdbc.jdbc;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Blob;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;

/** Bytes in memory, for {@link java.sql.Connection#createBlob}. Positions count from 1. */
final class MemoryBlob implements Blob {
  private byte @Nullable [] bytes = new byte[0];

  static SQLException freed() {
    return new MetaxyException(SqlState.INVALID_ARGUMENT, "The object has been freed")
        .toSqlException();
  }

  static SQLException outside(long position, int length) {
    return new MetaxyException(
            SqlState.INVALID_ARGUMENT,
            "There is no position %d; the length is %d".formatted(position, length))
        .toSqlException();
  }

  /** A position from 1, of what is there or right behind it, counted from 0. */
  static int index(long position, int length) throws SQLException {
    if (position < 1 || position > length + 1L) {
      throw outside(position, length);
    }
    return (int) position - 1;
  }

  static int length(int length) throws SQLException {
    if (length < 0) {
      throw new MetaxyException(SqlState.INVALID_ARGUMENT, "The length is %d".formatted(length))
          .toSqlException();
    }
    return length;
  }

  private byte[] bytes() throws SQLException {
    if (bytes == null) {
      throw freed();
    }
    return bytes;
  }

  @Override
  public long length() throws SQLException {
    return bytes().length;
  }

  @Override
  public byte[] getBytes(long position, int length) throws SQLException {
    int start = index(position, bytes().length);
    return Arrays.copyOfRange(
        bytes(), start, start + Math.min(length(length), bytes().length - start));
  }

  @Override
  public InputStream getBinaryStream() throws SQLException {
    return new ByteArrayInputStream(bytes());
  }

  @Override
  public InputStream getBinaryStream(long position, long length) throws SQLException {
    return new ByteArrayInputStream(getBytes(position, Math.toIntExact(length)));
  }

  @Override
  public long position(byte[] searched, long start) throws SQLException {
    byte[] all = bytes();
    for (int i = index(start, all.length); i <= all.length - searched.length; i++) {
      if (Arrays.equals(all, i, i + searched.length, searched, 0, searched.length)) {
        return i + 1L;
      }
    }
    return -1;
  }

  @Override
  public long position(Blob searched, long start) throws SQLException {
    return position(searched.getBytes(1, Math.toIntExact(searched.length())), start);
  }

  @Override
  public int setBytes(long position, byte[] value) throws SQLException {
    store(index(position, bytes().length), value);
    return value.length;
  }

  @Override
  public int setBytes(long position, byte[] value, int offset, int length) throws SQLException {
    int start = index(offset + 1L, value.length);
    int end = start + length(length);
    if (end > value.length) {
      throw outside(end, value.length);
    }
    return setBytes(position, Arrays.copyOfRange(value, start, end));
  }

  @Override
  public OutputStream setBinaryStream(long position) throws SQLException {
    int start = index(position, bytes().length);
    return new ByteArrayOutputStream() {
      @Override
      public void flush() {
        store(start, toByteArray());
      }

      @Override
      public void close() {
        flush();
      }
    };
  }

  private void store(int start, byte[] written) {
    if (bytes != null) {
      byte[] all = Arrays.copyOf(bytes, Math.max(bytes.length, start + written.length));
      System.arraycopy(written, 0, all, start, written.length);
      bytes = all;
    }
  }

  @Override
  public void truncate(long length) throws SQLException {
    bytes = Arrays.copyOf(bytes(), index(length + 1, bytes().length));
  }

  @Override
  public void free() {
    bytes = null;
  }
}
