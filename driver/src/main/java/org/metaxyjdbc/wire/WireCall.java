package org.metaxyjdbc.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;

/**
 * The call of a method of JDBC on the server, as for metadata or a savepoint. Its text is sent in
 * place of SQL: <code>{call connection.setReadOnly [true]}</code>.
 *
 * @param target what has the method
 * @param method its name
 * @param arguments text, numbers, booleans, lists of these, and null
 */
public record WireCall(Target target, String method, List<@Nullable Object> arguments) {
  /** What is called. */
  public enum Target {
    CONNECTION,
    METADATA,
    /** A statement, whose id is the first argument. */
    STATEMENT
  }

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern TEXT =
      Pattern.compile("\\{call (connection|metadata|statement)\\.(\\w+) (\\[.*])}", Pattern.DOTALL);

  /** A call with these arguments. */
  public static WireCall of(Target target, String method, @Nullable Object... arguments) {
    return new WireCall(target, method, Arrays.asList(arguments));
  }

  /** The call that a text is; empty for SQL. */
  public static Optional<WireCall> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Target target = Target.valueOf(matcher.group(1).toUpperCase(Locale.ROOT));
    try {
      return Optional.of(
          new WireCall(
              target,
              matcher.group(2),
              Arrays.asList(JSON.readValue(matcher.group(3), Object[].class))));
    } catch (JsonProcessingException e) {
      throw new MetaxyException(SqlState.SYNTAX_ERROR, "This is no call: " + text, e);
    }
  }

  /** The text of the call. */
  public String text() {
    try {
      return "{call %s.%s %s}"
          .formatted(
              target.name().toLowerCase(Locale.ROOT), method, JSON.writeValueAsString(arguments));
    } catch (JsonProcessingException e) {
      throw new MetaxyException(SqlState.INVALID_ARGUMENT, "An argument cannot be sent", e);
    }
  }
}
