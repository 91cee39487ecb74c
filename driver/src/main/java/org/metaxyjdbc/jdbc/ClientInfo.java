package org.metaxyjdbc.jdbc;

import java.sql.ClientInfoStatus;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.session.Session;
import org.metaxyjdbc.session.SessionSetting;

/**
 * The client info of a connection: the session's settings, and the properties that JDBC itself
 * names, which are for the store to keep.
 */
final class ClientInfo {
  private static final List<String> OF_STORE =
      List.of("ApplicationName", "ClientUser", "ClientHostname");

  private ClientInfo() {}

  /** The names of all properties that can be set. */
  static List<String> names() {
    List<String> names = new ArrayList<>(OF_STORE);
    for (SessionSetting setting : SessionSetting.values()) {
      if (!setting.isConnectionOnly()) {
        names.add(setting.settingName());
      }
    }
    return names;
  }

  /** Fails where a property is not known, before any is set. */
  static void requireKnown(Properties properties) throws SQLClientInfoException {
    Map<String, ClientInfoStatus> unknown = new HashMap<>();
    for (String name : properties.stringPropertyNames()) {
      if (names().stream().noneMatch(name::equalsIgnoreCase)) {
        unknown.put(name, ClientInfoStatus.REASON_UNKNOWN_PROPERTY);
      }
    }
    for (String name : unknown.keySet()) {
      try {
        SessionSetting.of(name);
      } catch (MetaxyException e) {
        throw failure(e.toSqlException(), unknown);
      }
    }
  }

  /** Sets a property; null gives it the value that it began with. */
  static void set(Session session, String name, @Nullable String value) throws SQLException {
    if (OF_STORE.stream().anyMatch(name::equalsIgnoreCase)) {
      ofStore(session, name, value);
      return;
    }
    Optional<SessionSetting> setting = SessionSetting.find(name);
    try {
      if (value == null && setting.isPresent()) {
        session.settings().reset(setting.get());
      } else {
        session.settings().set(SessionSetting.of(name), value);
      }
    } catch (MetaxyException e) {
      throw failure(e.toSqlException(), Map.of(name, status(name)));
    }
  }

  /** Why a property could not be set. */
  static ClientInfoStatus status(String name) {
    return SessionSetting.find(name).isPresent()
        ? ClientInfoStatus.REASON_VALUE_INVALID
        : ClientInfoStatus.REASON_UNKNOWN_PROPERTY;
  }

  /** A store that keeps no such thing need not. */
  private static void ofStore(Session session, String name, @Nullable String value) {
    try {
      session.connection().setClientInfo(name, value);
    } catch (SQLException e) {
      // What a program calls itself is for the store's operator; nothing here depends on it.
    }
  }

  /** The value of a property; null for none, and where the store keeps no such thing. */
  static @Nullable String get(Session session, String name) {
    Optional<SessionSetting> setting = SessionSetting.find(name);
    if (setting.isPresent()) {
      return session.settings().get(setting.get());
    }
    try {
      return OF_STORE.stream().anyMatch(name::equalsIgnoreCase)
          ? session.connection().getClientInfo(name)
          : null;
    } catch (SQLException e) {
      return null;
    }
  }

  static SQLClientInfoException failure(SQLException e, Map<String, ClientInfoStatus> failed) {
    return new SQLClientInfoException(e.getMessage(), e.getSQLState(), failed, e);
  }
}
