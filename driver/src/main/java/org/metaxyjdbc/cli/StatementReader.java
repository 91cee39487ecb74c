package org.metaxyjdbc.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/**
 * Reads the statements of a script, one at a time: each ends with a semicolon, or with the script.
 */
final class StatementReader {
  private final BufferedReader in;

  StatementReader(Reader in) {
    this.in = new BufferedReader(in);
  }

  /** The next statement without its semicolon; null where there is none left. */
  @Nullable String next() throws IOException {
    StringBuilder text = new StringBuilder();
    boolean blank = true;
    for (int c = in.read(); c >= 0; c = in.read()) {
      if (c == ';') {
        if (!blank) {
          return text.toString().strip();
        }
        text.setLength(0);
        continue;
      }
      text.append((char) c);
      if (c == '-' && copied('-', text)) {
        copyThrough("\n", text);
      } else if (c == '/' && copied('*', text)) {
        copyThrough("*/", text);
      } else if (!Character.isWhitespace(c)) {
        blank = false;
        if (c == '\'' || c == '"') {
          copyThrough(Character.toString(c), text);
        }
      }
    }
    return blank ? null : text.toString().strip();
  }

  /** Copies the next character where it is this one. */
  private boolean copied(char expected, StringBuilder text) throws IOException {
    in.mark(1);
    if (in.read() == expected) {
      text.append(expected);
      return true;
    }
    in.reset();
    return false;
  }

  private void copyThrough(String end, StringBuilder text) throws IOException {
    int start = text.length();
    for (int c = in.read(); c >= 0; c = in.read()) {
      text.append((char) c);
      if (text.length() - start >= end.length() && text.toString().endsWith(end)) {
        return;
      }
    }
  }
}
