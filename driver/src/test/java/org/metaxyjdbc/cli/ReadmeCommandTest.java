package org.metaxyjdbc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the README print what it says. */
class ReadmeCommandTest {
  private static final String URL = "jdbc:metaxy:h2:./demo";
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

  @TempDir private Path folder;

  @Test
  void readmeShowsTheOutputOfTheCommands() throws Exception {
    String readme = Files.readString(Path.of("..", "README.md"));
    int start = readme.indexOf("$ metaxy-jdbc");
    String block = readme.substring(start, readme.indexOf("\n```", start));

    StringBuilder run = new StringBuilder();
    for (String line : block.split("\n", -1)) {
      if (line.startsWith("$ metaxy-jdbc ")) {
        run.append(line).append('\n').append(output(arguments(line)));
      }
    }

    assertThat(run.toString().strip()).isEqualTo(block);
  }

  private List<String> arguments(String line) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(line.substring("$ metaxy-jdbc ".length()));
    while (matcher.find()) {
      words.add(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
    }
    words.add("--url");
    words.add(url());
    return words;
  }

  private String url() {
    return "jdbc:metaxy:h2:" + folder.resolve("demo");
  }

  private String output(List<String> arguments) {
    StringWriter out = new StringWriter();
    PrintWriter writer = new PrintWriter(out, true);
    MetaxyCommand.run(writer, writer, arguments.toArray(new String[0]));
    return out.toString().replace(url(), URL).replace(System.lineSeparator(), "\n");
  }
}
