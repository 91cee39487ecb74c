package org.metaxyjdbc.jdbc;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.metaxyjdbc.error.MetaxyException;

/**
 * A URL {@code jdbc:metaxy:<rest>}, taken apart.
 *
 * @param rest the store's own URL without {@code jdbc:}, {@code config=} and what follows, or
 *     {@code //} and the address of a server; without our properties
 * @param own our properties, by name without {@code metaxy.}
 * @param ofStore what goes to the store's driver
 */
record MetaxyUrl(String rest, Properties own, Properties ofStore) {
  static final String PREFIX = "jdbc:metaxy:";

  static final String PROPERTY = "metaxy.";
  private static final Pattern IN_URL =
      Pattern.compile("([;?&])metaxy\\.([^=;&]*)=([^;&]*)", Pattern.CASE_INSENSITIVE);

  private static final Pattern SECRET =
      Pattern.compile(
          "[;?&][^=;&]*(password|passwd|pwd|secret|token)[^=;&]*=[^;&]*", Pattern.CASE_INSENSITIVE);

  private static final Set<String> LOGIN = Set.of("user", "password");

  /**
   * Parses a URL that begins with {@link #PREFIX}. Tools send an empty user and password where none
   * was given; DuckDB would take them for other settings than those of a connection without.
   *
   * @throws MetaxyException 22023 for a property of ours that does not exist
   */
  static MetaxyUrl parse(String url, Properties info) {
    Properties own = new Properties();
    Properties ofStore = new Properties();
    for (String name : info.stringPropertyNames()) {
      String value = info.getProperty(name);
      String lower = name.toLowerCase(Locale.ROOT);
      if (lower.startsWith(PROPERTY)) {
        own.setProperty(known(lower.substring(PROPERTY.length())), value);
      } else if (MetaxyConnectionProperty.find(lower).isPresent()) {
        own.setProperty(lower, value);
      } else if (!(LOGIN.contains(name) && value.isEmpty())) {
        ofStore.setProperty(name, value);
      }
    }
    String rest = url.substring(PREFIX.length());
    Matcher matcher = IN_URL.matcher(rest);
    StringBuilder kept = new StringBuilder();
    while (matcher.find()) {
      boolean query = !matcher.group(1).equals(";");
      String value = matcher.group(3);
      own.setProperty(
          known(matcher.group(2).toLowerCase(Locale.ROOT)),
          query ? URLDecoder.decode(value, StandardCharsets.UTF_8) : value);
      matcher.appendReplacement(kept, "");
    }
    matcher.appendTail(kept);
    String storeUrl = wellFormed(rest, kept.toString());
    if (storeUrl.isEmpty() || storeUrl.startsWith(";")) {
      storeUrl = "h2:mem:" + storeUrl;
    }
    return new MetaxyUrl(storeUrl, own, ofStore);
  }

  /** Whether it is the address of a server. */
  boolean isOfServer() {
    return rest.startsWith("//");
  }

  /** A URL as it may be shown: without the parameters that are secrets. */
  static String withoutSecrets(String url) {
    return wellFormed(url, SECRET.matcher(url).replaceAll(""));
  }

  /** Where the first parameter was taken out, the next one becomes the first. */
  private static String wellFormed(String before, String after) {
    return before.indexOf('?') >= 0 && after.indexOf('?') < 0
        ? after.replaceFirst("&", "?")
        : after;
  }

  private static String known(String name) {
    return MetaxyConnectionProperty.of(name).propertyName();
  }
}
