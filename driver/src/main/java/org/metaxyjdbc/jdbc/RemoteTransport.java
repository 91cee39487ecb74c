package org.metaxyjdbc.jdbc;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.apache.calcite.avatica.remote.AvaticaHttpClient;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;
import org.metaxyjdbc.wire.WireMessages;

/**
 * Sends messages to a server, each once: Avatica's own clients send one again where no answer
 * comes, and a change would then be made twice.
 */
final class RemoteTransport implements AvaticaHttpClient {
  private static final String CONTENT = "application/octet-stream";

  private final RemoteAddress address;
  private final String headers;
  private final Deque<RemoteSocket> idle = new ConcurrentLinkedDeque<>();
  private volatile int timeout;
  private volatile boolean isKnown;

  RemoteTransport(RemoteAddress address) {
    this.address = address;
    String login = address.login();
    this.headers =
        "Content-Type: " + CONTENT + "\r\n" + (login == null ? "" : authorization(login));
  }

  private static String authorization(String login) {
    return "Authorization: Basic "
        + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8))
        + "\r\n";
  }

  /** The milliseconds to wait for an answer; 0 for ever. */
  void setTimeout(int milliseconds) {
    timeout = milliseconds;
  }

  int timeout() {
    return timeout;
  }

  @Override
  public byte[] send(byte[] request) {
    return WireMessages.received(exchange(WireMessages.sent(request)));
  }

  private byte[] exchange(byte[] message) {
    try {
      RemoteSocket socket = take();
      boolean answered = false;
      try {
        RemoteSocket.Answer answer = socket.post(address.uri(), headers, message, timeout);
        answered = true;
        return body(answer);
      } finally {
        if (answered) {
          idle.push(socket);
        } else {
          socket.close();
        }
      }
    } catch (IOException e) {
      throw lost(e);
    }
  }

  /** One that no other thread uses: a statement is cancelled while it runs. */
  private RemoteSocket take() throws IOException {
    for (RemoteSocket socket = idle.poll(); socket != null; socket = idle.poll()) {
      if (socket.isUsable()) {
        return socket;
      }
      socket.close();
    }
    return RemoteSocket.open(address.uri());
  }

  void close() {
    for (RemoteSocket socket = idle.poll(); socket != null; socket = idle.poll()) {
      try {
        socket.close();
      } catch (IOException e) {
        // It is gone.
      }
    }
  }

  private MetaxyException lost(Throwable cause) {
    return isKnown
        ? new MetaxyException(
            SqlState.CONNECTION_LOST,
            "The server at %s does not answer (%s); whether the statement was run is not known. Connect again"
                .formatted(address.place(), cause),
            cause)
        : new MetaxyException(
            SqlState.CONNECTION_FAILURE,
            "There is no server at %s (%s); check host and port, or start one with 'metaxy-jdbc server'"
                .formatted(address.place(), cause),
            cause);
  }

  private byte[] body(RemoteSocket.Answer answer) {
    if (answer.status() == HttpURLConnection.HTTP_UNAUTHORIZED) {
      throw new MetaxyException(
          SqlState.INVALID_LOGIN,
          address.login() == null
              ? "The server at %s wants a user and a password; give the properties user and password"
                  .formatted(address.place())
              : "The server at %s does not take this user and password".formatted(address.place()));
    }
    if ((answer.status() != HttpURLConnection.HTTP_OK
            && answer.status() != HttpURLConnection.HTTP_INTERNAL_ERROR)
        || !answer.contentType().startsWith(CONTENT)) {
      throw new MetaxyException(
          SqlState.CONNECTION_FAILURE,
          "What listens at %s is no metaxy-jdbc server (HTTP status %d); check host and port"
              .formatted(address.place(), answer.status()));
    }
    isKnown = true;
    return answer.body();
  }
}
