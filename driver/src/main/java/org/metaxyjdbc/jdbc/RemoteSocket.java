package org.metaxyjdbc.jdbc;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A connection of HTTP 1.1 to a server, for one message after the other. It needs no module but
 * java.base, no thread, and never sends a message again, which the JDK's own clients may, or take a
 * millisecond each time not to.
 */
final class RemoteSocket implements Closeable {
  /** An answer. */
  static final class Answer {
    private final int status;
    private final String contentType;
    private final byte[] body;

    private Answer(int status, String contentType, byte[] body) {
      this.status = status;
      this.contentType = contentType;
      this.body = body;
    }

    int status() {
      return status;
    }

    String contentType() {
      return contentType;
    }

    byte[] body() {
      return body;
    }
  }

  private static final int CONNECT_MILLISECONDS = 10_000;
  private static final int LONGEST_LINE = 8192;

  private final SocketChannel channel;
  private final OutputStream out;
  private final InputStream in;
  private boolean isLast;

  private RemoteSocket(SocketChannel channel) throws IOException {
    this.channel = channel;
    this.out = channel.socket().getOutputStream();
    this.in = new BufferedInputStream(channel.socket().getInputStream());
  }

  static RemoteSocket open(URI uri) throws IOException {
    SocketChannel channel = SocketChannel.open();
    boolean opened = false;
    try {
      String host = uri.getHost().replaceAll("[\\[\\]]", "");
      channel.socket().connect(new InetSocketAddress(host, uri.getPort()), CONNECT_MILLISECONDS);
      channel.socket().setTcpNoDelay(true);
      opened = true;
      return new RemoteSocket(channel);
    } finally {
      if (!opened) {
        channel.close();
      }
    }
  }

  /** Whether another message can be sent: the server has not closed it, as it does when idle. */
  boolean isUsable() {
    if (isLast) {
      return false;
    }
    try {
      channel.configureBlocking(false);
      boolean isQuiet = channel.read(ByteBuffer.allocate(1)) == 0;
      channel.configureBlocking(true);
      return isQuiet;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Posts a message and waits for the answer.
   *
   * @param headers each with its line end
   * @param timeout the milliseconds to wait for each part of the answer; 0 for ever
   */
  Answer post(URI uri, String headers, byte[] message, int timeout) throws IOException {
    channel.socket().setSoTimeout(timeout);
    byte[] head =
        "POST / HTTP/1.1\r\nHost: %s:%d\r\nContent-Length: %d\r\n%s\r\n"
            .formatted(uri.getHost(), uri.getPort(), message.length, headers)
            .getBytes(StandardCharsets.US_ASCII);
    byte[] both = new byte[head.length + message.length];
    System.arraycopy(head, 0, both, 0, head.length);
    System.arraycopy(message, 0, both, head.length, message.length);
    out.write(both);
    return answer();
  }

  private Answer answer() throws IOException {
    String[] status = line().split(" ", 3);
    if (status.length < 2 || !status[0].startsWith("HTTP/1.") || !status[1].matches("\\d{3}")) {
      throw new IOException("no answer of HTTP");
    }
    Map<String, String> headers = new HashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
    }
    String length = headers.getOrDefault("content-length", "0");
    isLast =
        headers.containsKey("transfer-encoding")
            || "close".equalsIgnoreCase(headers.get("connection"));
    int size = length.matches("\\d{1,9}") ? Integer.parseInt(length) : 0;
    byte[] body = in.readNBytes(size);
    if (body.length < size) {
      throw new EOFException("the answer ends early");
    }
    return new Answer(Integer.parseInt(status[1]), headers.getOrDefault("content-type", ""), body);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int read = in.read(); read != '\n'; read = in.read()) {
      if (read < 0 || line.length() == LONGEST_LINE) {
        throw new EOFException("no answer");
      }
      line.append((char) read);
    }
    return line.toString().stripTrailing();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
