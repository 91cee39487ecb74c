package org.metaxyjdbc.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The README shows what the quick start prints. */
class QuickStartTest {
  @Test
  void readmeShowsTheOutputOfTheQuickStart() throws Exception {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    new QuickStart(new PrintStream(printed, true, UTF_8)).run();

    assertThat(Files.readString(Path.of("..", "README.md")))
        .contains(printed.toString(UTF_8).strip());
  }
}
