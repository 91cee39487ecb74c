package org.metaxyjdbc.onejar;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.duckdb.DuckDBDriver;
import org.metaxyjdbc.jdbc.MetaxyDriver;

/** Where the jars of these tests are. */
final class OneJar {
  /** The jar that is tested. */
  static final Path PATH = of(MetaxyDriver.class);

  /** DuckDB's driver, which is put beside it. */
  static final Path DUCKDB = of(DuckDBDriver.class);

  /** The tests' own classes. */
  static final Path TESTS = of(OneJar.class);

  private OneJar() {}

  private static Path of(Class<?> type) {
    try {
      URI location = type.getProtectionDomain().getCodeSource().getLocation().toURI();
      return Path.of(location);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
