package org.metaxyjdbc.jdbc;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.Properties;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;

/**
 * Opens the store behind a URL: with the driver that this jar holds, with one that is registered,
 * or with one beside this jar.
 *
 * <p>The last is what {@link DriverManager} does not do in a tool that gives each driver a class
 * loader: it looks for services in the first caller's class path only.
 */
final class StoreDrivers {
  private static final Pattern SUBPROTOCOL = Pattern.compile("jdbc:([a-z0-9]+):.*", Pattern.DOTALL);

  private StoreDrivers() {}

  /**
   * Connects to the store.
   *
   * @throws SQLException what the store's driver throws
   * @throws MetaxyException 08001 where no driver takes the URL
   */
  static Connection connect(String url, Properties info) throws SQLException {
    Matcher matcher = SUBPROTOCOL.matcher(url);
    String subprotocol = matcher.matches() ? matcher.group(1) : "";
    Driver bundled = subprotocol.isEmpty() ? null : BundledDriver.find(subprotocol);
    Connection connection = bundled == null ? null : bundled.connect(url, info);
    if (connection == null) {
      connection = connect(registered(), url, info);
    }
    if (connection == null) {
      connection = connect(besideThisJar(), url, info);
    }
    if (connection == null) {
      throw new MetaxyException(
          SqlState.CONNECTION_FAILURE,
          "No JDBC driver for the store 'jdbc:%s:'; put its jar (of DuckDB: org.duckdb:duckdb_jdbc) beside that of metaxy-jdbc, or correct the URL"
              .formatted(subprotocol));
    }
    return connection;
  }

  private static @Nullable Connection connect(Stream<Driver> drivers, String url, Properties info)
      throws SQLException {
    for (Driver driver : (Iterable<Driver>) drivers::iterator) {
      if (driver.acceptsURL(url)) {
        Connection connection = driver.connect(url, info);
        if (connection != null) {
          return connection;
        }
      }
    }
    return null;
  }

  /** None where a driver that somebody registered finds classes of its own too old to be loaded. */
  private static Stream<Driver> registered() {
    try {
      return DriverManager.drivers();
    } catch (LinkageError e) {
      return Stream.empty();
    }
  }

  private static Stream<Driver> besideThisJar() {
    Iterator<Driver> services =
        ServiceLoader.load(Driver.class, StoreDrivers.class.getClassLoader()).iterator();
    Stream.Builder<Driver> result = Stream.builder();
    boolean more = true;
    while (more) {
      try {
        more = services.hasNext();
        if (more) {
          result.add(services.next());
        }
      } catch (ServiceConfigurationError e) {
        // The entry of another driver, which cannot be loaded: the iterator goes on behind it.
      }
    }
    return result.build();
  }
}
