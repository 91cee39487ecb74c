package org.metaxyjdbc.jdbc;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;

/**
 * A server, and who connects with which settings.
 *
 * @param uri where it listens
 * @param login user and password with a colon between them; null for none
 * @param settings those of the session, by name
 */
record RemoteAddress(URI uri, @Nullable String login, Properties settings) {
  static final int DEFAULT_PORT = 8765;

  private static final Set<String> PARAMETERS = Set.of("user", "password");

  /**
   * The server of a URL {@code jdbc:metaxy://host:port/}.
   *
   * @throws MetaxyException 08001 where it cannot be the address of a server
   */
  static RemoteAddress of(MetaxyUrl url) {
    int end = url.rest().indexOf('?');
    String place = end < 0 ? url.rest() : url.rest().substring(0, end);
    Properties login = new Properties();
    if (end >= 0) {
      for (String parameter : url.rest().substring(end + 1).split("&", -1)) {
        int equals = parameter.indexOf('=');
        set(
            login,
            equals < 0 ? parameter : parameter.substring(0, equals),
            URLDecoder.decode(parameter.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    for (String name : url.ofStore().stringPropertyNames()) {
      set(login, name, url.ofStore().getProperty(name));
    }
    String user = login.getProperty("user");
    return new RemoteAddress(
        uri(place),
        user == null ? null : user + ":" + login.getProperty("password", ""),
        url.own());
  }

  private static void set(Properties login, String name, String value) {
    if (!PARAMETERS.contains(name)) {
      throw new MetaxyException(
          SqlState.INVALID_PARAMETER_VALUE,
          "A server takes no property '%s'; it takes user, password and the session's settings, as metaxy.read_only"
              .formatted(name));
    }
    login.setProperty(name, value);
  }

  private static URI uri(String place) {
    try {
      URI uri = new URI("http:" + place);
      boolean isPlace =
          uri.getHost() != null && (uri.getPath().isEmpty() || uri.getPath().equals("/"));
      if (isPlace && uri.getUserInfo() == null) {
        int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
        return new URI("http", null, uri.getHost(), port, "/", null, null);
      }
    } catch (URISyntaxException e) {
      // As below.
    }
    throw new MetaxyException(
        SqlState.CONNECTION_FAILURE,
        "'%s' is no address of a server; use jdbc:metaxy://host:port/".formatted(place));
  }

  /** The host and the port. */
  String place() {
    return uri.getHost() + ":" + uri.getPort();
  }
}
