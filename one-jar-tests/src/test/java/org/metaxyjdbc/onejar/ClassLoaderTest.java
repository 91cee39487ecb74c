package org.metaxyjdbc.onejar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Driver;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.metaxyjdbc.testing.TestStore;

/** The jar works whatever else an application has, and wherever it is loaded. */
class ClassLoaderTest {
  private static final ClassLoader PLATFORM = ClassLoader.getPlatformClassLoader();
  private final ClassLoader contextLoader = Thread.currentThread().getContextClassLoader();

  /** {@link DriverManager} looks for drivers once, with the context class loader of then. */
  @BeforeAll
  static void findDriversOfTheTests() {
    assertThat(DriverManager.drivers()).isNotEmpty();
  }

  @AfterEach
  void restoreContextLoader() {
    Thread.currentThread().setContextClassLoader(contextLoader);
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void anApplicationMayHaveOldLibrariesOfItsOwn(TestStore.Kind kind) throws Exception {
    try (URLClassLoader loader = application(oldLibraries(), jars())) {
      Thread.currentThread().setContextClassLoader(loader);
      assertThat(probe(loader, kind)).isEqualTo(Probe.EXPECTED);
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void aChildFirstLoaderBelowOldLibrariesWorks(TestStore.Kind kind) throws Exception {
    try (URLClassLoader parent = application(oldLibraries());
        URLClassLoader loader = new ChildFirstClassLoader(jars(), parent)) {
      assertThat(probe(loader, kind)).isEqualTo(Probe.EXPECTED);
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void noContextClassLoaderIsNeeded(TestStore.Kind kind) throws Exception {
    try (URLClassLoader loader = application(jars())) {
      Thread.currentThread().setContextClassLoader(null);
      assertThat(probe(loader, kind)).isEqualTo(Probe.EXPECTED);
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void aContextClassLoaderThatSeesNothingIsNoObstacle(TestStore.Kind kind) throws Exception {
    try (URLClassLoader loader = application(jars())) {
      Thread.currentThread().setContextClassLoader(PLATFORM);
      assertThat(probe(loader, kind)).isEqualTo(Probe.EXPECTED);
    }
  }

  @Test
  void theApplicationKeepsItsOwnH2() throws Exception {
    try (URLClassLoader loader = application(jars(), oldLibraries())) {
      assertThat(probe(loader, TestStore.Kind.H2)).isEqualTo(Probe.EXPECTED);
      Driver h2 = driver(loader, "org.h2.Driver");
      assertThat(h2.getMajorVersion() + "." + h2.getMinorVersion()).isEqualTo("1.4");
    }
  }

  @Test
  void theApplicationGetsNoDriverThatItDidNotAskFor() throws Exception {
    try (URLClassLoader loader = application(jars())) {
      assertThat(probe(loader, TestStore.Kind.H2)).isEqualTo(Probe.EXPECTED);
      assertThat(services(loader).map(service -> service.type().getName()))
          .containsExactlyInAnyOrder("org.metaxyjdbc.jdbc.MetaxyDriver", "org.duckdb.DuckDBDriver");
    }
    assertThat(DriverManager.drivers().map(driver -> driver.getClass().getName()))
        .noneMatch(name -> name.startsWith("org.metaxyjdbc.shaded"));
  }

  private static URLClassLoader application(List<?>... jars) {
    List<Path> all = new ArrayList<>();
    for (List<?> some : jars) {
      some.forEach(jar -> all.add((Path) jar));
    }
    return new URLClassLoader(ChildFirstClassLoader.urls(all), PLATFORM);
  }

  private static List<Path> jars() {
    return List.of(OneJar.PATH, OneJar.DUCKDB);
  }

  private static List<Path> oldLibraries() throws IOException {
    try (Stream<Path> jars = Files.list(Path.of("target/old-libraries"))) {
      List<Path> result = jars.toList();
      assertThat(result).isNotEmpty();
      return result;
    }
  }

  private static String probe(ClassLoader loader, TestStore.Kind kind) throws Exception {
    return Probe.run(driver(loader, "org.metaxyjdbc.jdbc.MetaxyDriver"), kind.create().url());
  }

  private static Driver driver(ClassLoader loader, String name) {
    return services(loader)
        .filter(service -> service.type().getName().equals(name))
        .findFirst()
        .orElseThrow()
        .get();
  }

  /** The drivers that the loader itself finds. */
  private static Stream<ServiceLoader.Provider<Driver>> services(ClassLoader loader) {
    return ServiceLoader.load(Driver.class, loader).stream()
        .filter(service -> service.type().getClassLoader() == loader);
  }
}
