package org.metaxyjdbc.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** The Java example of the README works, and the README shows it as it is. */
class JavaUseTest {
  @Test
  void tombstonesAreSeenInTheSameTransaction() throws Exception {
    String url = "jdbc:metaxy:h2:mem:java_use";
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE predictions (id INTEGER, model VARCHAR, confidence DOUBLE, PRIMARY KEY (id))");
      statement.execute(
          "INSERT INTO predictions VALUES (1, 'v1', 0.9), (2, 'v1', 0.3), (3, 'v2', 0.2)");

      assertThat(JavaUse.retire(url, "v1", 0.5)).isEqualTo("1 active, 1 deleted");
    }
  }

  @Test
  void readmeShowsTheExample() throws Exception {
    String source = Files.readString(Path.of("src/main/java/org/metaxyjdbc/examples/JavaUse.java"));
    int start = source.indexOf("    try (Connection connection");
    String body =
        source.substring(start, source.lastIndexOf("  }\n}")).stripTrailing().stripIndent();

    assertThat(Files.readString(Path.of("..", "README.md"))).contains(body);
  }
}
