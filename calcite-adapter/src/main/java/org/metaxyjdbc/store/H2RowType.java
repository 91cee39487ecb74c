package org.metaxyjdbc.store;

import java.util.ArrayList;
import java.util.List;

/**
 * The fields of H2's structures, which only the text of their type names: {@code ROW("a" INTEGER)}.
 */
final class H2RowType {
  /** A field and the text of its type. */
  record Field(String name, String typeName) {}

  private final String text;
  private int position;

  private H2RowType(String text) {
    this.text = text;
    this.position = text.indexOf('(') + 1;
  }

  static List<Field> fields(String typeName) {
    H2RowType type = new H2RowType(typeName);
    List<Field> fields = new ArrayList<>();
    while (type.position < typeName.length()) {
      fields.add(new Field(type.name(), type.typeName()));
    }
    return fields;
  }

  private String name() {
    position = text.indexOf('"', position);
    int begin = position;
    skipQuoted('"');
    return text.substring(begin + 1, position - 1).replace("\"\"", "\"");
  }

  /** Up to the comma or parenthesis that ends the field. */
  private String typeName() {
    int begin = position;
    int depth = 0;
    while (true) {
      char c = text.charAt(position);
      if (c == '"' || c == '\'') {
        skipQuoted(c);
        continue;
      }
      position++;
      if (c == '(') {
        depth++;
      } else if (c == ')' && depth-- == 0) {
        position = text.length();
        return text.substring(begin, text.length() - 1).strip();
      } else if (c == ',' && depth == 0) {
        return text.substring(begin, position - 1).strip();
      }
    }
  }

  /** Moves behind a quoted part, in which a quote is doubled. */
  private void skipQuoted(char quote) {
    do {
      position = text.indexOf(quote, position + 1) + 1;
    } while (position < text.length() && text.charAt(position) == quote);
  }
}
