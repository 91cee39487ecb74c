package org.metaxyjdbc.jdbc;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Properties;
import java.util.logging.Logger;

/**
 * Opens {@code jdbc:h2:} with the H2 within the jar, so that a test and the driver see the same
 * databases in memory.
 */
public final class SameH2Driver implements Driver {
  static {
    try {
      DriverManager.registerDriver(new SameH2Driver());
    } catch (SQLException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Driver h2 = Objects.requireNonNull(BundledDriver.find("h2"), "H2 in the jar");

  @Override
  public Connection connect(String url, Properties info) throws SQLException {
    return h2.connect(url, info);
  }

  @Override
  public boolean acceptsURL(String url) throws SQLException {
    return h2.acceptsURL(url);
  }

  @Override
  public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) throws SQLException {
    return h2.getPropertyInfo(url, info);
  }

  @Override
  public int getMajorVersion() {
    return h2.getMajorVersion();
  }

  @Override
  public int getMinorVersion() {
    return h2.getMinorVersion();
  }

  @Override
  public boolean jdbcCompliant() {
    return h2.jdbcCompliant();
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getLogger("org.h2");
  }
}
