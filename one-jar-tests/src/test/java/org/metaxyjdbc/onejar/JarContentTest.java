package org.metaxyjdbc.onejar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is in the jar, and the licences of it. */
class JarContentTest {
  private static final Pattern THIRD_PARTY =
      Pattern.compile(
          "\\s*\\((?<license>.*)\\) .*\\((?<group>[^: ]+):(?<artifact>[^:]+):[^:]+ - .*");

  /** The folders of {@code META-INF/licenses} whose text holds for several artifacts. */
  private static final Map<String, String> TEXT_OF =
      Map.of(
          "org.codehaus.janino",
          "janino",
          "org.jline",
          "jline",
          "org.slf4j",
          "slf4j",
          "org.locationtech.jts",
          "jts",
          "org.locationtech.jts.io",
          "jts");

  private static JarFile jar;
  private static List<String> entries;

  @BeforeAll
  static void open() throws IOException {
    jar = new JarFile(OneJar.PATH.toFile());
    entries = jar.stream().filter(entry -> !entry.isDirectory()).map(JarEntry::getName).toList();
    System.out.printf(
        "%s: %.1f MB%n", OneJar.PATH.getFileName(), OneJar.PATH.toFile().length() / 1e6);
  }

  @AfterAll
  static void close() throws IOException {
    jar.close();
  }

  @Test
  void holdsNothingOutsideOfItsOwnPackages() {
    assertThat(entries)
        .filteredOn(name -> !name.startsWith("org/metaxyjdbc/"))
        .allMatch(name -> name.startsWith("META-INF/") && !name.endsWith(".class"));
    assertThat(entries)
        .filteredOn(name -> name.startsWith("META-INF/services/"))
        .allMatch(
            name -> name.contains("org.metaxyjdbc.shaded.") || name.endsWith("java.sql.Driver"));
  }

  @Test
  void registersOneDriver() throws IOException {
    assertThat(text("META-INF/services/java.sql.Driver").strip())
        .isEqualTo("org.metaxyjdbc.jdbc.MetaxyDriver");
  }

  @Test
  void noClassNamesALibraryAsItWasNamedBefore() throws IOException {
    List<String> libraries =
        List.of(
            "org/apache/calcite/",
            "com/google/common/",
            "com/fasterxml/jackson/",
            "org/h2/",
            "org/codehaus/janino/",
            "org/slf4j/",
            "picocli/");
    Pattern unshaded =
        Pattern.compile(
            libraries.stream().map(Pattern::quote).collect(Collectors.joining("|", "[L(;](", ")")));
    for (String name : entries) {
      if (name.endsWith(".class")) {
        Matcher matcher = unshaded.matcher(text(name));
        assertThat(matcher.find()).as(name).isFalse();
      }
    }
  }

  @Test
  void listsEachArtifactInItWithItsLicense() throws IOException {
    Map<String, String> licenses = licenses();
    assertThat(licenses)
        .containsKeys(
            "org.apache.calcite:calcite-core",
            "org.apache.calcite.avatica:avatica-core",
            "com.h2database:h2",
            "org.postgresql:postgresql",
            "org.ow2.asm:asm");
    for (String name : entries) {
      if (name.startsWith("META-INF/maven/")
          && !name.startsWith("META-INF/maven/org.metaxyjdbc/")) {
        Properties artifact = new Properties();
        try (InputStream in = jar.getInputStream(jar.getEntry(name))) {
          artifact.load(in);
        }
        assertThat(licenses)
            .containsKey(
                artifact.getProperty("groupId") + ":" + artifact.getProperty("artifactId"));
      }
    }
  }

  @Test
  void holdsTheTextOfEachLicense() throws IOException {
    assertThat(entries).contains("META-INF/LICENSE");
    licenses()
        .forEach(
            (artifact, license) -> {
              String[] id = artifact.split(":");
              String folder = "META-INF/licenses/" + TEXT_OF.getOrDefault(id[0], id[1]);
              boolean apache = license.contains("Apache");
              assertThat(apache || entries.stream().anyMatch(name -> name.startsWith(folder)))
                  .as(artifact + " " + license)
                  .isTrue();
            });
  }

  private static Map<String, String> licenses() throws IOException {
    return text("META-INF/licenses/THIRD-PARTY.txt")
        .lines()
        .map(THIRD_PARTY::matcher)
        .filter(Matcher::matches)
        .collect(
            Collectors.toMap(
                match -> match.group("group") + ":" + match.group("artifact"),
                match -> match.group("license")));
  }

  private static String text(String name) throws IOException {
    try (InputStream in = jar.getInputStream(jar.getEntry(name))) {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
