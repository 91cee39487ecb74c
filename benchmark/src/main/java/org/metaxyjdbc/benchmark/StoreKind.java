package org.metaxyjdbc.benchmark;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** The stores that the benchmarks run on. */
public enum StoreKind {
  /** H2 in memory, all its versions written by this driver's INSERT and DELETE. */
  H2("H2", new HandWrittenSql.OfH2(), true, 400),
  /** H2 in memory, with tables that this driver has neither made nor filled. */
  H2_FOREIGN("H2, foreign", new HandWrittenSql.OfH2(), false, 400),
  /** DuckDB in a file, with foreign tables. */
  DUCKDB("DuckDB", new HandWrittenSql.OfDuckDb(), false, 10),
  /** A PostgreSQL server of its own, with foreign tables. */
  POSTGRESQL("PostgreSQL", new HandWrittenSql.OfPostgresql(), false, 200);

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final String title;
  private final HandWrittenSql sql;
  private final boolean writtenByDriver;
  private final int writesPerIteration;

  StoreKind(String title, HandWrittenSql sql, boolean writtenByDriver, int writesPerIteration) {
    this.title = title;
    this.sql = sql;
    this.writtenByDriver = writtenByDriver;
    this.writesPerIteration = writesPerIteration;
  }

  /** The name in the table. */
  public String title() {
    return title;
  }

  /** How many small writes make an iteration of a fraction of a second. */
  public int writesPerIteration() {
    return writesPerIteration;
  }

  HandWrittenSql sql() {
    return sql;
  }

  boolean writtenByDriver() {
    return writtenByDriver;
  }

  /** Where a new, empty database is, and how it is removed. */
  Database create() {
    int number = NUMBER.incrementAndGet();
    return switch (this) {
      case H2, H2_FOREIGN ->
          new Database(
              // H2 would answer the same query from memory as long as nothing changes.
              "h2:mem:benchmark%d;DB_CLOSE_DELAY=-1;OPTIMIZE_REUSE_RESULTS=0".formatted(number),
              "SHUTDOWN");
      case DUCKDB -> new Database("duckdb:" + newFile(), null);
      case POSTGRESQL -> {
        String name = "benchmark" + number;
        try (Connection admin = Server.INSTANCE.getPostgresDatabase().getConnection();
            Statement statement = admin.createStatement()) {
          statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
          throw new IllegalStateException(e);
        }
        yield new Database(
            "postgresql://localhost:%d/%s?user=postgres".formatted(Server.INSTANCE.getPort(), name),
            null);
      }
    };
  }

  private static Path newFile() {
    try {
      Path folder = Files.createTempDirectory("metaxy-jdbc-benchmark");
      Path file = folder.resolve("store.duckdb");
      folder.toFile().deleteOnExit();
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One server a JVM, which ends with it. */
  private static final class Server {
    private static final EmbeddedPostgres INSTANCE = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
