package org.metaxyjdbc.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import sqlline.SqlLine;

/**
 * SQLLine on a store: a console with history, completion and its own {@code !commands}.
 *
 * <p>SQLLine opens connections by URL, and shows the URL and takes a password as it likes. So it is
 * given a URL that only says which store it is, and a driver of that one URL.
 */
final class SqlConsole {
  /** Opens the store. */
  @FunctionalInterface
  interface Store {
    Connection open() throws SQLException;
  }

  private static final String PREFIX = "store:";

  private SqlConsole() {}

  /**
   * Runs until the user quits.
   *
   * @param name what to call the store
   * @param in what to read instead of the terminal, or null
   * @param out where to write instead of the terminal, or null
   */
  static void run(String name, Store store, @Nullable InputStream in, @Nullable OutputStream out)
      throws IOException, SQLException {
    Driver driver = new StoreDriver(PREFIX + name, store);
    DriverManager.registerDriver(driver);
    try {
      SqlLine console = new SqlLine();
      if (out != null) {
        console.setOutputStream(out);
        console.setErrorStream(out);
      }
      List<String> arguments =
          List.of(
              "-u",
              PREFIX + name,
              "-n",
              "",
              "-p",
              "",
              "--isolation=TRANSACTION_READ_COMMITTED",
              "--fastConnect=true",
              "--showNestedErrs=false",
              "--prompt=metaxy> ");
      console.begin(arguments.toArray(new String[0]), in, in == null);
    } finally {
      DriverManager.deregisterDriver(driver);
    }
  }

  private record StoreDriver(String url, Store store) implements Driver {
    @Override
    public @Nullable Connection connect(String url, Properties info) throws SQLException {
      return acceptsURL(url) ? store.open() : null;
    }

    @Override
    public boolean acceptsURL(String url) {
      return this.url.equals(url);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
      return new DriverPropertyInfo[0];
    }

    @Override
    public int getMajorVersion() {
      return 0;
    }

    @Override
    public int getMinorVersion() {
      return 0;
    }

    @Override
    public boolean jdbcCompliant() {
      return false;
    }

    @Override
    public Logger getParentLogger() {
      return Logger.getLogger(SqlConsole.class.getPackageName());
    }
  }
}
