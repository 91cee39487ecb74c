package org.metaxyjdbc.jdbc;

import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;
import org.metaxyjdbc.project.ConfiguredStore;
import org.metaxyjdbc.project.ProjectConfiguration;
import org.metaxyjdbc.session.SessionSetting;
import org.metaxyjdbc.store.StoreSettings;

/**
 * The store that a URL means.
 *
 * @param name its catalog
 * @param url the store's own JDBC URL
 * @param own our properties, by name without {@code metaxy.}
 * @param ofStore what goes to the store's driver
 */
record StoreAddress(String name, String url, Properties own, Properties ofStore) {
  private static final Pattern CONFIGURATION =
      Pattern.compile("config=(?<path>[^;]+)(?:;store=(?<store>[^;]+))?;?");

  /**
   * Reads the project's configuration where the URL names one.
   *
   * @throws MetaxyException 22023 where it is of another form, 0A000 where the store is of a kind
   *     that cannot be opened, 3D000 where the project has no such store, 08001 where the
   *     configuration cannot be read
   */
  static StoreAddress of(MetaxyUrl url) {
    return isOfProject(url)
        ? of(url, matcher(url).group("store"))
        : new StoreAddress(StoreSettings.UNNAMED, "jdbc:" + url.rest(), url.own(), url.ofStore());
  }

  /**
   * Another store of the project that the URL names.
   *
   * @param store its name; null for the project's default store
   */
  static StoreAddress of(MetaxyUrl url, @Nullable String store) {
    return of(project(url).store(store), url);
  }

  /** The names of all stores of the project that the URL names; none where it names no project. */
  static List<String> names(MetaxyUrl url) {
    return isOfProject(url) ? List.copyOf(project(url).storeNames()) : List.of();
  }

  private static boolean isOfProject(MetaxyUrl url) {
    return url.rest().startsWith("config=");
  }

  private static ProjectConfiguration project(MetaxyUrl url) {
    return ProjectConfiguration.read(Path.of(matcher(url).group("path")), System.getenv());
  }

  private static Matcher matcher(MetaxyUrl url) {
    Matcher matcher = CONFIGURATION.matcher(url.rest());
    if (!matcher.matches()) {
      throw new MetaxyException(
          SqlState.INVALID_PARAMETER_VALUE,
          "The URL of a project is jdbc:metaxy:config=<path of its metaxy.toml>[;store=<name>][;metaxy.<property>=<value>]");
    }
    return matcher;
  }

  /** What the URL says goes before what the project says. */
  private static StoreAddress of(ConfiguredStore store, MetaxyUrl url) {
    Properties own = new Properties();
    own.setProperty(MetaxyConnectionProperty.TABLE_PREFIX.propertyName(), store.tablePrefix());
    own.putAll(url.own());
    Properties ofStore = new Properties();
    ofStore.putAll(store.properties());
    ofStore.putAll(url.ofStore());
    requireHash(store, own);
    return new StoreAddress(store.name(), store.url(), own, ofStore);
  }

  private static void requireHash(ConfiguredStore store, Properties own) {
    String readOnly = SessionSetting.READ_ONLY.settingName();
    if (!store.hash().equals(ConfiguredStore.Hash.DEFAULT)
        && !Boolean.parseBoolean(own.getProperty(readOnly))) {
      throw MetaxyException.unsupported(
          "The store '%s' hashes with %s, %d characters long; this driver writes %s of %d: open it with metaxy.%s=true"
              .formatted(
                  store.name(),
                  store.hash().algorithm(),
                  store.hash().length(),
                  ConfiguredStore.Hash.DEFAULT.algorithm(),
                  ConfiguredStore.Hash.DEFAULT.length(),
                  readOnly));
    }
  }

  StoreSettings settings() {
    return new StoreSettings(
        name,
        own.getProperty(MetaxyConnectionProperty.SCHEMA.propertyName()),
        own.getProperty(MetaxyConnectionProperty.TABLE_PREFIX.propertyName(), ""),
        StoreSettings.parseIdColumns(
            own.getProperty(MetaxyConnectionProperty.ID_COLUMNS.propertyName())));
  }
}
