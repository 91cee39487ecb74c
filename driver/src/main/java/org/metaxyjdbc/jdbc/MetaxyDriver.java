package org.metaxyjdbc.jdbc;

import java.sql.Connection;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import org.apache.calcite.avatica.AvaticaConnection;
import org.apache.calcite.avatica.AvaticaFactory;
import org.apache.calcite.avatica.DriverVersion;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.UnregisteredDriver;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.plan.OpenStore;
import org.metaxyjdbc.session.Session;
import org.metaxyjdbc.session.SessionSettings;
import org.metaxyjdbc.store.ConnectionSource;

/**
 * The driver of {@code jdbc:metaxy:} URLs.
 *
 * <p>{@code jdbc:metaxy:} alone opens a private in-memory H2 store; {@code jdbc:metaxy:<rest>}
 * opens the store at {@code jdbc:<rest>}, and {@code jdbc:metaxy:config=<path>;store=<name>} a
 * store of a Metaxy project's own configuration. {@code jdbc:metaxy://host:port/} connects to a
 * server that the command {@code server} started.
 */
public final class MetaxyDriver extends UnregisteredDriver {
  static {
    new MetaxyDriver().register();
  }

  @Override
  protected AvaticaFactory createFactory() {
    return new MetaxyFactory(
        connection -> new MetaxyDatabaseMetaData((MetaxyConnection) connection));
  }

  @Override
  protected DriverVersion createDriverVersion() {
    String version = MetaxyDriver.class.getPackage().getImplementationVersion();
    return new DriverVersion(
        "Metaxy JDBC Driver",
        version == null ? "0.1.0" : version,
        "Metaxy",
        "0.1",
        true,
        0,
        1,
        0,
        1);
  }

  @Override
  protected String getConnectStringPrefix() {
    return MetaxyUrl.PREFIX;
  }

  @Override
  public Meta createMeta(AvaticaConnection connection) {
    return new MetaxyMeta(connection);
  }

  @Override
  public @Nullable Connection connect(String url, @Nullable Properties info) throws SQLException {
    if (!acceptsURL(url)) {
      return null;
    }
    try {
      MetaxyUrl parsed = parsed(url, info);
      if (parsed.isOfServer()) {
        return RemoteConnection.open(this, MetaxyUrl.withoutSecrets(url), RemoteAddress.of(parsed));
      }
      WarmUp.start();
      StoreAddress.All stores = StoreAddress.of(parsed);
      return connect(url, stores, stores.names(), StoreDrivers::connect);
    } catch (MetaxyException e) {
      throw e.toSqlException();
    }
  }

  /** Opens the connection to the store's own URL, with what its driver is given besides. */
  @FunctionalInterface
  interface Opening {
    Connection open(String url, Properties ofStore) throws SQLException;
  }

  /**
   * Connects to the store of a URL that this driver accepts, through a connection of the store's
   * own. It is the only catalog.
   */
  MetaxyConnection connect(String url, @Nullable Properties info, Opening opening)
      throws SQLException {
    try {
      MetaxyUrl parsed = parsed(url, info);
      if (parsed.isOfServer()) {
        throw MetaxyException.unsupported(
            "A connection through a server takes part in no global transaction; give the URL of the store");
      }
      return connect(url, StoreAddress.of(parsed), List.of(), opening);
    } catch (MetaxyException e) {
      throw e.toSqlException();
    }
  }

  private static MetaxyUrl parsed(String url, @Nullable Properties info) {
    return MetaxyUrl.parse(url, info == null ? new Properties() : info);
  }

  private MetaxyConnection connect(
      String url, StoreAddress.All stores, List<String> catalogs, Opening opening)
      throws SQLException {
    StoreAddress address = stores.first();
    SessionSettings settings = new SessionSettings(address.own());
    OpenCatalog catalog = open(address, settings, opening);
    boolean opened = false;
    try {
      MetaxyConnection result =
          new MetaxyConnection(
              this,
              factory,
              MetaxyUrl.withoutSecrets(url),
              new Catalogs(catalog, catalogs, name -> open(stores.get(name), settings, opening)));
      opened = true;
      return result;
    } finally {
      if (!opened) {
        catalog.close();
      }
    }
  }

  private static OpenCatalog open(StoreAddress address, SessionSettings settings, Opening opening)
      throws SQLException {
    Connection connection = opening.open(address.url(), address.ofStore());
    boolean opened = false;
    try {
      OpenStore store =
          OpenStore.of(connection, address.url(), address.ofStore(), address.settings());
      store.store().dialect().initialize(connection);
      Session session =
          new Session(
              connection,
              store.store(),
              settings,
              ConnectionSource.ofNew(() -> StoreDrivers.connect(address.url(), address.ofStore())));
      opened = true;
      return new OpenCatalog(store, session);
    } finally {
      if (!opened) {
        connection.close();
      }
    }
  }

  /**
   * This driver's own properties, with the values that they have in the URL and in {@code info}.
   */
  @Override
  public DriverPropertyInfo[] getPropertyInfo(String url, @Nullable Properties info)
      throws SQLException {
    Properties own;
    try {
      own =
          acceptsURL(url)
              ? MetaxyUrl.parse(url, info == null ? new Properties() : info).own()
              : new Properties();
    } catch (MetaxyException e) {
      throw e.toSqlException();
    }
    return MetaxyConnectionProperty.values().stream()
        .map(
            property -> {
              DriverPropertyInfo result =
                  new DriverPropertyInfo(
                      MetaxyUrl.PROPERTY + property.propertyName(),
                      own.getProperty(property.propertyName(), property.defaultValue()));
              result.description = property.description();
              if (!property.choices().isEmpty()) {
                result.choices = property.choices().toArray(new String[0]);
              }
              return result;
            })
        .toArray(DriverPropertyInfo[]::new);
  }
}
