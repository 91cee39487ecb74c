package org.metaxyjdbc.cli;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** The passwords of one run, which nothing that is printed may hold. */
final class Secrets {
  private static final String HIDDEN = "***";

  /** {@code password=…} and its like, up to where a URL's next parameter begins. */
  private static final Pattern PARAMETER =
      Pattern.compile(
          "([\\w.]*(?:password|passwd|pwd|secret|token)[\\w.]*=)([^;&]*)",
          Pattern.CASE_INSENSITIVE);

  /** {@code //user:password@host}. */
  private static final Pattern AUTHORITY = Pattern.compile("(//[^/?#:@]*:)([^/@]*)(?=@)");

  private final Set<String> secrets = new LinkedHashSet<>();

  private Secrets(@Nullable String url, @Nullable String password) {
    if (password != null) {
      secrets.add(password);
    }
    if (url != null) {
      for (Pattern pattern : new Pattern[] {PARAMETER, AUTHORITY}) {
        Matcher matcher = pattern.matcher(url);
        while (matcher.find()) {
          add(matcher.group(2));
        }
      }
    }
    secrets.remove("");
  }

  private void add(String written) {
    secrets.add(written);
    try {
      secrets.add(URLDecoder.decode(written, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      // A percent sign that encodes nothing: the password is as it is written.
    }
  }

  /** The secrets of a store that was opened so. */
  static Secrets of(@Nullable String url, @Nullable String password) {
    return new Secrets(url, password);
  }

  /** The secrets among the arguments of a command, as far as they were understood. */
  static Secrets of(CommandSpec command) {
    Object options =
        command.mixins().get(ConnectionOptions.MIXIN) == null
            ? null
            : command.mixins().get(ConnectionOptions.MIXIN).userObject();
    return options instanceof ConnectionOptions connection
        ? connection.secrets()
        : new Secrets(null, null);
  }

  /** The text without them. */
  String hide(String text) {
    String hidden = text;
    for (String secret : secrets) {
      hidden =
          Pattern.compile("(?<![\\p{L}\\p{N}])" + Pattern.quote(secret) + "(?![\\p{L}\\p{N}])")
              .matcher(hidden)
              .replaceAll(HIDDEN);
    }
    return AUTHORITY.matcher(hidden).replaceAll("$1" + HIDDEN);
  }

  /** A URL without its passwords. */
  static String hideInUrl(String url) {
    String hidden = PARAMETER.matcher(url).replaceAll("$1" + HIDDEN);
    return AUTHORITY.matcher(hidden).replaceAll("$1" + HIDDEN);
  }
}
