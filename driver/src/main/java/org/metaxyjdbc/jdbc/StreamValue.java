package org.metaxyjdbc.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;

/**
 * What a stream given for a parameter holds. It is read when it is given, so that the statement can
 * run any number of times, on stores whose drivers take no streams too.
 */
final class StreamValue {
  /** The length of a stream that is read to its end. */
  static final long ALL = -1;

  private StreamValue() {}

  /** The characters of a reader; null for none. */
  static @Nullable String text(@Nullable Reader reader, long length) throws SQLException {
    if (reader == null) {
      return null;
    }
    try {
      StringWriter text = new StringWriter();
      if (length == ALL) {
        reader.transferTo(text);
        return text.toString();
      }
      char[] characters = new char[checked(length)];
      int read = 0;
      int more = 0;
      while (read < characters.length && more >= 0) {
        more = reader.read(characters, read, characters.length - read);
        read += Math.max(more, 0);
      }
      requireLength(read, length);
      return new String(characters);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** The characters of a stream of bytes; {@code length} counts the bytes. */
  static @Nullable String text(@Nullable InputStream stream, Charset charset, long length)
      throws SQLException {
    if (length != ALL) {
      byte[] bytes = bytes(stream, length);
      return bytes == null ? null : new String(bytes, charset);
    }
    return stream == null ? null : text(new InputStreamReader(stream, charset), ALL);
  }

  static @Nullable String text(@Nullable Clob clob) throws SQLException {
    return clob == null ? null : text(clob.getCharacterStream(), ALL);
  }

  /** The bytes of a stream; null for none. */
  static byte @Nullable [] bytes(@Nullable InputStream stream, long length) throws SQLException {
    if (stream == null) {
      return null;
    }
    try {
      if (length == ALL) {
        return stream.readAllBytes();
      }
      byte[] bytes = stream.readNBytes(checked(length));
      requireLength(bytes.length, length);
      return bytes;
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  static byte @Nullable [] bytes(@Nullable Blob blob) throws SQLException {
    return blob == null ? null : bytes(blob.getBinaryStream(), ALL);
  }

  private static int checked(long length) throws SQLException {
    if (length < 0 || length > Integer.MAX_VALUE) {
      throw new MetaxyException(
              SqlState.INVALID_ARGUMENT, "A stream cannot have the length %d".formatted(length))
          .toSqlException();
    }
    return (int) length;
  }

  private static void requireLength(int read, long length) throws SQLException {
    if (read != length) {
      throw new MetaxyException(
              SqlState.DATA_EXCEPTION,
              "The stream ends after %d; it was said to have %d".formatted(read, length))
          .toSqlException();
    }
  }

  private static SQLException unreadable(IOException e) {
    return new MetaxyException(
            SqlState.DATA_EXCEPTION, "The stream cannot be read: " + e.getMessage(), e)
        .toSqlException();
  }
}
