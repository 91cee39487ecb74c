package org.metaxyjdbc.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.calcite.avatica.AvaticaClientRuntimeException;
import org.apache.calcite.avatica.remote.ProtobufTranslationImpl;
import org.apache.calcite.avatica.remote.RemoteProtobufService;
import org.apache.calcite.avatica.remote.Service;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;
import org.metaxyjdbc.wire.WireCall;

/** A connection of a server, as its client speaks to it. */
final class RemoteSession {
  private static final String PREFIX_OF_AVATICA = "Remote driver error: ";

  /** A message and its answer. */
  @FunctionalInterface
  interface Message<T> {
    T send(Service service);
  }

  private final String id = UUID.randomUUID().toString();
  private final RemoteTransport transport;
  private final Service service;
  private volatile boolean isClosing;

  private RemoteSession(RemoteTransport transport) {
    this.transport = transport;
    this.service = new RemoteProtobufService(transport, new ProtobufTranslationImpl());
  }

  static RemoteSession open(RemoteAddress address) throws SQLException {
    RemoteSession session = new RemoteSession(new RemoteTransport(address));
    Map<String, String> settings = new HashMap<>();
    for (String name : address.settings().stringPropertyNames()) {
      settings.put(name, address.settings().getProperty(name));
    }
    session.send(service -> service.apply(new Service.OpenConnectionRequest(session.id, settings)));
    return session;
  }

  /** The name of this connection, which messages bear. */
  String id() {
    return id;
  }

  RemoteTransport transport() {
    return transport;
  }

  <T> T send(Message<T> message) throws SQLException {
    try {
      return message.send(service);
    } catch (AvaticaClientRuntimeException e) {
      throw failure(e);
    } catch (MetaxyException e) {
      throw e.toSqlException();
    }
  }

  /** What failed on the server, as it would have here. */
  private static SQLException failure(AvaticaClientRuntimeException e) {
    String message = String.valueOf(e.getMessage());
    if (message.startsWith(PREFIX_OF_AVATICA)) {
      message = message.substring(PREFIX_OF_AVATICA.length());
    }
    return SqlState.FEATURE_NOT_SUPPORTED.code().equals(e.getSqlState())
        ? MetaxyException.unsupported(message).toSqlException()
        : new SQLException(message, e.getSqlState(), e.getErrorCode());
  }

  private Service.ResultSetResponse response(
      WireCall.Target target, String method, @Nullable Object... arguments) throws SQLException {
    String text = WireCall.of(target, method, arguments).text();
    return send(service -> service.apply(new Service.PrepareAndExecuteRequest(id, 0, text, -1, -1)))
        .results
        .get(0);
  }

  /** Calls a method that gives one value, or none. */
  @Nullable Object call(WireCall.Target target, String method, @Nullable Object... arguments)
      throws SQLException {
    Object row = response(target, method, arguments).firstFrame.rows.iterator().next();
    return ((List<?>) row).get(0);
  }

  /** Calls a method that gives a result set. */
  ResultSet callRows(WireCall.Target target, String method, @Nullable Object... arguments)
      throws SQLException {
    return RemoteRows.of(null, this, response(target, method, arguments));
  }

  /** Says that what is closed now ends with the connection. */
  void closing() {
    isClosing = true;
  }

  boolean isClosing() {
    return isClosing;
  }

  void close() throws SQLException {
    try {
      send(service -> service.apply(new Service.CloseConnectionRequest(id)));
    } finally {
      transport.close();
    }
  }
}
