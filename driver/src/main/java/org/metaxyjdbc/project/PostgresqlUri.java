package org.metaxyjdbc.project;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A connection URI as PostgreSQL's own clients take it, {@code
 * postgresql://user:password@host:port/database?sslmode=require}, as a URL and properties of
 * pgjdbc's.
 *
 * @see <a href="https://www.postgresql.org/docs/current/libpq-connect.html">libpq: connection
 *     URIs</a>
 */
record PostgresqlUri(String url, Map<String, String> properties) {
  private static final Pattern FORM =
      Pattern.compile(
          "postgres(?:ql)?(?:\\+\\w+)?://(?:(?<login>[^@/?]*)@)?(?<hosts>[^/?]*)(?:/(?<database>[^?]*))?(?:\\?(?<query>.*))?",
          Pattern.DOTALL);

  /** The parts of a URI; null for text of another form. */
  static @Nullable PostgresqlUri parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    Map<String, String> properties = new LinkedHashMap<>();
    String login = matcher.group("login");
    if (login != null) {
      int colon = login.indexOf(':');
      properties.put("user", decoded(colon < 0 ? login : login.substring(0, colon)));
      if (colon >= 0) {
        properties.put("password", decoded(login.substring(colon + 1)));
      }
    }
    String hosts = matcher.group("hosts");
    String database = matcher.group("database");
    String query = matcher.group("query");
    return new PostgresqlUri(
        "jdbc:postgresql://%s/%s%s"
            .formatted(
                hosts.isEmpty() ? "localhost" : hosts,
                database == null ? "" : database,
                query == null ? "" : "?" + query),
        properties);
  }

  /** A plus sign stands for itself, unlike in forms. */
  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
