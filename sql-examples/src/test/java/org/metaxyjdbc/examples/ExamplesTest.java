package org.metaxyjdbc.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import net.hydromatic.quidem.Quidem;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs the scripts on the embedded default and on DuckDB. With {@code -Dexamples.accept=true} what
 * they print becomes what is expected.
 */
class ExamplesTest {
  private static final Path SCRIPTS = Path.of("src", "main", "resources", "sql");

  @TestFactory
  Stream<DynamicTest> scriptsPrintWhatTheySay() throws IOException {
    List<Path> scripts;
    try (Stream<Path> files = Files.list(SCRIPTS)) {
      scripts = files.filter(file -> file.toString().endsWith(".iq")).sorted().toList();
    }
    return Stream.of("h2:mem:", "duckdb:")
        .flatMap(
            store ->
                scripts.stream()
                    .filter(script -> store.startsWith("h2") || !isOfOneStore(script))
                    .map(
                        script ->
                            DynamicTest.dynamicTest(
                                script.getFileName() + " on " + store, () -> run(script, store))));
  }

  /** What EXPLAIN prints is the store's own SQL. */
  private static boolean isOfOneStore(Path script) {
    return script.getFileName().toString().contains("what-the-store-runs");
  }

  private static void run(Path script, String store) throws Exception {
    String expected = Files.readString(script);
    StringWriter printed = new StringWriter();
    try (Reader reader = new StringReader(expected);
        ExampleStores stores = new ExampleStores(store)) {
      new Quidem(
              Quidem.configBuilder()
                  .withReader(reader)
                  .withWriter(printed)
                  .withConnectionFactory(stores)
                  .build())
          .execute();
    }
    if (Boolean.getBoolean("examples.accept")) {
      Files.writeString(script, printed.toString());
    }
    assertThat(printed.toString()).isEqualTo(expected);
  }
}
