package org.metaxyjdbc.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarmUpTest {
  private static final Pattern LOADED =
      Pattern.compile(
          "\\[.*\\] (?:org\\.metaxyjdbc\\.shaded\\.)?"
              + "((?:org\\.(?:metaxyjdbc|apache|codehaus|locationtech|slf4j)|com\\.(?:google|fasterxml|jayway))\\.[^ /]+) source: .*");

  /** Runs in a JVM of its own. */
  static final class FirstQuery {
    private FirstQuery() {}

    public static void main(String[] url) throws Exception {
      Class.forName("org.metaxyjdbc.jdbc.MetaxyDriver");
      try (Connection connection = DriverManager.getConnection(url[0]);
          PreparedStatement query =
              connection.prepareStatement("SELECT id, size FROM f WHERE id = ?")) {
        query.setInt(1, 1);
        try (ResultSet rows = query.executeQuery()) {
          rows.next();
          System.out.println(rows.getDouble(2));
        }
      }
    }
  }

  @Test
  void listNamesTheClassesOfAFirstQuery(@TempDir Path folder) throws Exception {
    String url = "jdbc:metaxy:h2:" + folder.resolve("store");
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE f (id INTEGER, size DOUBLE, PRIMARY KEY (id))");
      statement.execute("INSERT INTO f VALUES (1, 0.5)");
    }
    Path log = folder.resolve("classes.log");
    Process firstQuery =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-D" + WarmUp.PROPERTY + "=false",
                "-Xlog:class+load:file=" + log,
                "-cp",
                System.getProperty("java.class.path"),
                FirstQuery.class.getName(),
                url)
            .redirectErrorStream(true)
            .start();
    assertThat(new String(firstQuery.getInputStream().readAllBytes(), UTF_8)).contains("0.5");
    Set<String> loaded = new LinkedHashSet<>();
    for (String line : Files.readAllLines(log)) {
      Matcher matcher = LOADED.matcher(line);
      if (matcher.matches() && !matcher.group(1).contains("WarmUp")) {
        loaded.add(matcher.group(1));
      }
    }
    Set<String> listed = listed();
    Set<String> both = new LinkedHashSet<>(listed);
    both.retainAll(loaded);
    Path list = Path.of("target", WarmUp.CLASSES);
    Files.write(list, loaded);
    assertThat(both.size())
        .as(
            "of %d listed classes and %d that a first query loads; if too few, copy %s to src/main/resources",
            listed.size(), loaded.size(), list)
        .isGreaterThan(loaded.size() * 9 / 10)
        .isGreaterThan(listed.size() * 9 / 10);
  }

  private static Set<String> listed() throws Exception {
    try (InputStream list =
        Objects.requireNonNull(WarmUp.class.getResourceAsStream(WarmUp.CLASSES))) {
      return new LinkedHashSet<>(new String(list.readAllBytes(), UTF_8).lines().toList());
    }
  }
}
