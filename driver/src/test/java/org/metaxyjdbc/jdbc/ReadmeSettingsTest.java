package org.metaxyjdbc.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The README lists the properties that there are. */
class ReadmeSettingsTest {
  @Test
  void readmeHasTheTableOfAllProperties() throws Exception {
    StringBuilder table = new StringBuilder("| property | default | meaning |\n|---|---|---|\n");
    for (MetaxyConnectionProperty property : MetaxyConnectionProperty.values()) {
      String value = property.defaultValue();
      table.append(
          "| `%s` | %s | %s |%n"
              .formatted(
                  property.propertyName(),
                  value == null || value.isEmpty() ? "" : "`" + value + "`",
                  property.description()));
    }

    assertThat(Files.readString(Path.of("..", "README.md"))).contains(table.toString());
  }
}
