package org.metaxyjdbc.jdbc;

import static java.util.Objects.requireNonNull;

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
   * The stores that a URL means: the one that it names, or those of the project that it names.
   *
   * @param project its configuration as it was when the connection was opened; null for none
   * @param named the store of the project that the URL names; null for the project's default one
   */
  record All(MetaxyUrl url, @Nullable ProjectConfiguration project, @Nullable String named) {
    /**
     * The one to begin with.
     *
     * @throws MetaxyException as {@link #get}
     */
    StoreAddress first() {
      return project == null
          ? new StoreAddress(StoreSettings.UNNAMED, "jdbc:" + url.rest(), url.own(), url.ofStore())
          : get(named);
    }

    /**
     * A store of the project.
     *
     * @param store its name; null for the default one
     * @throws MetaxyException 0A000 where the store is of a kind that cannot be opened, 3D000 where
     *     the project has no such store
     */
    StoreAddress get(@Nullable String store) {
      return of(requireNonNull(project).store(store), url);
    }

    /** The names of all stores of the project; none where the URL names none. */
    List<String> names() {
      return project == null ? List.of() : List.copyOf(project.storeNames());
    }
  }

  /**
   * Reads the project's configuration where the URL names one.
   *
   * @throws MetaxyException 22023 where it is of another form, 08001 where the configuration cannot
   *     be read
   */
  static All of(MetaxyUrl url) {
    if (!url.rest().startsWith("config=")) {
      return new All(url, null, null);
    }
    Matcher matcher = CONFIGURATION.matcher(url.rest());
    if (!matcher.matches()) {
      throw new MetaxyException(
          SqlState.INVALID_PARAMETER_VALUE,
          "The URL of a project is jdbc:metaxy:config=<path of its metaxy.toml>[;store=<name>][;metaxy.<property>=<value>]");
    }
    return new All(
        url,
        ProjectConfiguration.read(Path.of(matcher.group("path")), System.getenv()),
        matcher.group("store"));
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
