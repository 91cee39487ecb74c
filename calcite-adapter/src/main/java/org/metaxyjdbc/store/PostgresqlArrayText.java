package org.metaxyjdbc.store;

import java.util.HexFormat;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Lists in PostgreSQL's own text, as {@code {1,NULL,"a b"}}. Sent without a type, it becomes an
 * array of whatever it is compared with or stored in, which no array of its driver does.
 */
final class PostgresqlArrayText {
  private PostgresqlArrayText() {}

  static String of(ListValue list) {
    StringBuilder text = new StringBuilder();
    append(text, list);
    return text.toString();
  }

  private static void append(StringBuilder text, ListValue list) {
    text.append('{');
    for (Iterator<@Nullable Object> rest = list.elements().iterator(); rest.hasNext(); ) {
      Object element = rest.next();
      if (element instanceof ListValue inner) {
        append(text, inner);
      } else if (element == null) {
        text.append("NULL");
      } else {
        appendQuoted(text, textOf(element));
      }
      if (rest.hasNext()) {
        text.append(',');
      }
    }
    text.append('}');
  }

  private static String textOf(Object element) {
    if (element instanceof byte[] bytes) {
      return "\\x" + HexFormat.of().formatHex(bytes);
    }
    return element instanceof JsonFragment json ? json.text() : ValueText.of(element);
  }

  private static void appendQuoted(StringBuilder text, String element) {
    text.append('"').append(element.replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
  }
}
