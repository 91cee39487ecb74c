package org.metaxyjdbc.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;

/** An empty or prebuilt store of one of the three kinds, for one test. */
public final class TestStore {
  /** The kinds of stores that the tests run on. */
  public enum Kind {
    H2,
    DUCKDB,
    POSTGRESQL;

    /** A new store without any table. */
    public TestStore create() {
      int number = NUMBER.incrementAndGet();
      return switch (this) {
        case H2 -> new TestStore(this, "h2:mem:store" + number + ";DB_CLOSE_DELAY=-1");
        case DUCKDB -> new TestStore(this, "duckdb:" + newFolder().resolve("store.duckdb"));
        case POSTGRESQL -> {
          Postgres.execute("CREATE DATABASE store" + number);
          yield Postgres.store(number);
        }
      };
    }

    /** A new store without any table that need not be in a file. */
    public TestStore createInMemory() {
      return this == DUCKDB
          ? new TestStore(this, "duckdb::memory:store" + NUMBER.incrementAndGet())
          : create();
    }

    /** A copy of the store that real Metaxy wrote, from beside the project; not for H2. */
    public TestStore prebuilt() {
      TestStore store = create();
      try {
        if (this == DUCKDB) {
          Files.copy(PREBUILT.resolve("duckdb/basic.duckdb"), store.file());
        } else {
          String sql = Files.readString(PREBUILT.resolve("postgresql/basic.sql"));
          try (Connection connection = store.raw();
              Statement statement = connection.createStatement()) {
            statement.execute(sql);
          }
        }
      } catch (IOException | SQLException e) {
        throw new IllegalStateException(e);
      }
      return store;
    }

    /** What Metaxy's own reader returned from the prebuilt store. */
    public Path expected() {
      return PREBUILT.resolve((this == DUCKDB ? "duckdb" : "postgresql") + "/basic.expected.jsonl");
    }
  }

  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final Path PREBUILT = Path.of("../../shared/metaxy/stores");

  private final Kind kind;
  private final String rest;

  private TestStore(Kind kind, String rest) {
    this.kind = kind;
    this.rest = rest;
  }

  /** Whether the stores that real Metaxy wrote are there. */
  public static boolean hasPrebuilt() {
    return Files.exists(PREBUILT);
  }

  public Kind kind() {
    return kind;
  }

  /** A new store with the same content; not for H2. Nothing may be connected to this one. */
  public TestStore copy() {
    int number = NUMBER.incrementAndGet();
    if (kind == Kind.POSTGRESQL) {
      Postgres.execute("CREATE DATABASE store%d TEMPLATE %s".formatted(number, database()));
      return Postgres.store(number);
    }
    TestStore copy = kind.create();
    try {
      Files.copy(file(), copy.file());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return copy;
  }

  /** Removes a store that takes room on disk. Nothing may be connected to it. */
  public void drop() {
    if (kind == Kind.POSTGRESQL) {
      Postgres.execute("DROP DATABASE " + database());
    } else {
      try {
        Files.delete(file());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private Path file() {
    return Path.of(rest.substring("duckdb:".length()));
  }

  private String database() {
    return rest.substring(rest.lastIndexOf('/') + 1, rest.indexOf('?'));
  }

  /** The store's own URL. */
  public String rawUrl() {
    return "jdbc:" + rest;
  }

  /** The URL of the store through this project's driver. */
  public String url() {
    return "jdbc:metaxy:" + rest;
  }

  /** A connection of the store's own driver. */
  public Connection raw() throws SQLException {
    return DriverManager.getConnection(rawUrl());
  }

  /** A connection of this project's driver. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(url());
  }

  /** A connection of this project's driver; {@code properties} are names and values by turns. */
  public Connection connect(String... properties) throws SQLException {
    Properties info = new Properties();
    for (int i = 0; i < properties.length; i += 2) {
      info.setProperty(properties[i], properties[i + 1]);
    }
    return DriverManager.getConnection(url(), info);
  }

  /** Runs statements of the store's own SQL. */
  public void execute(String... statements) throws SQLException {
    try (Connection connection = raw();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static Path newFolder() {
    try {
      Path folder = Files.createTempDirectory("metaxy-jdbc-test");
      folder.toFile().deleteOnExit();
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One server for all tests of the JVM. */
  private static final class Postgres {
    private static final EmbeddedPostgres SERVER = start();

    private static TestStore store(int number) {
      return new TestStore(
          Kind.POSTGRESQL,
          "postgresql://localhost:%d/store%d?user=postgres".formatted(SERVER.getPort(), number));
    }

    private static void execute(String sql) {
      try (Connection admin = SERVER.getPostgresDatabase().getConnection();
          Statement statement = admin.createStatement()) {
        statement.execute(sql);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    private static EmbeddedPostgres start() {
      try {
        EmbeddedPostgres server =
            EmbeddedPostgres.builder().setServerConfig("max_prepared_transactions", "10").start();
        Runtime.getRuntime()
            .addShutdownHook(
                new Thread(
                    () -> {
                      try {
                        server.close();
                      } catch (IOException e) {
                        throw new UncheckedIOException(e);
                      }
                    }));
        return server;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
