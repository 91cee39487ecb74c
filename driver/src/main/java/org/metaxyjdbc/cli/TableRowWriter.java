package org.metaxyjdbc.cli;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Columns padded to one width, which is why all rows are held until the end. */
final class TableRowWriter implements RowWriter {
  private final Writer out;
  private final List<List<String>> lines = new ArrayList<>();

  TableRowWriter(Writer out) {
    this.out = out;
  }

  @Override
  public void begin(List<String> columns) {
    lines.add(List.copyOf(columns));
  }

  @Override
  public void row(List<@Nullable Object> values) {
    List<String> line = new ArrayList<>();
    for (Object value : values) {
      line.add(value == null ? "" : value.toString().replaceAll("\\R", " "));
    }
    lines.add(line);
  }

  @Override
  public void end() throws IOException {
    int[] widths = new int[lines.get(0).size()];
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], length(line.get(i)));
      }
    }
    for (List<String> line : lines) {
      StringBuilder padded = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        padded.append(line.get(i)).append(" ".repeat(widths[i] - length(line.get(i)) + 2));
      }
      out.write(padded.toString().stripTrailing());
      out.write('\n');
    }
    out.flush();
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
