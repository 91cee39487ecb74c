package org.metaxyjdbc.jdbc;

import java.sql.Connection;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
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
 * store of a Metaxy project's own configuration.
 */
public final class MetaxyDriver extends UnregisteredDriver {
  static {
    new MetaxyDriver().register();
  }

  @Override
  protected AvaticaFactory createFactory() {
    return new MetaxyFactory();
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
    WarmUp.start();
    return connect(url, info, StoreDrivers::connect);
  }

  /** Opens the connection to the store's own URL, with what its driver is given besides. */
  @FunctionalInterface
  interface Opening {
    Connection open(String url, Properties ofStore) throws SQLException;
  }

  /** Connects through a connection of the store's own. */
  MetaxyConnection connect(String url, @Nullable Properties info, Opening opening)
      throws SQLException {
    try {
      StoreAddress address =
          StoreAddress.of(MetaxyUrl.parse(url, info == null ? new Properties() : info));
      SessionSettings settings = new SessionSettings(address.own());
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
                ConnectionSource.ofNew(
                    () -> StoreDrivers.connect(address.url(), address.ofStore())));
        MetaxyConnection result =
            new MetaxyConnection(this, factory, MetaxyUrl.withoutSecrets(url), store, session);
        opened = true;
        return result;
      } finally {
        if (!opened) {
          connection.close();
        }
      }
    } catch (MetaxyException e) {
      throw e.toSqlException();
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
