package org.metaxyjdbc.onejar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.metaxyjdbc.testing.TestStore;

/** The jar in a JVM of its own. */
class ChildProcessTest {
  private static final String BOTH = OneJar.PATH + File.pathSeparator + OneJar.DUCKDB;

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void worksOnTheClassPath(TestStore.Kind kind) throws Exception {
    String classPath = BOTH + File.pathSeparator + OneJar.TESTS;
    assertThat(java("-cp", classPath, Probe.class.getName(), kind.create().url()))
        .isEqualTo(Probe.EXPECTED);
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void worksOnTheModulePath(TestStore.Kind kind) throws Exception {
    assertThat(
            java(
                "--module-path",
                BOTH,
                "--add-modules",
                "org.metaxyjdbc",
                "-cp",
                OneJar.TESTS.toString(),
                Probe.class.getName(),
                kind.create().url()))
        .isEqualTo(Probe.EXPECTED);
  }

  @Test
  void isAModuleWithAName() throws Exception {
    assertThat(run("jar", "--describe-module", "--file", OneJar.PATH.toString()))
        .contains("org.metaxyjdbc@")
        .contains("provides java.sql.Driver with org.metaxyjdbc.jdbc.MetaxyDriver");
  }

  @Test
  void isTheCommandLine() throws Exception {
    assertThat(
            java(
                "-jar",
                OneJar.PATH.toString(),
                "shell",
                "--url",
                "jdbc:metaxy:",
                "-e",
                "SELECT 1 AS one"))
        .isEqualTo("one\n1\n(1 rows)");
  }

  @Test
  void servesProgramsOnTheModulePath() throws Exception {
    Process server =
        start(
            "java",
            "-jar",
            OneJar.PATH.toString(),
            "server",
            "--url",
            "jdbc:metaxy:h2:mem:served",
            "--port",
            "0");
    try {
      String line = server.inputReader(StandardCharsets.UTF_8).readLine();
      assertThat(line).startsWith("Serving jdbc:metaxy:h2:mem:served at jdbc:metaxy://127.0.0.1:");
      assertThat(
              java(
                  "--module-path",
                  OneJar.PATH.toString(),
                  "--add-modules",
                  "org.metaxyjdbc",
                  "-cp",
                  OneJar.TESTS.toString(),
                  Probe.class.getName(),
                  line.replaceAll(".* at (jdbc:.*/);.*", "$1")))
          .isEqualTo(Probe.EXPECTED);
    } finally {
      server.destroy();
      server.waitFor();
    }
  }

  @Test
  void saysWhichDriverIsMissing() throws Exception {
    assertThat(
            java(
                "-jar",
                OneJar.PATH.toString(),
                "shell",
                "--url",
                "jdbc:metaxy:duckdb:",
                "-e",
                "SELECT 1"))
        .contains("No JDBC driver for the store 'jdbc:duckdb:'")
        .contains("org.duckdb:duckdb_jdbc");
  }

  @Test
  void findsTheDriverOfDuckDbInItsFolder(@TempDir Path folder) throws Exception {
    Path jar = Files.copy(OneJar.PATH, folder.resolve(OneJar.PATH.getFileName()));
    Path duckDb =
        Path.of(
            Class.forName("org.duckdb.DuckDBDriver")
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    Files.copy(duckDb, folder.resolve(duckDb.getFileName()));
    assertThat(
            java(
                "-jar",
                jar.toString(),
                "shell",
                "--url",
                "jdbc:metaxy:duckdb:",
                "-e",
                "SELECT 1 AS one"))
        .isEqualTo("one\n1\n(1 rows)");
  }

  private static String java(String... arguments) throws IOException, InterruptedException {
    return run("java", arguments);
  }

  private static String run(String tool, String... arguments)
      throws IOException, InterruptedException {
    Process process = start(tool, arguments);
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output.replace("\r\n", "\n").strip();
  }

  private static Process start(String tool, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", tool).toString());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }
}
