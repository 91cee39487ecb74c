package org.metaxyjdbc.metadata;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A name pattern of JDBC's metadata: {@code %} is any text, {@code _} any character, {@code \}
 * takes the meaning of the next one away. Matches whatever the case, as names in SQL do here.
 */
final class NamePattern {
  private static final NamePattern ANY = new NamePattern(null, null);

  private final @Nullable String name;
  private final @Nullable Pattern pattern;

  private NamePattern(@Nullable String name, @Nullable Pattern pattern) {
    this.name = name;
    this.pattern = pattern;
  }

  /** The pattern; null matches every name, and empty text none. */
  static NamePattern of(@Nullable String text) {
    if (text == null || text.equals("%")) {
      return ANY;
    }
    StringBuilder name = new StringBuilder();
    StringBuilder regex = new StringBuilder();
    boolean wild = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%' || c == '_') {
        wild = true;
        regex.append(c == '%' ? ".*" : ".");
        continue;
      }
      if (c == '\\' && i + 1 < text.length()) {
        c = text.charAt(++i);
      }
      name.append(c);
      regex.append(Pattern.quote(String.valueOf(c)));
    }
    return wild
        ? new NamePattern(
            null,
            Pattern.compile(
                regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL))
        : new NamePattern(name.toString(), null);
  }

  /** A name that is no pattern; null for any. */
  static NamePattern exactly(@Nullable String name) {
    return name == null ? ANY : new NamePattern(name, null);
  }

  /** The only name that matches, whatever its case; empty for a pattern. */
  Optional<String> name() {
    return Optional.ofNullable(name);
  }

  boolean matches(String candidate) {
    if (pattern != null) {
      return pattern.matcher(candidate).matches();
    }
    return name == null || name.equalsIgnoreCase(candidate);
  }
}
