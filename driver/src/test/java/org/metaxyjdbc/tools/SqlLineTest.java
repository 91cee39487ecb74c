package org.metaxyjdbc.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.metaxyjdbc.testing.TestStore;
import sqlline.SqlLine;

/** SQLLine prints what the README says, on every store. */
class SqlLineTest {
  private static final Pattern BLOCK =
      Pattern.compile("```\n\\$ sqlline [^\n]*\n(sqlline> .*?)```", Pattern.DOTALL);
  private static final String PROMPT = "sqlline> ";

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void readmesSessionIsWhatSqlLinePrints(TestStore.Kind kind, @TempDir Path folder)
      throws Exception {
    Matcher block = BLOCK.matcher(Files.readString(Path.of("..", "README.md")));
    assertThat(block.find()).isTrue();
    List<String> commands =
        block.group(1).lines().filter(l -> l.startsWith(PROMPT)).map(SqlLineTest::command).toList();
    List<String> expected =
        block.group(1).lines().filter(line -> !line.startsWith(PROMPT)).toList();

    assertThat(run(kind.create().url(), folder, commands)).isEqualTo(expected);
  }

  private static String command(String line) {
    return line.substring(PROMPT.length());
  }

  private static List<String> run(String url, Path folder, List<String> commands) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SqlLine console = new SqlLine();
    console.setOutputStream(out);
    console.setErrorStream(out);
    Path script = Files.write(folder.resolve("script.sql"), commands);
    console.begin(
        new String[] {
          "-d",
          "org.metaxyjdbc.jdbc.MetaxyDriver",
          "-u",
          url,
          "-n",
          "",
          "-p",
          "",
          "--showElapsedTime=false",
          "--maxWidth=200",
          "-f",
          script.toString()
        },
        new ByteArrayInputStream(new byte[0]),
        false);
    return out.toString(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> commands.stream().noneMatch(line::endsWith))
        .filter(line -> !line.startsWith("sqlline version") && !line.startsWith("Closing"))
        .map(String::stripTrailing)
        .toList();
  }
}
